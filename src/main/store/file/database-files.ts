import { statSync } from 'node:fs'
import { join } from 'node:path'
import { databaseFileName, journalFileName } from './database-file-names.ts'
import { isThere } from './is-there.ts'
import { migrations } from '../migrations/migrations.ts'
import { openDatabase, type Connection } from './open-database.ts'
import { registerFunctions } from '../filter/sql-functions.ts'
import { StoreError } from '../store-error.ts'

/**
 * Throws `StoreError` for a database that is empty or gone although the request log beside it is not: there was one, and a new one would hide
 * that. A start that was cut off leaves an empty one too, alone.
 */
export function refuseEmptied(dataDir: string): void {
  const file = join(dataDir, databaseFileName)
  const sizeOf = (path: string) => (isThere(path) ? statSync(path, { throwIfNoEntry: false })?.size : undefined)
  const size = sizeOf(file) ?? 0
  if (size > 0 || (sizeOf(join(dataDir, journalFileName)) ?? 0) === 0) return
  throw new StoreError(
    'damaged',
    isThere(file)
      ? `The database ${file} is empty, and the request log beside it is not: something emptied it. Restore a backup with "rollcall restore FILE".`
      : `The database ${file} is gone, and the request log beside it is not. Put it back, or restore a backup with "rollcall restore FILE"; to begin anew, move the request log away too.`,
  )
}

/** The connection through which a process changes the directory; it migrates the file first. */
export function openWriterConnection(dataDir: string): Connection {
  refuseEmptied(dataDir)
  const connection = openDatabase({
    file: join(dataDir, databaseFileName),
    migrations,
    synchronous: 'FULL',
    cacheKib: 8 * 1024,
    role: 'writer',
  })
  registerFunctions(connection)
  return connection
}

/** A connection that only reads; the file must exist. */
export function openReaderConnection(dataDir: string): Connection {
  const connection = openDatabase({
    file: join(dataDir, databaseFileName),
    migrations,
    synchronous: 'FULL',
    cacheKib: 4 * 1024,
    role: 'reader',
  })
  registerFunctions(connection)
  return connection
}
