import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { expect, onTestFinished, test } from 'vitest'
import { restoreBackup } from '../../backup/restore-backup.ts'
import { inspectBackup } from './inspect-backup.ts'
import { migrate } from '../migrations/migrate.ts'
import { migrations } from '../migrations/migrations.ts'
import { refuseForeignSchema } from './refuse-foreign-schema.ts'

function place(): string {
  const folder = mkdtempSync(join(tmpdir(), 'rollcall-foreign-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}

/** A database of this version that somebody has had in hand. */
function backupWith(sql: string): string {
  const file = join(place(), 'backup.db')
  const connection = new Database(file)
  migrate(connection, file, migrations)
  connection.exec(sql)
  connection.close()
  return file
}

const session = "('ab', 1, 1, 9e15, 'x', 'x')"

test.each([
  [
    'a trigger that lets somebody into the console',
    `create trigger helper after insert on settings begin
       insert or ignore into console_sessions (hash, created_at, last_seen_at, expires_at, user_agent, remote_address) values ${session};
     end`,
  ],
  [
    'a view where the sessions were',
    "drop table console_sessions; create view console_sessions as select 1 as id, 'ab' as hash, 1 as created_at, 1 as last_seen_at, 9e15 as expires_at, '' as user_agent, '' as remote_address",
  ],
  [
    'a trigger of ours that does something else',
    'drop trigger config_after_token_insert; create trigger config_after_token_insert after insert on tokens begin delete from users; end',
  ],
  ['a table without its rules', 'alter table users add column more text'],
  ['a column that is computed', 'alter table users add column more text as (hex(zeroblob(9))) virtual'],
  ['an index that refuses what is written', 'create unique index one_administrator on users (role)'],
  ['a virtual table', 'create virtual table words using fts5 (word)'],
  ['a table that holds users fast', 'create table extra (seq integer references users (seq))'],
  ['a trigger that is missing', 'drop trigger config_after_token_insert'],
  ['a format that never was', 'pragma user_version = -7'],
])('a backup with %s is refused', (_, sql) => {
  const file = backupWith(sql)
  const dataDir = place()
  expect(() => inspectBackup(file)).toThrow(`${file} is no backup of Rollcall`)
  // Also one that was exchanged after it was looked at.
  expect(() => restoreBackup({ dataDir, file, now: Date.now() })).toThrow('is no backup of Rollcall')
  expect(readdirSync(dataDir)).not.toContain('rollcall.db')
})

test('tables of a tool that copies the file, and what SQLite counts for itself, are no harm', () => {
  const dataDir = place()
  const file = backupWith(
    'create table _copier_seq (id integer primary key, seq integer); create index _copier_by_seq on _copier_seq (seq); analyze',
  )
  expect(inspectBackup(file)).toMatchObject({ groups: 0 })
  restoreBackup({ dataDir, file, now: Date.now() })
  expect(readdirSync(dataDir)).toContain('rollcall.db')
})

test.each(migrations.map((each) => each.version))(
  'a database that was begun in format 1 and is of format %i by now is accepted',
  (format) => {
    const file = join(place(), 'old.db')
    const connection = new Database(file)
    connection.exec(readFileSync(new URL('../fixtures/version-1.sql', import.meta.url), 'utf8'))
    connection.pragma('user_version = 1')
    migrate(
      connection,
      file,
      migrations.filter((step) => step.version <= format),
    )
    expect(() => refuseForeignSchema(connection, file)).not.toThrow()
    connection.close()
  },
)
