import { mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { openDatabase, type Connection } from '../file/open-database.ts'
import { createJournalAppender } from './append.ts'
import { createBlockEncoder } from './block.ts'
import { openJournalForReading, openJournalForWriting } from './journal-file.ts'
import { journalRecord } from './journal-record.fixture.ts'
import type { JournalRecord } from './journal-record.ts'
import { journalMigrations } from './migrations.ts'
import { createBlockReader } from './read-block.ts'
import { createJournalRetention } from './retention.ts'
import { droppedOfStrangers, heldBefore, heldExchanges, selectExchanges } from './select-exchanges.ts'
import { prepareTrafficReads } from './traffic.ts'

let directory: string
let file: string
let connection: Connection

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'rollcall-journal-store-'))
  file = join(directory, 'journal.db')
  connection = openJournalForWriting(file)
})

afterEach(() => {
  connection.close()
  rmSync(directory, { recursive: true })
})

function record(at: number, changed: Partial<JournalRecord> = {}): JournalRecord {
  return journalRecord({
    at,
    resourceId: `resource-${at}`,
    requestId: `request-${at}`,
    requestHeaders: 'a: b',
    responseBody: `body ${at} ✓`,
    ...changed,
  })
}

const noise = () => Buffer.from(crypto.getRandomValues(new Uint8Array(9000))).toString('base64')
const records = (count: number) => Array.from({ length: count }, (_, at) => record(at + 1))

/** One exchange in a block of its own, in a file from before strangers were told apart. */
function insertOlder(
  older: Connection,
  { id, status, integration }: { readonly id: number; readonly status: number; readonly integration: number | null },
): void {
  older
    .prepare(
      `INSERT INTO exchanges (id, at, duration_micros, status, method, target, integration_id, classification, request_id, remote_address,
         request_bytes, response_bytes, flags) VALUES (?, ?, 1, ?, 'GET', '/Users', ?, 'read user', 'r', '', 0, 0, 0)`,
    )
    .run(id, id, status, integration)
  const encoder = createBlockEncoder()
  encoder.add(record(id))
  older.prepare('INSERT INTO blocks VALUES (?, ?)').run(id, encoder.finish())
  older.prepare(`INSERT INTO block_index VALUES (?, ?, ?, ?, x'')`).run(id, id, id, id)
  older.prepare('UPDATE progress SET last_id = ?').run(id)
}

const all = { order: 'oldest first', limit: 10_000 } as const

describe('the journal file', () => {
  it('stores a batch that is sent twice once', () => {
    const { append } = createJournalAppender(connection)
    expect(append({ session: 'a', sequence: 1 }, records(3))).toEqual({ firstId: 1, lastId: 3 })
    expect(append({ session: 'a', sequence: 1 }, records(3))).toBeUndefined()
    expect(append({ session: 'b', sequence: 1 }, records(1))).toEqual({ firstId: 4, lastId: 4 })
    expect(selectExchanges(connection, {}, all)).toHaveLength(4)
  })

  it('gives each exchange its own content, across blocks', () => {
    createJournalAppender(connection).append({ session: 'a', sequence: 1 }, records(300))
    const blocks = createBlockReader(connection)
    for (const id of [1, 128, 129, 300]) expect(blocks.payload(id)?.responseBody).toBe(`body ${id} ✓`)
    expect(blocks.payload(1)?.requestBody).toBeUndefined()
    expect(blocks.payload(301)).toBeUndefined()
  })

  it('keeps the rows of a damaged block', () => {
    createJournalAppender(connection).append({ session: 'a', sequence: 1 }, records(2))
    connection.exec(`UPDATE blocks SET data = x'00ff00ff'`)
    expect(createBlockReader(connection).payload(1)).toBeUndefined()
    expect(selectExchanges(connection, { resource: 'resource-2' }, all).map(({ id }) => id)).toEqual([2])
  })

  it('gives back the space of what it deleted', () => {
    const { append } = createJournalAppender(connection)
    for (let sequence = 1; sequence <= 8; sequence++)
      append(
        { session: 'a', sequence },
        Array.from({ length: 128 }, (_, at) => record(sequence * 1000 + at, { responseBody: noise() })),
      )
    const retention = createJournalRetention(connection)
    retention.checkpoint()
    const before = statSync(file).size
    while (retention.deleteStep({ keepSince: 8000, now: 10_000, maxBytes: Number.MAX_SAFE_INTEGER }));
    while (retention.shrinkStep());
    retention.checkpoint()
    expect(selectExchanges(connection, {}, all)).toHaveLength(128)
    expect(statSync(file).size).toBeLessThan(before * 0.7)
  })

  it('keeps nothing too long because of a clock that was ahead for a while', () => {
    const { append } = createJournalAppender(connection)
    const day = 86_400_000
    const moments = [1 * day, 2 * day, 365 * day, 366 * day, 3 * day, 60 * day]
    for (const [sequence, at] of moments.entries()) append({ session: 'a', sequence: sequence + 1 }, [record(at)])
    const retention = createJournalRetention(connection)
    while (retention.deleteStep({ keepSince: 30 * day, now: 60 * day, maxBytes: Number.MAX_SAFE_INTEGER }));
    expect(selectExchanges(connection, {}, all).map(({ at }) => at / day)).toEqual([60])
  })

  it('can be read while it is written, by its owner alone', () => {
    const { append } = createJournalAppender(connection)
    append({ session: 'a', sequence: 1 }, records(1))
    const other = openJournalForReading(file)
    append({ session: 'a', sequence: 2 }, records(1))
    expect(other && selectExchanges(other, {}, all)).toHaveLength(2)
    other?.close()
    expect(statSync(file).mode & 0o077).toBe(0)
  })

  it('refuses a file of a newer version and changes nothing', () => {
    connection.pragma('user_version = 99')
    expect(() => openJournalForReading(file)).toThrow('newer version')
    expect(() => openJournalForWriting(file)).toThrow('newer version')
  })

  it('takes over a file that was written before failed creations were named', () => {
    const older = join(directory, 'older.db')
    const before = openDatabase({
      file: older,
      migrations: journalMigrations.filter(({ version }) => version <= 6),
      synchronous: 'NORMAL',
      cacheKib: 1024,
      role: 'writer',
    })
    before.exec(`INSERT INTO exchanges VALUES (1, 1, 1, 409, 'POST', '/Users', 'Users', NULL, 1, 'okta', 'create user (conflict)', NULL,
        NULL, NULL, 'request-1', '', 0, 0, 0, NULL);
      UPDATE progress SET last_id = 1`)
    before.exec(`INSERT INTO pinned SELECT *, 1, x'00' FROM exchanges`)
    before.close()
    const asItIs = openJournalForReading(older)
    expect(asItIs && selectExchanges(asItIs, {}, all)).toMatchObject([
      { id: 1, status: 409, subject: undefined, isPinned: true },
    ])
    asItIs?.close()
    const now = openJournalForWriting(older)
    createJournalAppender(now).append({ session: 'a', sequence: 1 }, [record(2, { subject: 'ana@example.com' })])
    expect(selectExchanges(now, {}, all).map(({ id, subject, isPinned }) => [id, subject, isPinned])).toEqual([
      [1, undefined, true],
      [2, 'ana@example.com', false],
    ])
    now.close()
  })

  it('takes over a file in which only answers could fail', () => {
    const older = join(directory, 'older-11.db')
    const before = openDatabase({
      file: older,
      migrations: journalMigrations.filter(({ version }) => version <= 11),
      synchronous: 'NORMAL',
      cacheKib: 1024,
      role: 'writer',
    })
    for (const [id, status] of [409, 200].entries()) insertOlder(before, { id: id + 1, status, integration: 1 })
    before.close()
    const now = openJournalForWriting(older)
    createJournalAppender(now).append({ session: 'a', sequence: 2 }, [
      record(3, { status: 0 }),
      record(4, { status: 0, lost: 5 }),
    ])
    const failed = { terms: [{ field: 'is' as const, value: 'failed', isExcluded: false }] }
    expect(selectExchanges(now, failed, all).map(({ id }) => id)).toEqual([1, 3])
    const others = { terms: [{ field: 'is' as const, value: 'failed', isExcluded: true }] }
    expect(selectExchanges(now, others, all).map(({ id }) => id)).toEqual([2, 4])
    now.close()
  })

  it('takes over a file whose requests went by their age alone', () => {
    const older = join(directory, 'older-12.db')
    const before = openDatabase({
      file: older,
      migrations: journalMigrations.filter(({ version }) => version <= 12),
      synchronous: 'NORMAL',
      cacheKib: 1024,
      role: 'writer',
    })
    // Those before the third have gone.
    for (const id of [3, 4, 5, 6])
      insertOlder(before, { id, status: id < 5 ? 200 : 401, integration: id < 5 ? 1 : null })
    before.close()
    const asItIs = openJournalForReading(older)
    if (asItIs === undefined) throw new Error('not there')
    expect([heldExchanges(asItIs), heldBefore(asItIs, 5), droppedOfStrangers(asItIs)]).toEqual([4, 2, 0])
    asItIs.close()
    const now = openJournalForWriting(older)
    const retention = createJournalRetention(now)
    const stranger = { integrationId: undefined, integrationSlug: undefined }
    for (let sequence = 1; sequence <= 3; sequence++)
      createJournalAppender(now).append(
        { session: 'b', sequence },
        Array.from({ length: 128 }, (_, n) => record(sequence * 1000 + n, { ...stranger, responseBody: noise() })),
      )
    expect(heldExchanges(now)).toBe(4 + 3 * 128)
    while (retention.deleteStep({ keepSince: 0, now: 10_000, maxBytes: 1_000_000 }));
    const left = selectExchanges(now, {}, all).map(({ id }) => id)
    // Whose requests those from before are is not looked up: they count as those of an integration.
    expect(left.slice(0, 4)).toEqual([3, 4, 5, 6])
    expect(heldExchanges(now)).toBe(left.length)
    expect(droppedOfStrangers(now)).toBe(4 + 3 * 128 - left.length)
    expect(createBlockReader(now).payload(3)?.responseBody).toBe('body 3 ✓')
    while (retention.deleteStep({ keepSince: 9000, now: 10_000, maxBytes: 1_000_000 }));
    expect(heldExchanges(now)).toBe(0)
    now.close()
  })

  it('sums up requests, and neither gaps nor what never became one', () => {
    createJournalAppender(connection).append({ session: 'a', sequence: 1 }, [
      record(1),
      record(2, { status: 404 }),
      record(3, { status: 0, method: '', lost: 7 }),
      record(4, { status: 0, method: '' }),
      record(5, { status: 400, method: '' }),
    ])
    const hours = prepareTrafficReads(connection).hours(0, 5)
    expect(hours.map(({ requests, failures }) => [requests, failures])).toEqual([[2, 1]])
  })
})
