import Database from 'better-sqlite3'
import { toStoreError } from './store-error.ts'

/** Runs with a connection that is closed afterwards; what SQLite throws comes out as `StoreError`. */
export function withDatabase<Result>(
  file: string,
  readonly: boolean,
  use: (connection: Database.Database) => Result,
): Result {
  let connection: Database.Database | undefined
  try {
    connection = new Database(file, { readonly, fileMustExist: true })
    connection.pragma('busy_timeout = 10000')
    return use(connection)
  } catch (error) {
    throw toStoreError(error, file) ?? error
  } finally {
    connection?.close()
  }
}
