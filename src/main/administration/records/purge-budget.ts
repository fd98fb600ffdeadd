import { performance } from 'node:perf_hooks'
import { type BatchBudget, type BatchLimits, createBatchBudget } from '../../jobs/batch-budget.ts'
import type { AdministrationScope } from '../administration-scope.ts'

/** However slow the machine: requests wait for no longer than this and a commit. */
const limits: BatchLimits = { budgetMs: 80, atLeast: 8 }

/** How long one transaction of a purge may take. */
export function purgeBudget({ isAwaited }: AdministrationScope): BatchBudget {
  return createBatchBudget(limits, isAwaited, () => performance.now())
}

/** For what is known to be little. */
export const noBudget: BatchBudget = { isSpent: () => false }
