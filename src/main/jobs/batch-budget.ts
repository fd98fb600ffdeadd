/** How long a batch may take, and how many items it does whoever waits. */
export interface BatchLimits {
  /** Ms. */
  readonly budgetMs: number
  readonly atLeast: number
}

/** Says when a batch is to leave the rest for the next one. */
export interface BatchBudget {
  /** Whether to stop after so many items: the time is up, or somebody waits for the writer. */
  isSpent(processed: number): boolean
}

/** Counts from now on. `now` is a clock in ms that never goes back. */
export function createBatchBudget(limits: BatchLimits, isAwaited: () => boolean, now: () => number): BatchBudget {
  const until = now() + limits.budgetMs
  return {
    isSpent: (processed) => processed >= limits.atLeast && (isAwaited() || now() >= until),
  }
}
