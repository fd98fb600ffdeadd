import { setTimeout as pause } from 'node:timers/promises'
import type { Administer } from '../administration/administer.ts'
import { Refusal } from '../administration/refusal.ts'
import type { JobRow } from '../store/jobs/jobs.ts'
import type { StoreReads } from '../store/store-reads.ts'
import { createJobEvents, type JobListener } from './job-events.ts'
import type { JobKind } from './job-kind.ts'
import type { JobAct } from './job-rules.ts'
import { createJobRunner } from './job-runner.ts'
import { hasEnded, jobOf, type Job } from './job.ts'
import { isClaimable } from './runner-identity.ts'

/** How often a followed job is looked at, in ms. */
const lookEveryMs = 100

interface Parts {
  readonly reads: StoreReads
  readonly administer: Administer
  readonly kinds: readonly JobKind[]
  readonly clock: () => number
  readonly onTrouble: (message: string) => void
  /** See `createJobRunner`. */
  readonly watchLoad: () => () => number
}

export interface FollowOptions {
  /** How long another process, a server, is left the time to take the job on, in ms; after that this one does it. */
  readonly graceMs: number
  readonly onProgress?: (job: Job) => void
  /** Ends the following: a job that this process works on is let go. */
  readonly signal?: AbortSignal
}

/** The long work of a data directory: who asks for it, sees how it goes on, stops it. */
export interface Jobs {
  get(id: number): Job | undefined
  /** The newest jobs of a directory, newest first. */
  list(directoryId: number, limit: number): readonly Job[]
  /** Rejects with `Refusal` where a job's state does not allow it. */
  act(id: number, act: JobAct): Promise<Job>
  /** Calls a listener with each job that changes, whichever process works on it; what it returns ends that. */
  subscribe(listener: JobListener): () => void
  /** Waits until a job has ended or is paused. Where no other process works on it, this one does. */
  follow(id: number, options: FollowOptions): Promise<Job>
  /** Takes on every job that waits, from now on: what a server does. */
  work(): void
  close(): Promise<void>
}

export function createJobs(parts: Parts): Jobs {
  const { reads, administer, clock } = parts
  const events = createJobEvents(reads, clock, parts.onTrouble)
  const runner = createJobRunner({ ...parts, onProgress: (row) => events.notify(row) })

  function rowOf(id: number): JobRow {
    const row = reads.jobs.byId(id)
    if (!row) throw new Refusal(`There is no job ${id}. See "rollcall jobs list".`)
    return row
  }

  function isOver(row: JobRow): boolean {
    return hasEnded(row.state) || row.state === 'paused'
  }

  async function follow(id: number, options: FollowOptions): Promise<Job> {
    const { graceMs, onProgress, signal } = options
    const since = clock()
    let own: Promise<unknown> | undefined
    signal?.addEventListener('abort', () => void runner.close(), { once: true })
    for (;;) {
      const row = rowOf(id)
      onProgress?.(jobOf(row))
      if (isOver(row) || signal?.aborted === true) return jobOf(row)
      if (!own && isClaimable(row, clock()) && clock() - since >= graceMs) own = runner.run(id)
      const ended = own?.then(() => 'ended')
      if ((await Promise.race([pause(lookEveryMs), ...(ended ? [ended] : [])])) === 'ended') own = undefined
    }
  }

  return {
    get(id) {
      const row = reads.jobs.byId(id)
      return row && jobOf(row)
    },
    list: (directoryId, limit) => reads.jobs.ofDirectory(directoryId, limit).map(jobOf),
    async act(id, act) {
      const row = await administer('change-job', { id, act })
      events.notify(row)
      return jobOf(row)
    },
    subscribe: events.subscribe,
    follow,
    work: runner.watch,
    async close() {
      events.close()
      await runner.close()
    },
  }
}
