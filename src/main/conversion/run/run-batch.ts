import { performance } from 'node:perf_hooks'
import type { AdministrationScope } from '../../administration/administration-scope.ts'
import { type BatchLimits, createBatchBudget } from '../../jobs/batch-budget.ts'
import type { BatchResult } from '../../jobs/job-rules.ts'
import type { JobRemark } from '../../store/jobs/job-remarks.ts'
import type { JobRow } from '../../store/jobs/jobs.ts'
import type { Position } from './job-input.ts'
import { type RunItem, unitsOf } from './run-item.ts'

/** How it went with one user: done, or left as it was and why. */
export type ItemOutcome =
  | { readonly kind: 'done'; readonly count: string }
  | { readonly kind: JobRemark['outcome']; readonly reason: string; readonly userName?: string }

/** A batch as the runner hands it over. */
export interface Batch {
  readonly stage: Position['stage']
  readonly items: readonly RunItem[]
  readonly limits: BatchLimits
}

/** Deals with a batch's users one after another, circles as a whole, until it is done or has taken its time. */
export function runBatch(
  scope: AdministrationScope,
  job: JobRow,
  batch: Batch,
  dealWith: (unit: readonly RunItem[]) => readonly ItemOutcome[],
): BatchResult {
  const budget = createBatchBudget(batch.limits, scope.isAwaited, () => performance.now())
  const counts: Record<string, number> = {}
  let processed = 0
  let after = 0
  for (const unit of unitsOf(batch.items)) {
    if (processed > 0 && budget.isSpent(processed)) break
    const outcomes = dealWith(unit)
    for (const [index, item] of unit.entries()) {
      const outcome = outcomes[index]
      if (!outcome) throw new Error(`user ${item.id} was not dealt with`)
      const count = outcome.kind === 'done' ? outcome.count : outcome.kind
      counts[count] = (counts[count] ?? 0) + 1
      if (outcome.kind !== 'done') remark(scope, job, item, outcome)
      ;({ after } = item)
    }
    processed += unit.length
  }
  return { position: JSON.stringify({ stage: batch.stage, after } satisfies Position), processed, counts }
}

function remark(
  scope: AdministrationScope,
  job: JobRow,
  item: RunItem,
  outcome: Exclude<ItemOutcome, { readonly kind: 'done' }>,
): void {
  // Of who was purged since the preview nothing is noted that a purge takes along: no other purge would ever remove it.
  const isGone = scope.store.users.bySeq(item.seq)?.id !== item.id
  scope.store.jobRemarks.add(job.id, {
    user_seq: item.seq,
    user_id: item.id,
    user_name: isGone ? item.id : (outcome.userName ?? item.userName),
    target: isGone ? null : item.target,
    outcome: outcome.kind,
    reason: outcome.reason,
  })
}
