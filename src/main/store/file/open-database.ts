import { accessSync, closeSync, constants, existsSync, openSync } from 'node:fs'
import { dirname } from 'node:path'
import Database from 'better-sqlite3'
import { makeFolder } from '../../data-dir/make-folder.ts'
import { migrate, refuseNewer, type Migration } from '../migrations/migrate.ts'
import { openForReading } from './read-only-disk.ts'
import { StoreError, toStoreError } from '../store-error.ts'

export type Connection = Database.Database
export type Statement = Database.Statement

export interface OpenOptions {
  readonly file: string
  readonly migrations: readonly Migration[]
  /** FULL for what was promised to a client, NORMAL for the journal. */
  readonly synchronous: 'FULL' | 'NORMAL'
  /** Page cache of this connection in KiB. */
  readonly cacheKib: number
  /** How long a statement waits for another process's transaction, in ms. */
  readonly busyTimeoutMs?: number
  /** A reader never migrates and never writes; its file must exist. */
  readonly role: 'writer' | 'reader'
}

/**
 * Opens a database file in WAL mode, migrating it first when it is older than this version.
 * Throws `StoreError` with one clear line for a newer, damaged, unreadable or read-only file, having changed nothing.
 */
export function openDatabase(options: OpenOptions): Connection {
  const { file, role } = options
  let connection: Connection | undefined
  try {
    if (role === 'writer') {
      makeFolder(dirname(file))
      accessSync(dirname(file), constants.W_OK)
      if (existsSync(file)) accessSync(file, constants.W_OK)
      // For its owner alone; SQLite gives the files beside it the same mode.
      else closeSync(openSync(file, 'a', 0o600))
    }
    connection = role === 'reader' ? openForReading(file) : new Database(file)
    connection.pragma(`busy_timeout = ${options.busyTimeoutMs ?? 10_000}`)
    // Before anything is written: the journal mode stands in the file.
    refuseNewer(connection, file, options.migrations)
    if (role === 'writer') connection.pragma('journal_mode = WAL')
    connection.pragma(`synchronous = ${options.synchronous}`)
    connection.pragma('foreign_keys = ON')
    connection.pragma(`cache_size = -${options.cacheKib}`)
    connection.pragma('temp_store = MEMORY')
    if (role === 'writer') migrate(connection, file, options.migrations)
    return connection
  } catch (error) {
    connection?.close()
    const known = toStoreError(error, file)
    if (known) throw known
    throw error instanceof Error
      ? new StoreError('unreadable', `${file} cannot be opened: ${error.message}`, error)
      : error
  }
}
