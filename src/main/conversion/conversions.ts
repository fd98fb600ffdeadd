import type { Administer } from '../administration/administer.ts'
import { Refusal } from '../administration/refusal.ts'
import { loadDirectoryConfig } from '../directory/directory-config.ts'
import { preparePlanBuild } from '../store/plan/build-plan.ts'
import type { MatchCounts } from '../store/plan/match-plan.ts'
import { openPlanFile } from '../store/plan/plan-file.ts'
import { preparePlanMeta } from '../store/plan/plan-meta.ts'
import { preparePlanReads } from '../store/plan/plan-reads.ts'
import type { StoreReads } from '../store/store-reads.ts'
import { compileOptions, type ConversionOptions } from './targets/conversion-options.ts'
import { applyDecision, type Decision } from './run/decide.ts'
import { createFormerUserIds } from './lists/former-user-ids.ts'
import { conversionLane, parseConvertInput, parseUndoInput, undoKind } from './run/job-input.ts'
import { makePlan, type Prepare } from './plan/make-plan.ts'
import { createPlanViews } from './plan/plan-views.ts'
import type { PlanHead } from './plan/plan-head.ts'
import { addList, addSought, type ListedUserId } from './plan/plan-lists.ts'
import { createPlans, type Plan } from './plan/plans.ts'
import { requireUndoable } from './run/start-conversion.ts'
import type { RunPlanTask, Watch } from './plan/start-plan-thread.ts'

export interface PreviewRequest {
  readonly directoryId: number
  readonly options: ConversionOptions
  /** Old and new user IDs that come before every other source. */
  readonly list?: AsyncIterable<ListedUserId> | undefined
  /** The userNames that an identity provider will ask for. */
  readonly sought?: AsyncIterable<string> | undefined
  /** It stands beside earlier previews instead of taking their place, until it is carried out or dropped. */
  readonly isTrial?: boolean
}

interface Parts {
  readonly dataDir: string
  readonly runTask: RunPlanTask
  readonly reads: StoreReads
  readonly administer: Administer
  /** Ms since the epoch. */
  readonly clock: () => number
}

/** Conversions of user IDs: looking ahead, deciding, carrying out, looking back. */
export function createConversions(parts: Parts) {
  const { dataDir, runTask, reads, administer, clock } = parts
  const plans = createPlans(dataDir, clock)

  function plansInUse(): ReadonlySet<string> {
    const jobs = reads.jobs.unfinished().filter((job) => job.lane === conversionLane)
    return new Set(
      jobs.map(({ kind, input }) => (kind === undoKind ? parseUndoInput(input) : parseConvertInput(input)).planId),
    )
  }

  async function make(head: PlanHead, prepare: Prepare, watch: Watch, isTrial = false): Promise<Plan> {
    const plan = plans.get(await makePlan(parts, head, prepare, watch))
    if (!isTrial) plans.removeOthers(plan, plansInUse())
    return plan
  }

  return {
    ...createPlanViews(reads, plans),
    ...createFormerUserIds(reads),
    /**
     * Looks at a whole directory and keeps what a conversion would do, in place of earlier previews. Nothing in the directory changes.
     * Rejects with `Refusal` for options or a list that make no sense, and with `Abandoned` when the signal ends it.
     */
    async preview(request: PreviewRequest, watch: Watch = {}): Promise<Plan> {
      const { directoryId, list, sought } = request
      const options = { ...request.options, hasList: list !== undefined }
      const models = loadDirectoryConfig(reads).models.get(directoryId)
      if (!models) throw new Refusal('There is no such directory.')
      const compiled = compileOptions(models, options)
      if (!compiled.ok) throw new Refusal(compiled.problem)
      const prepare: Prepare = async (build) => {
        if (list) await addList(build, list)
        if (sought) await addSought(build, sought)
        return { isSought: sought !== undefined }
      }
      return make({ purpose: 'conversion', directoryId, createdAt: clock(), options }, prepare, watch, request.isTrial)
    },
    /** Removes a preview that nobody wants, and that is not being carried out. */
    drop(id: string): void {
      if (!plansInUse().has(id)) plans.remove(id)
    },
    /** The same for the undo of a job that has ended. */
    async previewUndo(directoryId: number, jobId: number, watch: Watch = {}): Promise<Plan> {
      requireUndoable(reads, directoryId, jobId)
      const head: PlanHead = { purpose: 'undo', directoryId, createdAt: clock(), jobId }
      return make(head, () => Promise.resolve({ isSought: false }), watch)
    },
    /** The newest preview of a conversion of a directory. */
    latest: (directoryId: number): Plan | undefined => plans.newest(directoryId, 'conversion'),
    /** Whether a preview is still there. */
    hasPlan: plans.has,
    /** Throws `Refusal` for one that is gone. */
    plan: (id: string): Plan => plans.get(id),
    /** Decides about one user; resolves to the preview with all that follows. Rejects with `Refusal` for what cannot be decided. */
    async decide(id: string, userId: string, decision: Decision): Promise<Plan> {
      const plan = plans.get(id)
      if (plan.jobId !== undefined || plansInUse().has(id))
        throw new Refusal('The preview is being carried out, or has been. Make a new one.')
      const isSettled = plans.use(id, 'change', (connection) => {
        const row = preparePlanReads(connection).byId(userId)
        if (!row) throw new Refusal('The user is not part of the preview. Make a new one.')
        return applyDecision(connection, plan, row, decision)
      })
      if (!isSettled) await runTask({ kind: 'settle', dataDir, planId: id }, {})
      return plans.get(id)
    },
    /** Compares a preview with the userNames that an identity provider will ask for. */
    async match(id: string, sought: AsyncIterable<string>, watch: Watch = {}): Promise<MatchCounts> {
      const connection = openPlanFile(dataDir, id, 'change')
      if (!connection) throw new Refusal('The preview is gone. Make a new one.')
      try {
        const build = preparePlanBuild(connection)
        const meta = preparePlanMeta(connection)
        // Whoever ends what follows must not be left with the counts of other names.
        build.together(() => {
          meta.remove('match')
          build.forgetSought()
        })
        await addSought(build, sought)
        meta.set('isSought', true)
      } finally {
        connection.close()
      }
      await runTask({ kind: 'match', dataDir, planId: id }, watch)
      const { match } = plans.get(id)
      if (!match) throw new Error(`plan ${id} was not compared`)
      return match
    },
    /** Has a preview carried out by a job; resolves to its id. Rejects with `Refusal` while another one is under way. */
    async start(id: string, watch: Watch = {}): Promise<number> {
      const before = plans.get(id)
      if (before.jobId !== undefined) throw new Refusal('The preview has been carried out already. Make a new one.')
      // With decisions in it, the order of those who wait for each other is found anew.
      if (before.fixes > 0) await runTask({ kind: 'settle', dataDir, planId: id }, watch)
      const { head, counts } = plans.get(id)
      const planned = { directoryId: head.directoryId, planId: id, planned: counts }
      const jobId =
        head.purpose === 'undo'
          ? await administer('start-undo', { ...planned, jobId: head.jobId })
          : await administer('start-conversion', { ...planned, options: head.options })
      plans.use(id, 'change', (connection) => preparePlanMeta(connection).set('jobId', jobId))
      return jobId
    },
    /** Whom a job has left as they were, behind one of them. */
    remarks: reads.jobRemarks.page,
  }
}

export type Conversions = ReturnType<typeof createConversions>
