import type { JobRow } from '../store/jobs/jobs.ts'
import type { JobStep, StepOutcome } from './job-rules.ts'
import type { Pace } from './pace.ts'

/** One kind of long work: how it goes on from where it stands. */
export interface JobKind {
  readonly kind: string
  /** Opens what a job works through. Throws `Refusal` where that is gone. */
  open(job: JobRow): JobWork
}

/** A job that is being worked on, from its position on. */
export interface JobWork {
  /**
   * Has the next batch carried out in a transaction that also notes the job's new position (`advanceJob`); undefined when nothing is left.
   * Rejects as `Administer` does.
   */
  advance(step: JobStep, pace: Pace): Promise<StepOutcome | undefined>
  close(): void
}
