import Database from 'better-sqlite3'
import { openForReading } from './read-only-disk.ts'
import { toStoreError } from '../store-error.ts'

/** Runs with a connection that is closed afterwards; what SQLite throws comes out as `StoreError`. */
export function withDatabase<Result>(
  file: string,
  readonly: boolean,
  use: (connection: Database.Database) => Result,
): Result {
  let connection: Database.Database | undefined
  try {
    connection = readonly ? openForReading(file) : new Database(file, { fileMustExist: true })
    connection.pragma('busy_timeout = 10000')
    return use(connection)
  } catch (error) {
    throw toStoreError(error, file) ?? error
  } finally {
    connection?.close()
  }
}
