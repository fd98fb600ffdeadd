import Database from 'better-sqlite3'
import { StoreError } from '../store-error.ts'
import { withDatabase } from './with-database.ts'

/** Writes what is in the log of a database into the database, so that one file holds it all. What cannot be folded stays as it is. */
export function foldLog(file: string): void {
  try {
    withDatabase(file, false, (connection) => connection.pragma('wal_checkpoint(TRUNCATE)'))
  } catch (error) {
    // The log of a damaged or busy database is kept beside it by the caller.
    if (!(error instanceof StoreError || error instanceof Database.SqliteError)) throw error
  }
}
