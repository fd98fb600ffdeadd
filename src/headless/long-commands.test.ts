import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { expect, onTestFinished, test } from 'vitest'
import { createJournalAppender } from '../main/store/journal/append.ts'
import { openJournalForWriting } from '../main/store/journal/journal-file.ts'
import { journalRecord } from '../main/store/journal/journal-record.fixture.ts'
import { seedPeople } from '../main/conversion/people.fixture.ts'
import { commandLine, type CommandLine } from './command.fixture.ts'
import { progressOf } from './terminal/terminal.fixture.ts'

async function withPeople(count: number): Promise<CommandLine> {
  const line = commandLine()
  await line.json('users', 'list')
  seedPeople(line.dataDir, count, 1)
  return line
}

function openDatabase(line: CommandLine, name: string): Database.Database {
  const database = new Database(join(line.dataDir, name))
  onTestFinished(() => void database.close())
  return database
}

test('an export of users, and a restore, tell on a terminal how far they are', async () => {
  const line = await withPeople(2000)
  expect(await progressOf(line, 'users', 'export')).toEqual([
    'Looking for columns: 2000 users',
    'Exporting: 2000 users',
  ])
  expect(await progressOf(line, 'users', 'export', '--format', 'json')).toEqual(['Exporting: 2000 users'])
  const file = line.path('backup.db')
  await line.json('backup', file)
  expect(await progressOf(line, 'restore', file, '--yes')).toEqual([
    expect.stringMatching(/^Examining the backup: [\d.]+ MiB$/),
    'Copying the backup',
    'Making the copy ready',
    'Putting the present data aside',
  ])
})

test('an import tells on a terminal how far it is, also before anything is written', async () => {
  const line = await withPeople(0)
  const names = Array.from({ length: 4100 }, (_, n) => `p${n}@x.test`)
  const file = line.write('many.csv', `userName\n${names.join('\n')}\n`)
  const told = await progressOf(line, 'users', 'import', file, '--yes')
  expect(told.slice(0, 3)).toEqual([
    'Looking through the file: 2000 lines',
    'Looking through the file: 4000 lines',
    'Importing: 500 of 4100',
  ])
  expect(told.at(-1)).toBe('Importing: 4100 of 4100')
})

test('the service manager ends an export of a preview, and nothing of it is left', async () => {
  const line = await withPeople(3000)
  // Long names, so that there is much to write.
  openDatabase(line, 'rollcall.db').exec('update users set user_name = user_name || hex(zeroblob(12000))')
  const file = line.path('preview.csv')
  const exported = () => readdirSync(line.path('.')).filter((name) => name.startsWith('preview.csv'))
  const hasBegun = () => exported().length > 0
  const { exitCode, stderr } = await line.interrupt('SIGTERM', hasBegun, 'user-ids', 'preview', '--export', file)
  expect([exitCode, stderr, exported()]).toEqual([1, `Stopped: ${file} was not written.\n`, []])
})

test('Ctrl+C ends a purge of many, and how far it came is told', async () => {
  const line = await withPeople(6000)
  const database = openDatabase(line, 'rollcall.db')
  database.exec("update users set archived_at = 1 where user_name <> 'admin'")
  const archived = database.prepare('select count(*) from users where archived_at is not null').pluck()
  const hasBegun = () => Number(archived.get()) < 6000
  expect(await line.interrupt('SIGINT', hasBegun, 'users', 'purge', '--all-archived', '--yes')).toEqual({
    exitCode: 1,
    stdout: '',
    stderr: `Stopped: ${6000 - Number(archived.get())} of 6000 archived users were removed for good.\n`,
  })
})

test('a purge of a large group tells how far it is; Ctrl+C ends it, and the same command goes on', async () => {
  const line = await withPeople(0)
  const members = 600_000
  const database = openDatabase(line, 'rollcall.db')
  database.exec(`
    insert into groups (seq, directory_id, id, display_name, display_name_key, source, version, created_at, modified_at, archived_at, doc)
      values (1, 1, 'g1', 'Everybody', 'everybody', 'local', 1, 1, 1, 1, '{"schemas":[],"displayName":"Everybody"}')`)
  const fill = database.prepare(`
    with recursive n (i) as (select 1 union all select i + 1 from n where i < ${members})
    insert or ignore into memberships select 1, 0, i from n`)
  fill.run()
  const left = database.prepare('select count(*) from memberships').pluck()
  const purge = ['groups', 'purge', 'Everybody', '--yes']
  expect(await line.interrupt('SIGINT', () => Number(left.get()) < members, ...purge)).toEqual({
    exitCode: 1,
    stdout: '',
    stderr: `Stopped: ${members - Number(left.get())} members were removed, and the group is archived still. The same command does the rest.\n`,
  })
  expect(await line.json('groups', 'list', '--archived')).toMatchObject([{ id: 'g1' }])
  // However far the first one came, there is enough left to tell of.
  fill.run()
  expect((await progressOf(line, ...purge))[0]).toMatch(/^Purging: \d+ members removed$/)
  expect(await line.json('groups', 'list', '--archived')).toEqual([])
  expect(left.get()).toBe(0)
})

test('Ctrl+C ends the removal of an attribute, which the same command goes on with', async () => {
  const line = await withPeople(20_000)
  await line.json('attributes', 'add', 'badge', '--type', 'string')
  const database = openDatabase(line, 'rollcall.db')
  const urn = 'urn:ietf:params:scim:schemas:extension:rollcall:2.0:User'
  const having = `doc ->> '$."${urn}".badge' is not null`
  database.exec(`update users set doc = json_set(doc, '$."${urn}"', json('{"badge":"x"}')) where user_name <> 'admin'`)
  const left = database.prepare(`select count(*) from users where ${having}`).pluck()
  const hasBegun = () => Number(left.get()) < 20_000
  const stopped = await line.interrupt('SIGINT', hasBegun, 'attributes', 'remove', 'badge', '--yes')
  const removed = 20_000 - Number(left.get())
  expect(stopped).toEqual({
    exitCode: 1,
    stdout: '',
    stderr: `Stopped: badge is out of the schema, and its values out of ${removed} users; the same command goes on.\n`,
  })
  expect(await line.json('attributes', 'remove', 'badge', '--yes')).toMatchObject({ users: 20_000 - removed })
})

test('Ctrl+C ends a deletion of old requests, and how far it came is told', async () => {
  const line = commandLine()
  await line.json('users', 'list')
  const connection = openJournalForWriting(join(line.dataDir, 'journal.db'))
  onTestFinished(() => void connection.close())
  const { append } = createJournalAppender(connection)
  for (let sequence = 1; sequence <= 400; sequence += 1)
    append(
      { session: 'a', sequence },
      Array.from({ length: 100 }, () => journalRecord({ at: 1 })),
    )
  // So that it takes longer than a busy machine may take to send the signal.
  connection.exec(
    `create trigger slow after delete on exchanges when old.id % 200 = 0 begin
       select count(*) from (with recursive n (i) as (values (1) union all select i + 1 from n where i < 200000) select i from n);
     end`,
  )
  const present = connection.prepare('select count(*) from exchanges').pluck()
  const deletion = ['requests', 'delete', '--older-than', '3000d', '--yes']
  const stopped = await line.interrupt('SIGINT', () => Number(present.get()) < 40_000, ...deletion)
  const left = Number(present.get())
  expect(stopped).toEqual({
    exitCode: 1,
    stdout: '',
    stderr: `Stopped: ${40_000 - left} requests were deleted. The same command deletes the rest.\n`,
  })
  connection.exec('drop trigger slow')
  expect(await line.json(...deletion)).toMatchObject({ requests: left })
})

test('deleting old requests keeps nobody from writing new ones, however long somebody reads the log', async () => {
  const line = commandLine()
  await line.json('users', 'list')
  const connection = openJournalForWriting(join(line.dataDir, 'journal.db'))
  onTestFinished(() => void connection.close())
  const { append } = createJournalAppender(connection)
  for (let sequence = 1; sequence <= 30; sequence += 1)
    append(
      { session: 'a', sequence },
      Array.from({ length: 100 }, () => journalRecord({ at: 1 })),
    )
  expect(await progressOf(line, 'requests', 'delete', '--older-than', '3000d', '--yes')).toContain(
    'Deleting: 800 requests',
  )
  append({ session: 'a', sequence: 31 }, [journalRecord({ at: 1 })])
  const reader = openDatabase(line, 'journal.db')
  reader.exec('begin')
  reader.prepare('select count(*) from exchanges').get()
  const deletion = line.run('requests', 'delete', '--older-than', '3000d', '--yes')
  const over = new AbortController()
  const ended = deletion.finally(() => over.abort())
  connection.pragma('busy_timeout = 1000')
  for (let sequence = 32; !over.signal.aborted; sequence += 1) {
    append({ session: 'a', sequence }, [journalRecord({ at: Date.now() })])
    await new Promise((resolve) => void setImmediate(resolve))
  }
  expect(await ended).toMatchObject({ exitCode: 0, stdout: '1 request was deleted.\n' })
})
