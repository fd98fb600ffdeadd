import { Refusal } from '../../administration/refusal.ts'
import type { Connection } from '../../store/file/open-database.ts'
import type { MatchCounts } from '../../store/plan/match-plan.ts'
import { hasPlanFile, openPlanFile, planIds, removePlanFile } from '../../store/plan/plan-file.ts'
import { preparePlanMeta, type PlanCounts } from '../../store/plan/plan-meta.ts'
import { matchCountsSchema, planCountsSchema } from './plan-counts.ts'
import { parsePlanHead, type PlanHead } from './plan-head.ts'

/** A preview: what a conversion or an undo would do, as it stands. */
export interface Plan {
  readonly id: string
  readonly head: PlanHead
  readonly counts: PlanCounts
  /** How many decisions the admin has made in it. */
  readonly fixes: number
  /** What an identity provider would find, where its userNames were given. */
  readonly match: MatchCounts | undefined
  /** The job that carries it out or has done so: nothing can be decided any more. */
  readonly jobId: number | undefined
}

function numberOf(value: unknown): number | undefined {
  return typeof value === 'number' ? value : undefined
}

function readPlan(id: string, connection: Connection): Plan {
  const meta = preparePlanMeta(connection)
  return {
    id,
    head: parsePlanHead(meta.get('head')),
    counts: planCountsSchema.parse(meta.get('counts')),
    fixes: numberOf(meta.get('fixes')) ?? 0,
    match: matchCountsSchema.optional().parse(meta.get('match')),
    jobId: numberOf(meta.get('jobId')),
  }
}

/** The previews that are kept beside the directory. */
export function createPlans(dataDir: string, now: () => number) {
  function use<Result>(id: string, mode: 'read' | 'change', run: (connection: Connection) => Result): Result {
    const connection = openPlanFile(dataDir, id, mode)
    if (!connection) throw new Refusal('The preview is gone. Make a new one.')
    try {
      return run(connection)
    } finally {
      connection.close()
    }
  }

  function all(): readonly Plan[] {
    return planIds(dataDir, now()).flatMap((id) => {
      const connection = openPlanFile(dataDir, id, 'read')
      if (!connection) return []
      try {
        return [readPlan(id, connection)]
      } finally {
        connection.close()
      }
    })
  }

  return {
    use,
    has: (id: string): boolean => hasPlanFile(dataDir, id),
    /** Throws `Refusal` for one that is gone. */
    get: (id: string): Plan => use(id, 'read', (connection) => readPlan(id, connection)),
    /** The newest preview of a directory for this purpose. */
    newest(directoryId: number, purpose: PlanHead['purpose']): Plan | undefined {
      return all()
        .filter(({ head }) => head.directoryId === directoryId && head.purpose === purpose)
        .toSorted((one, other) => other.head.createdAt - one.head.createdAt)[0]
    },
    remove: (id: string): void => removePlanFile(dataDir, id),
    /** Removes the previews of a directory for the same purpose, but for one and for those that are in use. */
    removeOthers(kept: Plan, inUse: ReadonlySet<string>): void {
      for (const { id, head } of all())
        if (
          id !== kept.id &&
          !inUse.has(id) &&
          head.directoryId === kept.head.directoryId &&
          head.purpose === kept.head.purpose
        )
          removePlanFile(dataDir, id)
    },
  }
}

export type Plans = ReturnType<typeof createPlans>
