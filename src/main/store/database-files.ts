import { join } from 'node:path'
import { migrations } from './migrations.ts'
import { openDatabase, type Connection } from './open-database.ts'
import { registerFunctions } from './sql-functions.ts'

export const databaseFileName = 'rollcall.db'
export const journalFileName = 'journal.db'

/** The connection through which a process changes the directory; it migrates the file first. */
export function openWriterConnection(dataDir: string): Connection {
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
