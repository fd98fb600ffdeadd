import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest'
import { createJournalAppender } from '../../store/journal/append.ts'
import { openJournalForWriting } from '../../store/journal/journal-file.ts'
import { journalRecord } from '../../store/journal/journal-record.fixture.ts'
import type { JournalRecord } from '../../store/journal/journal-record.ts'
import type { JournalWhere } from '../../store/journal/journal-where.ts'
import { atOnce } from '../../steps.ts'
import { openJournalReader, type JournalPage, type JournalReader } from './journal-reader.ts'

const rows = 25_000
/** Every so many an exchange failed. */
const rare = 9000

let directory: string
let reader: JournalReader

function record(n: number): JournalRecord {
  return journalRecord({
    at: n,
    durationMicros: n,
    status: n % rare === 0 ? 404 : 200,
    requestId: `r${n}`,
    requestBody: n % rare === 1 ? 'needle' : undefined,
  })
}

beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), 'rollcall-scan-'))
  const file = join(directory, 'journal.db')
  const connection = openJournalForWriting(file)
  const all = Array.from({ length: rows }, (_, n) => record(n + 1))
  createJournalAppender(connection).append({ session: 's', sequence: 1 }, all)
  connection.close()
  reader = openJournalReader(file)
})

afterAll(() => {
  reader.close()
  rmSync(directory, { recursive: true })
})

/** Pages to the end, and how many there were. */
function everything(where: JournalWhere): { readonly ids: readonly number[]; readonly pages: number } {
  const ids: number[] = []
  let before: number | undefined
  for (let pages = 1; ; pages += 1) {
    const page = reader.page({ where, limit: 2, ...(before === undefined ? {} : { before }) })
    ids.push(...page.entries.map(({ id }) => id))
    before = page.next
    if (before === undefined) return { ids, pages }
  }
}

const failed: JournalWhere = { terms: [{ field: 'is', value: 'failed', isExcluded: false }] }

test('what matches rarely is found across many steps, each once', () => {
  expect(everything(failed).ids).toEqual([18_000, 9000])
  expect(everything({ ...failed, since: 9001 }).ids).toEqual([18_000])
  expect(everything({ ...failed, until: 17_999 }).ids).toEqual([9000])
  expect(everything({ terms: [{ field: 'method', value: 'PUT', isExcluded: false }] }).ids).toEqual([])
  expect(everything({ text: 'needle' }).ids).toEqual([18_001, 9001, 1])
})

test('following goes on behind what has been looked at, oldest first', () => {
  expect(reader.follow(9000, 10, failed).entries.map(({ id }) => id)).toEqual([18_000])
  expect(reader.follow(0, 1, failed)).toMatchObject({ entries: [{ id: 9000 }], next: 9000 })
  expect(reader.follow(rows, 10, {}).entries).toEqual([])
})

test('a file of what matches rarely lets others have their turn', () => {
  const steps = [...reader.detailSteps(failed)]
  expect(steps.flatMap((each) => each?.id ?? [])).toEqual([9000, 18_000])
  expect(steps.filter((each) => each === undefined).length).toBeGreaterThan(2)
})

test('counting and sorting look at all of it', () => {
  expect(atOnce(reader.count(failed))).toEqual({ count: 2, isExact: true, total: rows })
  const slowest = atOnce(
    reader.sorted({ where: {}, order: 'took', descending: true, upTo: 20_000, offset: 1, limit: 2 }),
  )
  expect(slowest.entries.map(({ id }) => id)).toEqual([19_999, 19_998])
  expect(slowest).toMatchObject({ total: 20_000, isAll: true })
})

test('where millions of strangers have gone from between the others, nobody has to page through the gap', () => {
  const file = join(directory, 'gap.db')
  const connection = openJournalForWriting(file)
  const { append } = createJournalAppender(connection)
  append({ session: 's', sequence: 1 }, [record(1), record(rare)])
  connection.exec('UPDATE progress SET last_id = 90000000')
  append({ session: 's', sequence: 2 }, [record(rare), record(3)])
  connection.close()
  const gapped = openJournalReader(file)
  onTestFinished(() => gapped.close())
  const idsOf = (page: JournalPage) => ({ ids: page.entries.map(({ id }) => id), next: page.next })
  expect(idsOf(gapped.page({ limit: 10 }))).toEqual({ ids: [90_000_002, 90_000_001, 2, 1], next: undefined })
  expect(idsOf(gapped.page({ limit: 10, before: 45_000_000 }))).toEqual({ ids: [2, 1], next: undefined })
  expect(idsOf(gapped.page({ limit: 10, where: failed }))).toEqual({ ids: [90_000_001, 2], next: undefined })
  expect(idsOf(gapped.follow(0, 10))).toEqual({ ids: [1, 2, 90_000_001, 90_000_002], next: undefined })
  expect(idsOf(gapped.follow(45_000_000, 10))).toEqual({ ids: [90_000_001, 90_000_002], next: undefined })
  expect([...gapped.details(failed)].map(({ id }) => id)).toEqual([2, 90_000_001])
  expect(atOnce(gapped.count(failed))).toEqual({ count: 2, isExact: true, total: 4 })
  const oldestFirst = { where: {}, order: 'time', descending: false, upTo: 90_000_001, offset: 0, limit: 9 } as const
  expect(atOnce(gapped.sorted(oldestFirst))).toMatchObject({ total: 3, isAll: true })
})
