import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { afterEach, beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest'
import { createDataDir } from '../../directory/test-directory.fixture.ts'
import { prepareChangeReads } from '../resources/changes.ts'
import { newResourceId } from '../resources/resource-id.ts'
import { idNamesNoRow } from '../resources/row-with-id.ts'
import { migrate, type Migration } from './migrate.ts'
import { migrations } from './migrations.ts'

let connection: Database.Database

beforeEach(() => {
  connection = new Database(':memory:')
})

afterEach(() => connection.close())

const steps: readonly Migration[] = [
  { version: 1, sql: 'create table people (name text); insert into people values (1)' },
  { version: 2, sql: 'alter table people add column age integer' },
  { version: 3, sql: 'insert into people values (2, 2)' },
]

const version = () => connection.pragma('user_version', { simple: true })
const rows = () => connection.prepare('select * from people').all()
const upTo = (list: readonly Migration[], last: number) => list.filter((step) => step.version <= last)

/** Everything that makes up the schema, in an order that does not depend on how it came about. */
function schemaOf(database: Database.Database): readonly unknown[] {
  return database
    .prepare("select type, name, tbl_name, sql from sqlite_schema where name not like 'sqlite_%' order by type, name")
    .all()
}

describe('migrate', () => {
  it('carries out all steps in order on an empty file', () => {
    migrate(connection, 'file', steps)
    expect(version()).toBe(3)
    expect(rows()).toHaveLength(2)
  })

  it('goes on behind the step that a file has reached', () => {
    migrate(connection, 'file', upTo(steps, 1))
    migrate(connection, 'file', steps)
    expect(version()).toBe(3)
    expect(rows()).toEqual([
      { name: '1', age: null },
      { name: '2', age: 2 },
    ])
  })

  it('does nothing to a file of the newest version', () => {
    migrate(connection, 'file', steps)
    migrate(connection, 'file', steps)
    expect(rows()).toHaveLength(2)
  })

  it('undoes a step that fails as a whole and keeps the ones before it', () => {
    const broken = [
      ...upTo(steps, 2),
      { version: 3, sql: 'insert into people values (2, 2); insert into nowhere values (1)' },
    ]
    migrate(connection, 'file', upTo(steps, 1))
    expect(() => migrate(connection, 'file', broken)).toThrow('nowhere')
    expect(version()).toBe(2)
    expect(rows()).toHaveLength(1)
    migrate(connection, 'file', steps)
    expect(rows()).toHaveLength(2)
  })

  it('gives a new file all steps at once, so that nobody comes upon one of an older format', () => {
    const broken = [...upTo(steps, 2), { version: 3, sql: 'insert into nowhere values (1)' }]
    expect(() => migrate(connection, 'file', broken)).toThrow('nowhere')
    expect(version()).toBe(0)
    migrate(connection, 'file', steps)
    expect([version(), rows().length]).toEqual([3, 2])
  })

  it('takes no step that another process has taken since it looked', () => {
    const { path, remove } = createDataDir()
    const file = join(path, 'shared.db')
    const [one, other] = [new Database(file), new Database(file)]
    onTestFinished(() => {
      for (const each of [one, other]) each.close()
      remove()
    })
    const begin = one.transaction.bind(one)
    vi.spyOn(one, 'transaction').mockImplementationOnce((run) => {
      migrate(other, 'file', steps)
      return begin(run)
    })
    migrate(one, 'file', steps)
    expect(one.prepare('select count(*) from people').pluck().get()).toBe(2)
  })

  it('says of a file that another process is bringing to the present format that it takes time', () => {
    const { path, remove } = createDataDir()
    const file = join(path, 'shared.db')
    const [one, other] = [new Database(file), new Database(file, { timeout: 0 })]
    onTestFinished(() => {
      for (const each of [one, other]) each.close()
      remove()
    })
    one.pragma('journal_mode = WAL')
    migrate(one, file, upTo(steps, 1))
    one.exec('begin immediate')
    expect(() => migrate(other, file, steps)).toThrow(/is of an older format, and another process works on it[^\n]*$/)
    one.exec('rollback')
    migrate(other, file, steps)
    expect(one.pragma('user_version', { simple: true })).toBe(3)
  })

  it('refuses a file of a newer version in one line and leaves it alone', () => {
    migrate(connection, 'file', steps)
    expect(() => migrate(connection, 'rollcall.db', upTo(steps, 2))).toThrow(
      /^rollcall\.db was written by a newer version of Rollcall \(format 3; this version knows 2\)\. [^\n]*$/,
    )
    expect(version()).toBe(3)
  })
})

const fixture = (past: number) => new URL(`../fixtures/version-${past}.sql`, import.meta.url)

/**
 * Makes the connection a file of a past version with data in it. `fixtures/version-1.sql` is a dump of such a file; what a later version added is
 * filled by a fixture of its own, where it has one.
 */
function becomePast(past: number): void {
  if (past === 0) return
  connection.exec(readFileSync(fixture(1), 'utf8'))
  connection.pragma('user_version = 1')
  for (const step of upTo(migrations, past)) {
    migrate(connection, 'file', upTo(migrations, step.version))
    if (step.version > 1 && existsSync(fixture(step.version)))
      connection.exec(readFileSync(fixture(step.version), 'utf8'))
  }
}

/** Tables of a past version with how many rows they had. */
function counts(database: Database.Database): ReadonlyMap<string, number> {
  const tables = database
    .prepare<[], string>("select name from sqlite_schema where type = 'table' and name not like 'sqlite_%'")
    .pluck()
    .all()
  return new Map(
    tables.map((table) => [table, database.prepare<[], number>(`select count(*) from "${table}"`).pluck().get() ?? 0]),
  )
}

/** Tables that follow from others, so that a newer version may hold fewer rows. */
const derived = new Set(['user_emails'])

describe('the migrations of the directory', () => {
  const versions = migrations.map((each) => each.version)

  it('are numbered from 1 upwards', () => {
    expect(versions[0]).toBe(1)
    expect(versions).toEqual([...new Set(versions)].toSorted((one, other) => one - other))
  })

  it.each(migrations.map((each) => each.version))('lead to version %i from a file of the version before', (target) => {
    const past = versions[versions.indexOf(target) - 1] ?? 0
    becomePast(past)
    const before = counts(connection)
    migrate(connection, 'file', upTo(migrations, target))
    expect(version()).toBe(target)
    expect(connection.pragma('integrity_check', { simple: true })).toBe('ok')
    expect(connection.pragma('foreign_key_check')).toEqual([])
    const after = counts(connection)
    const lost = [...before].filter(([table, count]) => !derived.has(table) && (after.get(table) ?? count) < count)
    expect(lost).toEqual([])
    const fresh = new Database(':memory:')
    migrate(fresh, 'file', upTo(migrations, target))
    expect(schemaOf(connection)).toEqual(schemaOf(fresh))
    fresh.close()
  })

  it('lead to version 2 with the history of each resource, and with the order of lists', () => {
    becomePast(1)
    connection.exec("update users set created_at = 1 where user_name = 'off@example.com'")
    migrate(connection, 'file', upTo(migrations, 2))
    const { ofResource } = prepareChangeReads(connection)
    const rowOf = connection.prepare<[string], { last_change: number | null }>(
      'select last_change from (select user_name as name, last_change from users union all select display_name, last_change from groups) where name = ?',
    )
    const history = (name: string) =>
      ofResource(rowOf.get(name) ?? { last_change: null }, 10).map((each) => each.action)
    expect(history('Straße@example.com')).toEqual(['patch', 'create'])
    expect(history('gone@example.com')).toEqual(['archive', 'create'])
    expect(history('Engineering')).toEqual(['members', 'create'])
    const created = connection.prepare<[], number>('select created_at from users order by seq').pluck().all()
    expect(created).toEqual(created.toSorted((a, b) => a - b))
  })

  it('lead to version 2 without the addresses by which a user is found as the userName already', () => {
    becomePast(1)
    const twice = connection
      .prepare<[], number>(
        'select count(*) from user_emails join users on seq = user_seq and user_name_key = value_key',
      )
      .pluck()
    expect(twice.get()).toBeGreaterThan(0)
    migrate(connection, 'file', upTo(migrations, 2))
    expect(twice.get()).toBe(0)
    expect(counts(connection).get('user_emails')).toBeGreaterThan(0)
  })

  it('lead to version 15 with the ids that name no row in an index, each of them once', () => {
    becomePast(14)
    migrate(connection, 'file', upTo(migrations, 15))
    const insert = connection.prepare(
      `insert into users (seq, directory_id, id, user_name, user_name_key, active, source, role, version, created_at, modified_at, doc)
         values (?, 1, ?, ?, ?, 1, 'scim', 'user', 1, 1, 1, '{}')`,
    )
    const inIndex = connection.prepare<[], string>(
      `select id from users indexed by users_by_id where ${idNamesNoRow} and id >= 'x' order by id`,
    )
    const add = (seq: number, id: string) => insert.run(seq, id, `user-${seq}`, `user-${seq}`)
    add(1000, newResourceId(1000, 1))
    add(1001, 'x-another-id')
    add(1002, 'x-one-more')
    expect(inIndex.pluck().all()).toEqual(['x-another-id', 'x-one-more'])
    expect(() => add(1003, 'x-another-id')).toThrow('UNIQUE')
  })

  it('allow no statement of another step to write to the schema itself', () => {
    migrate(connection, 'file', migrations)
    connection.pragma('writable_schema = on')
    expect(() => connection.exec("update sqlite_schema set sql = sql where name = 'users'")).toThrow(
      'may not be modified',
    )
  })

  it.each(migrations.map((each) => each.version))('lead from version %i to the newest one', (start) => {
    migrate(connection, 'file', upTo(migrations, start))
    migrate(connection, 'file', migrations)
    expect(version()).toBe(migrations.at(-1)?.version)
    expect(connection.pragma('integrity_check', { simple: true })).toBe('ok')
  })
})
