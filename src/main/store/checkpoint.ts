import { statSync } from 'node:fs'
import type { Connection } from './open-database.ts'

/** How large the write-ahead log may grow before the writer itself empties it, in bytes. */
const hardLimit = 256 * 1024 * 1024

function walSize(file: string): number {
  return statSync(`${file}-wal`, { throwIfNoEntry: false })?.size ?? 0
}

/**
 * Copies the write-ahead log into the database without holding anybody up; called between transactions, off the request path.
 * Only when readers kept it from ending for so long that the log is huge does it wait for them.
 */
export function checkpoint(connection: Connection): void {
  if (walSize(connection.name) > hardLimit) connection.pragma('wal_checkpoint(RESTART)')
  else connection.pragma('wal_checkpoint(PASSIVE)')
}
