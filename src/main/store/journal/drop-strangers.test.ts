import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { createJournalAppender } from './append.ts'
import { prepareStrangerDrop } from './drop-strangers.ts'
import { openJournalForWriting } from './journal-file.ts'
import { journalRecord } from './journal-record.fixture.ts'
import type { JournalRecord } from './journal-record.ts'
import { createBlockReader } from './read-block.ts'
import { createJournalRetention } from './retention.ts'
import { selectExchanges } from './select-exchanges.ts'

const mib = 1024 * 1024
const nobody = { integrationId: undefined, integrationSlug: undefined }
const known = (n: number) => journalRecord({ resourceId: `resource-${n}`, requestId: `request-${n}` })
const guess = (n: number) => journalRecord({ ...nobody, status: 401, requestId: `guess-${n}` })
const longGuess = (n: number) => ({
  ...guess(n),
  requestHeaders: `x: ${Buffer.from(crypto.getRandomValues(new Uint8Array(9000))).toString('base64')}`,
})

function openLog() {
  const folder = mkdtempSync(join(tmpdir(), 'rollcall-drop-'))
  const connection = openJournalForWriting(join(folder, 'journal.db'))
  onTestFinished(() => {
    connection.close()
    rmSync(folder, { recursive: true })
  })
  const { append } = createJournalAppender(connection)
  let sequence = 0
  return {
    connection,
    append: (records: readonly JournalRecord[]) => append({ session: 'a', sequence: ++sequence }, records),
    drop: () => prepareStrangerDrop(connection).dropOldest(8, Infinity),
    ids: (resource?: string) =>
      selectExchanges(connection, resource === undefined ? {} : { resource }, {
        order: 'oldest first',
        limit: 9999,
      }).map(({ id }) => id),
  }
}

const many = (count: number, make: (n: number) => JournalRecord) => Array.from({ length: count }, (_, n) => make(n))

test('a damaged block loses no more than what strangers sent', () => {
  const log = openLog()
  log.append([...many(7, guess), known(8), ...many(32, guess)])
  log.connection.exec(`UPDATE blocks SET data = x'00ff00ff'`)
  expect(log.drop()).toBe(39)
  expect(log.ids('resource-8')).toEqual([8])
  expect(createBlockReader(log.connection).payload(8)).toBeUndefined()
  expect(log.drop()).toBe(0)
})

test('a gap that stands among strangers stays, and so does a refusal among many others', () => {
  const log = openLog()
  log.append([journalRecord({ ...nobody, status: 0, lost: 3 }), guess(2)])
  log.append([...many(30, known), guess(31)])
  expect(log.drop()).toBe(1)
  expect(log.ids()).toEqual([1, ...Array.from({ length: 31 }, (_, n) => n + 3)])
})

test('however much each of them takes, the newest are not among those that go', () => {
  const log = openLog()
  log.append(many(100, known))
  for (let n = 0; n < 6; n += 1) log.append(many(128, longGuess))
  const retention = createJournalRetention(log.connection)
  while (retention.deleteStep({ keepSince: 0, now: 1, maxBytes: 4 * mib }));
  const left = log.ids()
  expect(left.slice(0, 100)).toEqual(Array.from({ length: 100 }, (_, n) => n + 1))
  expect(left.slice(-128)).toEqual(Array.from({ length: 128 }, (_, n) => 100 + 5 * 128 + n + 1))
  expect(retention.deleted()).toBe(100 + 6 * 128 - left.length)
})
