import type { Administer } from '../../administration/administer.ts'
import { Refusal } from '../../administration/refusal.ts'
import type { JobKind, JobWork } from '../../jobs/job-kind.ts'
import type { JobStep, StepOutcome } from '../../jobs/job-rules.ts'
import type { JobRow } from '../../store/jobs/jobs.ts'
import { openPlanFile } from '../../store/plan/plan-file.ts'
import { type PlanReads, preparePlanReads } from '../../store/plan/plan-reads.ts'
import { longestCycle } from '../../store/plan/settle-plan.ts'
import { convertKind, parseConvertInput, parsePosition, parseUndoInput, type Position, undoKind } from './job-input.ts'
import type { Batch } from './run-batch.ts'
import { runItem, type RunItem } from './run-item.ts'

type Stage = Position['stage']

const stages: readonly Stage[] = ['turns', 'plain', 'merges']

/** Those who go in a given order; a circle that begins among them is there as a whole. */
function turnItems(plan: PlanReads, after: number, limit: number): readonly RunItem[] {
  const items: RunItem[] = []
  for (const turn of plan.turns(after, limit + longestCycle)) {
    const isSameCircle = turn.cycle !== null && turn.cycle === items.at(-1)?.cycle
    if (items.length >= limit && !isSameCircle) break
    const row = plan.bySeq(turn.seq)
    if (row) items.push(runItem(row, undefined, { after: turn.place, cycle: turn.cycle }))
  }
  return items
}

function itemsOf(plan: PlanReads, stage: Stage, after: number, limit: number): readonly RunItem[] {
  if (stage === 'turns') return turnItems(plan, after, limit)
  const rows = stage === 'plain' ? plan.plain(after, limit) : plan.page({ outcome: 'merges' }, after, limit)
  return rows.map((row) => {
    const rival = row.rival === null ? undefined : plan.bySeq(row.rival)
    return runItem(row, rival, { after: row.seq, cycle: null })
  })
}

/** The next items of a plan behind a position; undefined at its end. */
function nextItems(plan: PlanReads, from: Position, limit: number): Pick<Batch, 'stage' | 'items'> | undefined {
  for (const stage of stages.slice(stages.indexOf(from.stage))) {
    const items = itemsOf(plan, stage, stage === from.stage ? from.after : 0, limit)
    if (items.length > 0) return { stage, items }
  }
  return undefined
}

/** Goes through the plan that a job was started with. */
function planWork(
  dataDir: string,
  planId: string,
  carryOut: (step: JobStep, batch: Batch) => Promise<StepOutcome>,
): JobWork {
  const connection = openPlanFile(dataDir, planId, 'read')
  if (!connection)
    throw new Refusal(
      'The preview that this job carries out is gone. What is done stays done: make a new preview for the rest.',
    )
  const plan = preparePlanReads(connection)
  return {
    async advance(step, { items: limit, limits }) {
      const next = nextItems(plan, parsePosition(step.position), limit)
      return next && carryOut(step, { ...next, limits })
    },
    close: () => void connection.close(),
  }
}

/** How conversions and their undos are carried out. */
export function conversionKinds(dataDir: string, administer: Administer): readonly JobKind[] {
  return [
    {
      kind: convertKind,
      open: (job: JobRow) =>
        planWork(dataDir, parseConvertInput(job.input).planId, (step, batch) =>
          administer('convert-user-ids', { step, batch }),
        ),
    },
    {
      kind: undoKind,
      open: (job: JobRow) =>
        planWork(dataDir, parseUndoInput(job.input).planId, (step, batch) =>
          administer('undo-user-ids', { step, batch }),
        ),
    },
  ]
}
