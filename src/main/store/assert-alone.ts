import { StoreError } from './store-error.ts'
import { withDatabase } from './with-database.ts'

/** Throws `StoreError` when another connection, of whichever process, has the database open. */
export function assertAlone(file: string): void {
  const mode = withDatabase(file, false, (connection) => {
    connection.pragma('busy_timeout = 2000')
    // SQLite leaves the write-ahead log only for whoever has the database alone.
    const left = connection.pragma('journal_mode = delete', { simple: true })
    connection.pragma('journal_mode = wal')
    return left
  })
  if (mode !== 'delete')
    throw new StoreError('busy', `Another process works on ${file}. End it, then try again. Nothing was changed.`)
}
