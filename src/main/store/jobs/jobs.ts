import type { Connection } from '../file/open-database.ts'

export type JobState = 'queued' | 'running' | 'paused' | 'cancelled' | 'done' | 'failed'

/** A row of `jobs`. Times are ms since the epoch. */
export interface JobRow {
  readonly id: number
  readonly directory_id: number
  readonly kind: string
  readonly lane: string
  readonly state: JobState
  readonly actor: string
  /** JSON text, of the kind's own form. */
  readonly input: string
  /** JSON text: what the next batch begins behind. Null before the first one. */
  readonly position: string | null
  readonly done: number
  readonly total: number
  /** JSON object text: name → how many. */
  readonly counts: string
  readonly problem: string | null
  readonly created_at: number
  readonly started_at: number | null
  readonly ended_at: number | null
  readonly worked_ms: number
  readonly runner: string | null
  readonly lease_until: number | null
}

export type NewJob = Pick<
  JobRow,
  'directory_id' | 'kind' | 'lane' | 'actor' | 'input' | 'total' | 'counts' | 'created_at'
>

/** How far a job has come after a batch. */
export type JobProgress = Pick<JobRow, 'position' | 'done' | 'counts' | 'worked_ms' | 'lease_until'>

const columns = `id, directory_id, kind, lane, state, actor, input, position, done, total, counts, problem, created_at, started_at,
  ended_at, worked_ms, runner, lease_until`

// The condition of the index jobs_unfinished, which SQLite uses for a query that repeats it.
const unfinishedStates = "state in ('queued', 'running', 'paused')"

export function prepareJobReads(connection: Connection) {
  const byId = connection.prepare<[number], JobRow>(`select ${columns} from jobs where id = ?`)
  const ofDirectory = connection.prepare<[number, number], JobRow>(
    `select ${columns} from jobs where directory_id = ? order by id desc limit ?`,
  )
  const unfinished = connection.prepare<[], JobRow>(
    `select ${columns} from jobs indexed by jobs_unfinished where ${unfinishedStates} order by id`,
  )
  const inLane = connection.prepare<[number, string], JobRow>(
    `select ${columns} from jobs where directory_id = ? and lane = ? and ${unfinishedStates}`,
  )
  const endedAfter = connection.prepare<[number, number], JobRow & { readonly ended_at: number }>(
    `select ${columns} from jobs where ended_at > ? order by ended_at, id limit ?`,
  )
  return {
    byId: (id: number) => byId.get(id),
    /** The newest jobs of a directory, newest first. */
    ofDirectory: (directoryId: number, limit: number) => ofDirectory.all(directoryId, limit),
    /** All that are queued, running or paused. */
    unfinished: () => unfinished.all(),
    /** Those that have ended since a moment, in the order of their ends. */
    endedAfter: (at: number, limit: number) => endedAfter.all(at, limit),
    /** The one unfinished job of a lane. */
    inLane: (directoryId: number, lane: string) => inLane.get(directoryId, lane),
  }
}

export function prepareJobWrites(connection: Connection) {
  const insert = connection.prepare(
    `insert into jobs (directory_id, kind, lane, state, actor, input, total, counts, created_at)
     values (?, ?, ?, 'queued', ?, ?, ?, ?, ?)`,
  )
  const claim = connection.prepare(
    `update jobs set state = 'running', runner = ?, lease_until = ?, started_at = coalesce(started_at, ?), problem = null where id = ?`,
  )
  const release = connection.prepare('update jobs set runner = null, lease_until = null where id = ?')
  const advance = connection.prepare(
    'update jobs set position = ?, done = ?, counts = ?, worked_ms = ?, lease_until = ? where id = ?',
  )
  const addWork = connection.prepare('update jobs set worked_ms = worked_ms + ? where id = ?')
  const setState = connection.prepare(
    'update jobs set state = ?, problem = ?, ended_at = ?, runner = null, lease_until = null where id = ?',
  )
  return {
    /** Returns the new job's id. Throws when its lane has an unfinished job. */
    insert(job: NewJob): number {
      const { directory_id, kind, lane, actor, input, total, counts, created_at } = job
      return Number(insert.run(directory_id, kind, lane, actor, input, total, counts, created_at).lastInsertRowid)
    },
    /** Gives a job to a runner. */
    claim(id: number, runner: string, now: number, leaseUntil: number): void {
      claim.run(runner, leaseUntil, now, id)
    },
    /** Leaves a running job to whoever takes it on next. */
    release(id: number): void {
      release.run(id)
    },
    advance(id: number, to: JobProgress): void {
      advance.run(to.position, to.done, to.counts, to.worked_ms, to.lease_until, id)
    },
    addWork(id: number, ms: number): void {
      addWork.run(ms, id)
    },
    /** Takes a job from its runner. `endedAt` is null for a state that can go on. */
    setState(id: number, state: JobState, problem: string | null, endedAt: number | null): void {
      setState.run(state, problem, endedAt, id)
    },
  }
}
