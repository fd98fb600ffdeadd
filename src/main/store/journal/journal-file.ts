import { closeSync, openSync } from 'node:fs'
import { dirname } from 'node:path'
import Database from 'better-sqlite3'
import { makeFolder } from '../../data-dir/make-folder.ts'
import { isThere } from '../file/is-there.ts'
import { newestVersion } from '../migrations/migrate.ts'
import { openDatabase, type Connection } from '../file/open-database.ts'
import { toStoreError } from '../store-error.ts'
import { journalMigrations } from './migrations.ts'
import { readAsPresent } from './read-older.ts'
import { registerReadableText } from './readable-text.ts'

/** A new file learns that it gives space back before its first page is written; later that would take a VACUUM. */
function createFile(file: string): void {
  try {
    makeFolder(dirname(file))
    closeSync(openSync(file, 'a', 0o600)) // it holds personal data
    const connection = new Database(file)
    try {
      connection.pragma('auto_vacuum = INCREMENTAL')
      connection.exec('VACUUM')
    } finally {
      connection.close()
    }
  } catch (error) {
    throw toStoreError(error, file) ?? error
  }
}

/** The writer's connection; there is one, in the journal's thread. */
export function openJournalForWriting(file: string): Connection {
  if (!isThere(file)) createFile(file)
  const connection = openDatabase({
    file,
    migrations: journalMigrations,
    synchronous: 'NORMAL',
    cacheKib: 2 * 1024,
    role: 'writer',
  })
  // 16 MiB between checkpoints; a log that grew under a long reader is cut back afterwards.
  connection.pragma('wal_autocheckpoint = 4000')
  connection.pragma(`journal_size_limit = ${32 * 1024 * 1024}`)
  return connection
}

/** The format of an open journal: 0 for one that is just being created. */
export function formatOf(connection: Connection): number {
  return Number(connection.pragma('user_version', { simple: true }))
}

/**
 * A reader's connection, or undefined while there is no journal yet: nothing has been recorded. One of an older format is read as it is;
 * its writer brings it to the present one.
 */
export function openJournalForReading(file: string): Connection | undefined {
  if (!isThere(file)) return undefined
  const connection = openDatabase({
    file,
    migrations: journalMigrations,
    synchronous: 'NORMAL',
    cacheKib: 4 * 1024,
    role: 'reader',
  })
  try {
    const format = formatOf(connection)
    if (format === 0) {
      connection.close()
      return undefined
    }
    if (format < newestVersion(journalMigrations)) readAsPresent(connection)
    registerReadableText(connection)
    return connection
  } catch (error) {
    connection.close()
    throw toStoreError(error, file) ?? error
  }
}
