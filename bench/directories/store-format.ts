import { createHash } from 'node:crypto'
import { closeSync, openSync, readdirSync, readSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'

const MAGIC = 'SQLite format 3\0'
const SHOWN_DIGITS = 12

/** A short name for the format of the databases in a data directory: it changes with every change of their schema. */
export function storeFormatOf(dataDirectory: string): string {
  const hash = createHash('sha256')
  const files = readdirSync(dataDirectory, { recursive: true, encoding: 'utf8' })
    .toSorted()
    .filter((file) => isDatabase(join(dataDirectory, file)))
  if (files.length === 0) throw new Error(`${dataDirectory} holds no database`)
  for (const file of files) {
    const connection = new Database(join(dataDirectory, file), { readonly: true })
    const schema = connection.prepare('SELECT name, sql FROM sqlite_schema ORDER BY name').raw().all()
    hash.update(JSON.stringify([file, connection.pragma('user_version', { simple: true }), schema]))
    connection.close()
  }
  return hash.digest('hex').slice(0, SHOWN_DIGITS)
}

function isDatabase(file: string): boolean {
  try {
    const descriptor = openSync(file, 'r')
    const start = Buffer.alloc(MAGIC.length)
    readSync(descriptor, start)
    closeSync(descriptor)
    return start.toString('latin1') === MAGIC
  } catch {
    return false // a folder, or a socket
  }
}
