import { mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { fullCollectionsDuring } from '../full-collections.fixture.ts'
import type { AppendObserver } from '../../store/journal/append.ts'
import { openJournalForWriting } from '../../store/journal/journal-file.ts'
import { createPackerPool, unpackExchanges } from '../queue/batch.ts'
import type { CreateBatchObserver } from './batch-observer.ts'
import type { Exchange } from '../exchange.ts'
import { atOnce } from '../../steps.ts'
import { openJournalReader } from '../search/journal-reader.ts'
import { defaultJournalSettings } from '../journal-settings.ts'
import { createJournalWriter } from './journal-writer.ts'
import { prepareRecord } from './prepare-record.ts'
import { compileRedactedNames } from '../redaction/redacted-names.ts'

let directory: string

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'rollcall-journal-writer-'))
})

afterEach(() => rmSync(directory, { recursive: true }))

const lookup: Exchange = {
  requestId: 'r',
  at: 1_700_000_000_000,
  durationMicros: 300,
  integrationId: 1,
  integrationSlug: 'entra',
  remoteAddress: '192.0.2.1',
  method: 'GET',
  target: '/scim/entra/v2/Users?filter=userName%20eq%20%22ada%40example.com%22',
  endpoint: 'Users',
  resourceId: undefined,
  status: 200,
  requestHeaders: 'host: scim.example.com\nuser-agent: test',
  requestBody: undefined,
  responseHeaders: 'content-type: application/scim+json',
  responseBody: `{"Resources":[{"displayName":"${'x'.repeat(3000)}"}]}`,
  matched: 1,
  trace: '[{"step":"status","code":"answered","seen":"200"}]',
}

function packed(count: number) {
  const packer = createPackerPool()()
  for (let n = 0; n < count; n += 1) packer.add({ ...lookup, requestId: `r${n}` }, true)
  return packer.packed()
}

describe('the journal at its file', () => {
  it('stores a batch whose observer fails, and lets it see the next one', () => {
    const file = join(directory, 'journal.db')
    const troubles: string[] = []
    const seen: number[] = []
    let isBroken = false
    const observer: AppendObserver = {
      see(id) {
        if (isBroken) throw new Error('cannot be told')
        seen.push(id)
      },
      end: () => undefined,
    }
    const observe: CreateBatchObserver = () => ({ begin: () => observer, tick: () => undefined })
    const writer = createJournalWriter(
      {
        file,
        session: 's',
        settings: defaultJournalSettings,
        integrations: [],
        withoutTracking: false,
      },
      { now: Date.now, defer: () => undefined, trouble: (message) => void troubles.push(message), observe },
    )
    const take = (sequence: number) => writer.take({ kind: 'batch', sequence, gap: undefined, exchanges: packed(200) })
    expect(take(1)).toMatchObject({ kind: 'committed', committed: { firstId: 1, lastId: 200 } })
    isBroken = true
    expect(take(2)).toMatchObject({ kind: 'committed', committed: { firstId: 201, lastId: 400 } })
    expect(troubles).toEqual([expect.stringContaining('cannot be told')])
    isBroken = false
    take(3)
    writer.close()
    expect([seen[0], seen[199], seen[200], seen.length]).toEqual([1, 200, 401, 400])
    const reader = openJournalReader(file)
    expect(atOnce(reader.count({})).count).toBe(600)
    expect(reader.get(300)?.requestId).toBe('r99')
    reader.close()
  })

  it('leaves it to the batch that cannot be stored to tell of a full disk', () => {
    const file = join(directory, 'journal.db')
    const troubles: string[] = []
    const observe: CreateBatchObserver = (connection) => {
      connection.pragma('max_page_count = 1') // SQLite takes it for a full disk
      return {
        begin: () => ({ see: () => undefined, end: () => undefined }),
        tick: () => void connection.exec('CREATE TABLE kept AS SELECT zeroblob(100000)'),
      }
    }
    openJournalForWriting(file).close()
    const writer = createJournalWriter(
      { file, session: 's', settings: defaultJournalSettings, integrations: [], withoutTracking: false },
      { now: Date.now, defer: () => undefined, trouble: (message) => void troubles.push(message), observe },
    )
    for (let attempt = 0; attempt < 2; attempt += 1) {
      writer.tidy()
      const answer = writer.take({ kind: 'batch', sequence: 1, gap: undefined, exchanges: packed(200) })
      expect(answer).toMatchObject({ kind: 'failed', message: expect.stringContaining('is full. Free some space.') })
    }
    writer.close()
    expect(troubles).toEqual([])
  })

  it('deletes nothing while the clock is a year ahead', () => {
    const file = join(directory, 'journal.db')
    const time = { at: lookup.at, uptime: 0 }
    const writer = createJournalWriter(
      { file, session: 's', settings: defaultJournalSettings, integrations: [], withoutTracking: true },
      { now: () => time.at, uptime: () => time.uptime, defer: (work) => work(), trouble: () => undefined },
    )
    const kept = () => {
      writer.tidy()
      const reader = openJournalReader(file)
      const { count } = atOnce(reader.count({}))
      reader.close()
      return count
    }
    writer.take({ kind: 'batch', sequence: 1, gap: undefined, exchanges: packed(3) })
    time.at += 365 * 86_400_000
    expect(kept()).toBe(3)
    time.uptime += 86_400_000
    time.at += 86_400_000
    expect(kept()).toBe(0)
    writer.close()
  })

  it('goes on storing while somebody reads from a long log for hours, and cuts it back afterwards', () => {
    const file = join(directory, 'journal.db')
    const troubles: string[] = []
    const writer = createJournalWriter(
      { file, session: 's', settings: defaultJournalSettings, integrations: [], withoutTracking: true },
      { now: () => lookup.at, defer: (work) => work(), trouble: (message) => void troubles.push(message) },
    )
    const take = (sequence: number) => writer.take({ kind: 'batch', sequence, gap: undefined, exchanges: packed(3) })
    take(1)
    const reader = openJournalForWriting(file)
    reader.exec('begin; select * from exchanges')
    const beside = openJournalForWriting(file)
    beside.exec('create table filler (bytes blob); insert into filler values (zeroblob(40000000))')
    const logBytes = () => statSync(`${file}-wal`).size
    // Waiting for the reader would take ten seconds each time, the patience of a connection.
    for (let second = 0; second < 10; second += 1) {
      writer.tidy()
      expect(take(2 + second)).toMatchObject({ kind: 'committed' })
    }
    expect(logBytes()).toBeGreaterThan(40_000_000)
    reader.exec('commit')
    writer.tidy()
    expect(logBytes()).toBe(0)
    expect(troubles).toEqual([])
    for (const connection of [reader, beside]) connection.close()
    writer.close()
  })

  it('keeps nothing of an exchange once the next one is read', async () => {
    const batch = packed(200)
    const names = compileRedactedNames(defaultJournalSettings.redact)
    const readAll = () => {
      for (const exchange of unpackExchanges(batch)) prepareRecord(exchange, names)
    }
    readAll()
    const collections = await fullCollectionsDuring(() => {
      for (let n = 0; n < 800; n += 1) readAll()
    })
    expect(collections).toBeLessThan(2)
  })

  it('remembers the headers of large requests without their bodies', () => {
    setFlagsFromString('--expose-gc')
    const collect: unknown = runInNewContext('gc')
    if (typeof collect !== 'function') throw new Error('no gc')
    const heap = () => {
      collect()
      return process.memoryUsage().heapUsed
    }
    const names = compileRedactedNames(defaultJournalSettings.redact)
    const body = JSON.stringify({ displayName: 'x'.repeat(1_000_000) })
    const before = heap()
    for (let n = 0; n < 40; n += 1) {
      const packer = createPackerPool()()
      const requestHeaders = `host: scim.example.com\ncontent-length: ${body.length + n}`
      packer.add({ ...lookup, method: 'POST', requestHeaders, requestBody: body }, true)
      for (const exchange of unpackExchanges(packer.packed())) prepareRecord(exchange, names)
    }
    expect(heap() - before).toBeLessThan(5_000_000)
  })
})
