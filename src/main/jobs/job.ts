import { z } from 'zod'
import type { JobRow, JobState } from '../store/jobs/jobs.ts'

/** Long work as a person sees it. Times are ms since the epoch. */
export interface Job {
  readonly id: number
  readonly directoryId: number
  readonly kind: string
  readonly state: JobState
  /** In whose name it was started: `command line` or `console`. */
  readonly actor: string
  /** How many items have been dealt with, of how many. */
  readonly done: number
  readonly total: number
  /** What came of them, by names of the kind. */
  readonly counts: Readonly<Record<string, number>>
  /** Why it failed: one line. */
  readonly problem: string | undefined
  readonly createdAt: number
  readonly startedAt: number | undefined
  readonly endedAt: number | undefined
  /** Items a second, over all the time that it was worked on; undefined before the first batch. */
  readonly rate: number | undefined
  /** Seconds until it ends if it goes on like that; undefined where nobody can say. */
  readonly secondsLeft: number | undefined
}

const countsSchema = z.record(z.string(), z.number())

/** What came of a job's items so far, by names of its kind. Throws where the row holds no such counts. */
export function countsOf(row: Pick<JobRow, 'counts'>): Readonly<Record<string, number>> {
  return countsSchema.parse(JSON.parse(row.counts))
}

/** Whether a job has come to an end of its own or by an act; a failed one can be resumed all the same. */
export function hasEnded(state: JobState): boolean {
  return state === 'done' || state === 'cancelled' || state === 'failed'
}

/** A row as a job, with its rate and what that says about its end. */
export function jobOf(row: JobRow): Job {
  const rate = row.worked_ms > 0 && row.done > 0 ? (row.done * 1000) / row.worked_ms : undefined
  const isGoingOn = row.state === 'queued' || row.state === 'running'
  return {
    id: row.id,
    directoryId: row.directory_id,
    kind: row.kind,
    state: row.state,
    actor: row.actor,
    done: row.done,
    total: row.total,
    counts: countsOf(row),
    problem: row.problem ?? undefined,
    createdAt: row.created_at,
    startedAt: row.started_at ?? undefined,
    endedAt: row.ended_at ?? undefined,
    rate,
    secondsLeft: rate === undefined || !isGoingOn ? undefined : Math.ceil((row.total - row.done) / rate),
  }
}
