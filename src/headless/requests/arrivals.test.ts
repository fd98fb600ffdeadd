import { expect, test } from 'vitest'
import { toEntry, type JournalEntry } from '../../main/journal/journal-entry.ts'
import type { JournalPage, JournalReader } from '../../main/journal/search/journal-reader.ts'
import { journalRecord } from '../../main/store/journal/journal-record.fixture.ts'
import { arrivalsAfter } from './arrivals.ts'

function entry(id: number, status: number): JournalEntry {
  return toEntry({ ...journalRecord({ at: id, status, requestId: `r${id}` }), id, isPinned: false })
}

/** A journal in memory, of which only the failures match. */
class Journal implements Pick<JournalReader, 'follow' | 'newestId'> {
  readonly #entries: JournalEntry[] = []
  /** Every id that was looked at, each time. */
  readonly looked: number[] = []
  /** What is recorded after the newest id was asked for. */
  meanwhile: readonly number[] = []

  record(...statuses: readonly number[]): void {
    for (const status of statuses) this.#entries.push(entry(this.#entries.length + 1, status))
  }

  newestId(): number {
    const newest = this.#entries.length
    this.record(...this.meanwhile)
    this.meanwhile = []
    return newest
  }

  follow(afterId: number, limit: number): JournalPage {
    const entries: JournalEntry[] = []
    for (const each of this.#entries.slice(afterId)) {
      this.looked.push(each.id)
      if (each.status >= 400) entries.push(each)
      if (entries.length === limit) return { entries, next: each.id }
    }
    return { entries, next: undefined }
  }
}

function follow(journal: Journal) {
  const arrivals = arrivalsAfter(0, journal, {})
  return () => {
    const { entries, hasMore } = arrivals.next().value
    return { ids: entries.map(({ id }) => id), hasMore }
  }
}

test('what does not match is looked at once', () => {
  const journal = new Journal()
  const look = follow(journal)
  journal.record(200, 200, 200)
  for (let looks = 0; looks < 4; looks += 1) expect(look()).toEqual({ ids: [], hasMore: false })
  expect(journal.looked).toEqual([1, 2, 3])
  journal.record(404, 200)
  expect(look().ids).toEqual([4])
  expect(look().ids).toEqual([])
  expect(journal.looked).toEqual([1, 2, 3, 4, 5])
})

test('what arrives while the others are looked through is not passed over', () => {
  const journal = new Journal()
  const look = follow(journal)
  journal.record(200)
  journal.meanwhile = [200, 404, 200]
  expect(look().ids).toEqual([3])
  journal.meanwhile = [404]
  expect(look().ids).toEqual([5])
  expect(look().ids).toEqual([])
})

test('a page that is full is followed by the next at once', () => {
  const journal = new Journal()
  const look = follow(journal)
  journal.record(...Array.from({ length: 700 }, () => 500))
  expect(look()).toMatchObject({ ids: { length: 500 }, hasMore: true })
  expect(look()).toMatchObject({ ids: { length: 200 }, hasMore: false })
})
