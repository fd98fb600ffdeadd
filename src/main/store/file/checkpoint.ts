import type { Statement } from 'better-sqlite3'
import type { Connection } from './open-database.ts'
import { toStoreError } from '../store-error.ts'

/** When the write-ahead log begins anew, all in bytes. */
export interface LogBounds {
  /** From here on it is long: it should begin anew. */
  readonly long: number
  /** When no more than this of a long one is left to be moved, the writer moves it between two transactions. */
  readonly rest: number
  /** From here on the writer moves it, however much is left. */
  readonly hard: number
}

const mebibyte = 1024 * 1024
/** From here on a log is to begin anew, in bytes. */
export const longLogBytes = 256 * mebibyte
const usualBounds: LogBounds = { long: longLogBytes, rest: mebibyte, hard: 1024 * mebibyte }
/** Twice a long log: no more of its file is kept when it begins anew. Only somebody who read for long lets it grow that much. */
const largestKept = 2 * usualBounds.long

/** How long the writer waits for those who still read from the log, in ms: longer than a turn of the endpoint takes. */
const patienceMs = 5

/** Does something that waits for those who read from the log, but no longer than that: a reader may stay for hours. */
export function impatiently<Result>(connection: Connection, work: () => Result): Result {
  const usual = Number(connection.pragma('busy_timeout', { simple: true }))
  connection.pragma(`busy_timeout = ${patienceMs}`)
  try {
    return work()
  } finally {
    connection.pragma(`busy_timeout = ${usual}`)
  }
}

/** Leaves checkpoints to whoever calls `moveLog`, so that no commit has to wait for one. */
export function withoutAutomaticCheckpoints(connection: Connection): Connection {
  connection.pragma('wal_autocheckpoint = 0')
  return connection
}

/** What a checkpoint tells of the write-ahead log, in pages; -1 when another one is under way. `busy` is 1 when somebody was in its way. */
interface LogState {
  readonly busy: number
  readonly log: number
  readonly checkpointed: number
}

/** Runs a checkpoint. On a full disk, say, it tells undefined: what is committed is safe in the log, and the next one moves it. */
function attempt(statement: Statement<[], LogState>): LogState | undefined {
  try {
    return statement.get()
  } catch (error) {
    if (toStoreError(error, statement.database.name)) return undefined
    throw error
  }
}

/** Copies what is in the write-ahead log into the database without holding anybody up; returns false when it could not. */
export function moveLog(connection: Connection): boolean {
  return attempt(connection.prepare('pragma wal_checkpoint(PASSIVE)')) !== undefined
}

/** How much of the write-ahead log there is, and how much of that is not in the database yet, in bytes. Not to be asked within a transaction. */
export function prepareLogLength(connection: Connection): () => { readonly length: number; readonly unmoved: number } {
  const state: Statement<[], LogState> = connection.prepare('pragma wal_checkpoint(NOOP)')
  const pageSize = Number(connection.pragma('page_size', { simple: true }))
  return () => {
    const { log, checkpointed } = attempt(state) ?? { log: 0, checkpointed: 0 }
    return { length: Math.max(0, log) * pageSize, unmoved: Math.max(0, log - checkpointed) * pageSize }
  }
}

/**
 * Keeps the write-ahead log from growing for ever under writes that never cease. It begins anew once all of it has been moved and nobody
 * reads from it, which a checkpoint beside the writer cannot bring about alone: it moves nearly all, as often as `isLong` says so, and
 * the writer moves the little that is left between two transactions, with `shorten`. No more than `kept` bytes of the file stay then.
 */
export function prepareLogEnd(connection: Connection, bounds = usualBounds, kept = largestKept) {
  connection.pragma(`journal_size_limit = ${kept}`)
  const state = prepareLogLength(connection)
  const restart: Statement<[], LogState> = connection.prepare('pragma wal_checkpoint(RESTART)')

  return {
    /** Whether there is more left of a long log than the writer would move. */
    isLong(): boolean {
      const { length, unmoved } = state()
      return length >= bounds.long && unmoved > bounds.rest
    },
    /** Has a long log begin anew when little of it is left to be moved. Returns whether somebody who reads from it was in the way. */
    shorten(): boolean {
      const { length, unmoved } = state()
      if (length < bounds.long || (unmoved > bounds.rest && length < bounds.hard)) return false
      const after = impatiently(connection, () => attempt(restart))
      return after?.busy === 1 && after.log >= 0
    },
  }
}

/** Watches the write-ahead log, from any connection. */
export function prepareLogReads(connection: Connection) {
  const state = prepareLogLength(connection)
  let last = 0
  return {
    /** How much of the log has not been moved into the database yet, in bytes; within a snapshot, what was so the last time. */
    unmoved(): number {
      if (connection.inTransaction) return last
      last = state().unmoved
      return last
    },
  }
}
