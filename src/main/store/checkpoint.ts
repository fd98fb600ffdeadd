import { statSync } from 'node:fs'
import type { Connection } from './open-database.ts'
import { toStoreError } from './store-error.ts'

/** How large the write-ahead log may grow before the writer itself empties it, in bytes. */
const hardLimit = 256 * 1024 * 1024

/** Leaves checkpoints to whoever calls `moveLog`, so that no commit has to wait for one. */
export function withoutAutomaticCheckpoints(connection: Connection): Connection {
  connection.pragma('wal_autocheckpoint = 0')
  return connection
}

/** Runs a checkpoint. On a full disk, say, it tells false: what is committed is safe in the log, and the next one moves it. */
function attempt(connection: Connection, mode: 'PASSIVE' | 'RESTART'): boolean {
  try {
    connection.pragma(`wal_checkpoint(${mode})`)
    return true
  } catch (error) {
    if (toStoreError(error, connection.name)) return false
    throw error
  }
}

/** Copies what is in the write-ahead log into the database without holding anybody up; returns false when it could not. */
export function moveLog(connection: Connection): boolean {
  return attempt(connection, 'PASSIVE')
}

/** Empties a write-ahead log that readers and ceaseless writes have kept growing; waits for readers. Called between transactions. */
export function emptyLongLog(connection: Connection): void {
  const size = statSync(`${connection.name}-wal`, { throwIfNoEntry: false })?.size ?? 0
  if (size > hardLimit) attempt(connection, 'RESTART')
}

/** Watches the write-ahead log, from any connection. */
export function prepareLogReads(connection: Connection) {
  const state = connection.prepare<[], { busy: number; log: number; checkpointed: number }>(
    'pragma wal_checkpoint(NOOP)',
  )
  const pageSize = Number(connection.pragma('page_size', { simple: true }))
  let last = 0
  return {
    /** How much of the log has not been moved into the database yet, in bytes; within a snapshot, what was so the last time. */
    unmoved(): number {
      if (connection.inTransaction) return last
      const { log, checkpointed } = state.get() ?? { log: 0, checkpointed: 0 }
      last = Math.max(0, log - checkpointed) * pageSize
      return last
    },
  }
}
