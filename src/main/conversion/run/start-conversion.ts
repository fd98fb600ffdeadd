import type { AdministrationScope } from '../../administration/administration-scope.ts'
import { Refusal } from '../../administration/refusal.ts'
import { createJob } from '../../jobs/job-rules.ts'
import { hasEnded } from '../../jobs/job.ts'
import type { PlanCounts } from '../../store/plan/plan-meta.ts'
import type { StoreReads } from '../../store/store-reads.ts'
import type { ConversionOptions } from '../targets/conversion-options.ts'
import { conversionLane, convertKind, type ConvertInput, undoKind, type UndoInput } from './job-input.ts'

/** Those whom a plan leaves although their user ID is not of the wanted form. */
function leftByPlan(planned: PlanCounts): number {
  return planned['no-address'] + planned.invalid + planned.conflict + planned.protected + planned.skipped
}

/** Puts the carrying out of a preview into the queue; returns the job's id. Throws `Refusal` while another one is under way. */
export function startConversion(
  scope: AdministrationScope,
  input: {
    readonly directoryId: number
    readonly planId: string
    readonly options: ConversionOptions
    readonly planned: PlanCounts
  },
): number {
  const { directoryId, planId, options, planned } = input
  const counts = { converted: 0, skipped: leftByPlan(planned), failed: 0 }
  return createJob(scope, {
    directory_id: directoryId,
    kind: convertKind,
    lane: conversionLane,
    input: JSON.stringify({ planId, options, planned } satisfies ConvertInput),
    total: planned.converts + planned.merges,
    counts: JSON.stringify(counts),
  })
}

/** Puts the undo of a job into the queue; returns the id of the new job. Throws `Refusal` while another one is under way. */
export function startUndo(
  scope: AdministrationScope,
  input: {
    readonly directoryId: number
    readonly planId: string
    readonly jobId: number
    readonly planned: PlanCounts
  },
): number {
  const { directoryId, planId, jobId, planned } = input
  requireUndoable(scope.store, directoryId, jobId)
  return createJob(scope, {
    directory_id: directoryId,
    kind: undoKind,
    lane: conversionLane,
    input: JSON.stringify({ planId, jobId, planned } satisfies UndoInput),
    total: planned.converts,
    counts: JSON.stringify({ restored: 0, left: planned.left + planned.conflict }),
  })
}

/** Throws `Refusal` for a job that is no conversion of this directory, or is still under way. */
export function requireUndoable(reads: Pick<StoreReads, 'jobs'>, directoryId: number, jobId: number): void {
  const job = reads.jobs.byId(jobId)
  if (!job || job.directory_id !== directoryId)
    throw new Refusal(`There is no job ${jobId} in this directory. See "rollcall jobs list".`)
  if (job.kind !== convertKind) throw new Refusal(`Job ${jobId} is no conversion of user IDs, so it cannot be undone.`)
  if (!hasEnded(job.state))
    throw new Refusal(`Job ${jobId} is ${job.state}. Let it end, or cancel it first: rollcall jobs cancel ${jobId}`)
}
