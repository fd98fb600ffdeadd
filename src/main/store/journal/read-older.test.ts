import { join } from 'node:path'
import Database from 'better-sqlite3'
import { expect, onTestFinished, test } from 'vitest'
import { createDataDir } from '../../directory/test-directory.fixture.ts'
import { openJournalReader } from '../../journal/search/journal-reader.ts'
import { atOnce } from '../../steps.ts'
import { openProvisioningReader } from '../../provisioning/provisioning-reader.ts'
import { openJournalForWriting } from './journal-file.ts'
import { journalMigrations } from './migrations.ts'

function folder(): string {
  const { path, remove } = createDataDir()
  onTestFinished(remove)
  return path
}

/** A journal of a format, with one creation that failed. */
function journalOfFormat(file: string, format: number) {
  const database = new Database(file)
  database.pragma('journal_mode = WAL')
  const step = (to: number) => {
    const from = Number(database.pragma('user_version', { simple: true }))
    for (const { version, sql } of journalMigrations) if (version > from && version <= to) database.exec(sql)
    database.pragma(`user_version = ${to}`)
  }
  step(format)
  database.exec(`
    INSERT INTO exchanges (id, at, duration_micros, status, method, target, endpoint, integration_id, integration_slug, classification,
      request_id, remote_address, request_bytes, response_bytes, flags)
    VALUES (1, 1, 1, 409, 'POST', '/Users', 'Users', 1, 'okta', 'create user (conflict)', 'request-1', '', 0, 0, 0);
    UPDATE progress SET last_id = 1`)
  return { database, step, close: () => database.close() }
}

const older = journalMigrations.slice(0, -1).map(({ version }) => version)

test.each(older)('a request log of format %i is read as it is, and is not changed', (format) => {
  const file = join(folder(), 'journal.db')
  journalOfFormat(file, format).close()
  const [reader, provisioning] = [openJournalReader(file), openProvisioningReader(file)]
  onTestFinished(() => {
    for (const each of [reader, provisioning]) each.close()
  })
  expect(reader.page({ limit: 10 }).entries).toMatchObject([{ id: 1, status: 409, target: '/Users' }])
  const failed = atOnce(reader.count({ terms: [{ field: 'is', value: 'failed', isExcluded: false }] }))
  expect(failed).toMatchObject({ count: 1 })
  expect(reader.get(1)).toMatchObject({ id: 1 })
  expect(provisioning.cycles(1, 10)).toEqual([])
  expect(provisioning.all(1, 0).size).toBe(0)
  const after = new Database(file, { readonly: true })
  expect(after.pragma('user_version', { simple: true })).toBe(format)
  after.close()
})

test('a reader that came upon an older format sees what is written once the log has the present one', () => {
  const file = join(folder(), 'journal.db')
  const [first = 0, ...others] = older
  const server = journalOfFormat(file, first)
  const [reader, provisioning] = [openJournalReader(file), openProvisioningReader(file)]
  onTestFinished(() => {
    for (const each of [server, reader, provisioning]) each.close()
  })
  // As a server does that creates it: one step after the other, under the eyes of its readers.
  for (const step of others) {
    expect(reader.newestId()).toBe(1)
    expect(provisioning.cycles(1, 10)).toEqual([])
    server.step(step)
  }
  const half = reader.details({})[Symbol.iterator]()
  const writer = openJournalForWriting(file)
  writer.exec(`UPDATE exchanges SET subject = 'ana@example.com'`)
  writer.exec(`INSERT INTO cycles VALUES (1, 1, 'initial', 1, NULL, 0, '{}')`)
  writer.exec(`INSERT INTO trackers VALUES (1, '{}')`)
  writer.close()
  expect(reader.page({ limit: 10 }).entries).toMatchObject([{ id: 1, subject: 'ana@example.com' }])
  expect(provisioning.all(1, 0).size).toBe(1)
  expect(half.next().value).toMatchObject({ id: 1 })
})
