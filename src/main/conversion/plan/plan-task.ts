/** What a plan's thread is to do. */
export type PlanTask =
  | { readonly kind: 'conversion'; readonly dataDir: string; readonly planId: string; readonly directoryId: number }
  | {
      readonly kind: 'undo'
      readonly dataDir: string
      readonly planId: string
      readonly directoryId: number
      readonly jobId: number
    }
  | { readonly kind: 'settle'; readonly dataDir: string; readonly planId: string }
  | { readonly kind: 'match'; readonly dataDir: string; readonly planId: string }

/** How far a plan's thread has come. */
export interface PlanProgress {
  /** `settle` counts nothing. */
  readonly phase: 'users' | 'settle'
  readonly done: number
  readonly total: number
}

export type FromPlanThread =
  | { readonly kind: 'progress'; readonly progress: PlanProgress }
  | { readonly kind: 'done' }
  | { readonly kind: 'failed'; readonly problem: string; readonly isExpected: boolean }
