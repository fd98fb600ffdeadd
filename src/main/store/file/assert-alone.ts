import { StoreError } from '../store-error.ts'
import { withDatabase } from './with-database.ts'

function isAlone(file: string): boolean {
  try {
    return withDatabase(file, false, (connection) => {
      connection.pragma('busy_timeout = 2000')
      // SQLite leaves the write-ahead log only for whoever has the database alone.
      const left = connection.pragma('journal_mode = delete', { simple: true })
      connection.pragma('journal_mode = wal')
      return left === 'delete'
    })
  } catch (error) {
    if (error instanceof StoreError && error.code === 'busy') return false
    throw error
  }
}

/** Throws `StoreError` when another connection, of whichever process, has the database open. */
export function assertAlone(file: string): void {
  if (!isAlone(file))
    throw new StoreError('busy', `Another process works on ${file}. End it, then try again. Nothing was changed.`)
}
