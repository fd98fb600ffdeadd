import type { JobRow } from '../store/jobs/jobs.ts'
import type { StoreReads } from '../store/store-reads.ts'
import { jobOf, type Job } from './job.ts'

/** How often is looked what other processes do, in ms. */
const lookEveryMs = 500

/** How often a subscriber hears of one job at most, its end apart, in ms. */
const tellEveryMs = 100

export type JobListener = (job: Job) => void

/** Tells subscribers how jobs go on, whichever process works on them. */
export interface JobEvents {
  /** Something happened to a job in this process. */
  notify(row: JobRow): void
  /** Calls a listener with a job whenever it has changed; what it returns ends that. */
  subscribe(listener: JobListener): () => void
  close(): void
}

interface Told {
  readonly at: number
  readonly state: JobRow['state']
  readonly done: number
}

export function createJobEvents(reads: StoreReads, now: () => number, onTrouble: (message: string) => void): JobEvents {
  const listeners = new Set<JobListener>()
  const told = new Map<number, Told>()
  let poll: NodeJS.Timeout | undefined
  let trouble: string | undefined

  function tell(row: JobRow, isUrgent: boolean): void {
    const before = told.get(row.id)
    const isNews = before?.state !== row.state
    if (!isNews && (before.done === row.done || (!isUrgent && now() - before.at < tellEveryMs))) return
    told.set(row.id, { at: now(), state: row.state, done: row.done })
    const job = jobOf(row)
    for (const listener of listeners) listener(job)
  }

  /** What was under way when it was last told is looked at once more, since it may have ended. */
  function look(): void {
    const unfinished = reads.jobs.unfinished()
    for (const row of unfinished) tell(row, true)
    for (const [id, { state }] of told) {
      if ((state !== 'running' && state !== 'queued' && state !== 'paused') || unfinished.some((row) => row.id === id))
        continue
      const row = reads.jobs.byId(id)
      if (row) tell(row, true)
    }
  }

  /** A database that cannot be read for a moment, as on a full disk, must not end a server that answers again afterwards. */
  function lookAgain(): void {
    try {
      look()
      trouble = undefined
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error)
      if (message !== trouble) onTrouble(`The jobs cannot be read: ${message}`)
      trouble = message
    }
  }

  return {
    notify(row) {
      if (listeners.size > 0) tell(row, false)
    },
    subscribe(listener) {
      listeners.add(listener)
      poll ??= setInterval(lookAgain, lookEveryMs).unref()
      return () => {
        listeners.delete(listener)
        if (listeners.size > 0) return
        clearInterval(poll)
        poll = undefined
        told.clear()
      }
    },
    close() {
      listeners.clear()
      clearInterval(poll)
    },
  }
}
