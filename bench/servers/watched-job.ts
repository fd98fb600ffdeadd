import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import Database from 'better-sqlite3'
import { memberOf } from '../load/answer-body.ts'

export interface JobState {
  readonly id: number
  readonly state: string
  readonly done: number
  readonly counts: unknown
}

/** The newest job of a data directory, read from its file: a command would cost more than what is measured. */
export interface WatchedJob {
  now(): JobState | undefined
  /** Waits until part of it is done and it goes on, or until it has ended. */
  untilRunning(): Promise<JobState>
  untilEnd(): Promise<JobState>
}

const ENDED = new Set(['done', 'failed', 'cancelled'])
const LOOK_EVERY_MS = 20

export function hasEnded(job: JobState): boolean {
  return ENDED.has(job.state)
}

export function watchJob(dataDirectory: string): WatchedJob {
  function now(): JobState | undefined {
    const file = new Database(join(dataDirectory, 'rollcall.db'), { readonly: true })
    try {
      const row = file.prepare('select id, state, done, counts from jobs order by id desc limit 1').get()
      if (row === undefined) return undefined
      return {
        id: Number(memberOf(row, 'id')),
        state: String(memberOf(row, 'state')),
        done: Number(memberOf(row, 'done')),
        counts: JSON.parse(String(memberOf(row, 'counts'))),
      }
    } finally {
      file.close()
    }
  }

  async function until(isWanted: (job: JobState) => boolean): Promise<JobState> {
    for (;;) {
      const job = now()
      if (job && isWanted(job)) return job
      await pause(LOOK_EVERY_MS)
    }
  }

  return {
    now,
    untilRunning: () => until((job) => hasEnded(job) || (job.state === 'running' && job.done > 0)),
    untilEnd: () => until(hasEnded),
  }
}
