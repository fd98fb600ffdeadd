import { mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { atOnce } from '../steps.ts'
import { openJournalForWriting } from '../store/journal/journal-file.ts'
import { pinExchange } from '../store/journal/pins.ts'
import { createPackerPool } from './queue/batch.ts'
import { exchange } from './exchange.fixture.ts'
import type { Exchange } from './exchange.ts'
import { exportHar } from './export/export-har.ts'
import { forgetRequests } from './forget-requests.ts'
import type { JournalEntry } from './journal-entry.ts'
import { openJournalReader, type JournalReader } from './search/journal-reader.ts'
import { createJournalWriter } from './thread/journal-writer.ts'

const mib = 1024 * 1024
const start = 1_700_000_000_000
const dayMs = 86_400_000

let at = start

/** Text that does not compress, and spells no name that would be redacted. */
function noise(bytes: number): string {
  return Buffer.from(crypto.getRandomValues(new Uint8Array(bytes))).toString('hex')
}

/** A creation by an identity provider. */
function known(): Exchange {
  at += 1
  return exchange({ at, requestBody: `{"displayName":"${noise(300)}"}` })
}

/** A guess at a token. */
function stranger(): Exchange {
  return {
    ...known(),
    integrationId: undefined,
    integrationSlug: undefined,
    remoteAddress: '198.51.100.9',
    method: 'GET',
    endpoint: undefined,
    resourceId: undefined,
    status: 401,
    requestHeaders: `host: scim.example.com\nx-guess: ${noise(1500)}`,
    requestBody: undefined,
    responseBody: '{"status":"401"}',
    trace: '[{"step":"authenticate","code":"token-unknown"}]',
  }
}

function many(count: number, make: () => Exchange): readonly Exchange[] {
  return Array.from({ length: count }, make)
}

/** 5 requests of the identity provider in different places among 195 of strangers. */
function flooded(): readonly Exchange[] {
  return Array.from({ length: 200 }, (_, n) => (n % 40 === 17 ? known() : stranger()))
}

function openLog({ maxBytes = 4 * mib, keepDays = 30 } = {}) {
  const folder = mkdtempSync(join(tmpdir(), 'rollcall-strangers-'))
  const file = join(folder, 'journal.db')
  let sequence = 0
  let session = 0
  const troubles: string[] = []
  const begin = () => {
    session += 1
    return createJournalWriter(
      {
        file,
        session: `run ${session}`,
        settings: { keepDays, maxBytes, redact: [] },
        integrations: [],
        withoutTracking: true,
      },
      { now: () => at, defer: (work) => work(), trouble: (message) => void troubles.push(message) },
    )
  }
  let writer = begin()
  const reader = openJournalReader(file)
  onTestFinished(() => {
    writer.close()
    reader.close()
    rmSync(folder, { recursive: true })
  })
  return {
    file,
    folder,
    reader,
    troubles,
    store(exchanges: readonly Exchange[]) {
      const packer = createPackerPool()()
      for (const each of exchanges) packer.add(each, true)
      sequence += 1
      const reply = writer.take({ kind: 'batch', sequence, gap: undefined, exchanges: packer.packed() })
      expect(reply).toMatchObject({ kind: 'committed' })
      writer.tidy()
    },
    tidy: () => writer.tidy(),
    restart() {
      writer.close()
      writer = begin()
    },
  }
}

/** The whole log by pages, the newest first, each id younger than the next. */
function byPages(reader: JournalReader): readonly JournalEntry[] {
  const entries: JournalEntry[] = []
  let before: number | undefined
  do {
    const page = reader.page({ limit: 300, ...(before === undefined ? {} : { before }) })
    entries.push(...page.entries)
    before = page.next
  } while (before !== undefined)
  for (const [n, { id }] of entries.entries()) expect(id).toBeLessThan(entries[n - 1]?.id ?? Infinity)
  return entries
}

function followed(reader: JournalReader): readonly number[] {
  const ids: number[] = []
  let after: number | undefined = 0
  while (after !== undefined) {
    const page = reader.follow(after, 300)
    ids.push(...page.entries.map(({ id }) => id))
    after = page.next
  }
  return ids
}

const isKnown = ({ integrationSlug }: { readonly integrationSlug: string | undefined }) => integrationSlug === 'okta'

test('strangers cannot push the requests of an integration out of a log that is full, nor its newest refusals', () => {
  const log = openLog()
  const before = many(600, known)
  log.store(before)
  const flood: Exchange[] = []
  for (let n = 0; n < 30; n += 1) {
    const batch = n % 3 === 0 ? many(200, stranger) : flooded()
    flood.push(...batch)
    log.store(batch)
  }
  const sent = [...before, ...flood]

  function expectTrueLog(): void {
    const { reader } = log
    const entries = byPages(reader)
    expect(entries.filter(isKnown).map(({ requestId }) => requestId)).toEqual(
      sent
        .filter(isKnown)
        .map(({ requestId }) => requestId)
        .toReversed(),
    )
    const strangers = entries.filter((each) => !isKnown(each)).map(({ requestId }) => requestId)
    const newest = sent.filter((each) => !isKnown(each)).map(({ requestId }) => requestId)
    expect(strangers).toEqual(newest.slice(-strangers.length).toReversed())
    expect(strangers.length).toBeGreaterThan(100)
    expect(followed(reader)).toEqual(entries.map(({ id }) => id).toReversed())
    const extent = { count: entries.length, oldestAt: before[0]?.at, droppedOfStrangers: sent.length - entries.length }
    expect(reader.extent()).toEqual(extent)
    const okta = { integration: 'okta' }
    expect(atOnce(reader.count(okta))).toEqual({ count: 700, isExact: true, total: entries.length })
    const sorted = {
      where: okta,
      order: 'time',
      descending: false,
      upTo: reader.newestId(),
      offset: 0,
      limit: 2,
    } as const
    expect(atOnce(reader.sorted(sorted))).toMatchObject({ total: 700, isAll: true, entries: [{ id: 1 }, { id: 2 }] })
    // Their contents are their own, also where strangers have gone from beside them.
    const details = [...reader.details(okta)]
    expect(details.map(({ content }) => content?.requestBody)).toEqual(
      sent.filter(isKnown).map(({ requestBody }) => requestBody),
    )
    const one = sent.findLast((each) => isKnown(each) && each.at < at - 2000)
    expect(reader.get(one?.requestId ?? '')?.content?.responseBody).toBe(one?.responseBody)
    expect(reader.page({ limit: 9, where: { resource: one?.resourceId ?? '' } }).entries).toHaveLength(1)
    expect(reader.page({ limit: 9, where: { text: `"${one?.resourceId}"` } }).entries).toHaveLength(1)
    const har: { readonly log: { readonly entries: readonly unknown[] } } = JSON.parse(
      [...exportHar(reader.details(), { version: '1.0.0' })].join(''),
    )
    expect(har.log.entries).toHaveLength(entries.length)
  }

  expectTrueLog()
  log.restart()
  log.tidy()
  expectTrueLog()
  const after = [...many(200, stranger), known()]
  sent.push(...after)
  log.store(after.slice(0, 200))
  log.store(after.slice(200))
  expect(atOnce(log.reader.count({ integration: 'okta' })).count).toBe(701)
  log.restart()
  log.store(many(1, known))
  expect(statSync(log.file).size).toBeLessThan(6 * mib)
  expect(log.troubles).toEqual([])
})

test('by age all of them go alike, and below the size all of them stay', () => {
  const log = openLog({ keepDays: 1 })
  log.store([...many(100, stranger), known()])
  at += dayMs / 2
  log.store([known(), ...many(100, stranger)])
  expect(byPages(log.reader)).toHaveLength(202)
  at += dayMs / 2 + 1000
  log.tidy()
  expect(byPages(log.reader).filter(isKnown)).toHaveLength(1)
  expect(log.reader.extent()).toMatchObject({ count: 101, droppedOfStrangers: 0 })
})

test('where few are of strangers, the oldest requests go, whoever sent them', () => {
  const log = openLog({ maxBytes: mib })
  log.store(many(10, stranger))
  log.store(many(20, known))
  const [first] = byPages(log.reader).slice(-1)
  log.store(many(10, stranger))
  while (byPages(log.reader).some(({ id }) => id === first?.id)) log.store(many(200, known))
  const left = byPages(log.reader)
  expect(left.filter((each) => !isKnown(each)).length % 10).toBe(0)
  expect(log.reader.extent()).toMatchObject({ count: left.length, droppedOfStrangers: 0 })
})

test('what is left can be deleted by age, and no more is told than goes', () => {
  const log = openLog({ maxBytes: mib })
  log.store(many(50, known))
  for (let n = 0; n < 12; n += 1) log.store(flooded())
  const count = byPages(log.reader).length
  expect(log.reader.extent()?.droppedOfStrangers).toBeGreaterThan(1000)
  const newest = log.reader.newestId()
  expect(log.reader.countBefore(newest + 1)).toBe(count)
  expect(log.reader.countBefore(51)).toBe(50)
  expect(forgetRequests(log.file, at + 1, at)).toBe(count)
  expect(log.reader.extent()).toMatchObject({ count: 0, oldestAt: undefined })
  log.store([known()])
  expect(log.reader.extent()).toMatchObject({ count: 1 })
  expect(byPages(log.reader)).toMatchObject([{ id: newest + 1 }])
})

test('a refusal that is pinned stays with its content when it goes from the log', () => {
  const log = openLog({ maxBytes: mib })
  const batch = flooded()
  log.store(batch)
  const payload = log.reader.payload(5)
  if (payload === undefined) throw new Error('not in the log')
  const connection = openJournalForWriting(log.file)
  expect(pinExchange(connection, { id: 5, at, payload })).toBe('kept')
  connection.close()
  for (let n = 0; n < 12; n += 1) log.store(flooded())
  expect(log.reader.get(4)).toBeUndefined()
  const sent = batch[4]?.requestHeaders.split('x-guess: ')[1]
  const pinned = log.reader.get(5)
  expect(pinned).toMatchObject({ isOnlyPinned: true, status: 401 })
  expect(pinned?.content?.requestHeaders[1]?.value).toBe(sent)
  const pins = [...log.reader.details({ terms: [{ field: 'is', value: 'pinned', isExcluded: false }] })]
  expect(pins).toMatchObject([{ id: 5, isOnlyPinned: true, content: { requestHeaders: [{}, { value: sent }] } }])
  expect(log.reader.get(18)).toMatchObject({ isOnlyPinned: false, integrationSlug: 'okta' })
})
