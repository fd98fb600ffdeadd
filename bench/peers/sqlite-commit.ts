import { randomUUID } from 'node:crypto'
import { mkdtempSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { seededUserName } from '../load/entra-user.ts'

export interface SqliteCommits {
  readonly version: string
  /** Inserts one row a commit for so long and returns rows per second. */
  measure(seconds: number): number
  close(): void
}

/**
 * What SQLite itself reaches when every row is its own durable commit (WAL, synchronous FULL): id and name indexed, and a
 * document of the size that is stored for a user. `directory` must be on the disk that holds the measured data.
 */
export function openSqliteCommits(directory: string, document: string): SqliteCommits {
  const connection = new Database(join(mkdtempSync(join(directory, 'sqlite-')), 'commits.db'))
  connection.pragma('journal_mode = WAL')
  connection.pragma('synchronous = FULL')
  connection.exec(
    'CREATE TABLE users (sequence INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, name TEXT NOT NULL UNIQUE, document TEXT NOT NULL)',
  )
  const insert = connection.prepare('INSERT INTO users (id, name, document) VALUES (?, ?, ?)')
  let number = 0
  return {
    version: String(connection.prepare('SELECT sqlite_version()').pluck().get()),
    measure(seconds) {
      const startedAt = performance.now()
      const deadline = startedAt + seconds * 1000
      let rows = 0
      let now = startedAt
      while (now < deadline) {
        insert.run(randomUUID(), seededUserName(++number), document)
        rows++
        now = performance.now()
      }
      return (rows * 1000) / (now - startedAt)
    },
    close: () => connection.close(),
  }
}
