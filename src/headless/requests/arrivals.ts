import type { JournalEntry } from '../../main/journal/journal-entry.ts'
import type { JournalReader } from '../../main/journal/search/journal-reader.ts'
import type { JournalWhere } from '../../main/store/journal/journal-where.ts'

export interface Arrivals {
  /** Oldest first. */
  readonly entries: readonly JournalEntry[]
  /** There is more to look through at once. */
  readonly hasMore: boolean
}

const largestPage = 500

/** What arrives after an id, one page at each step; each request is looked at once, whether or not it matches. */
export function* arrivalsAfter(
  id: number,
  reader: Pick<JournalReader, 'follow' | 'newestId'>,
  where: JournalWhere,
): Generator<Arrivals, never> {
  let after = id
  for (;;) {
    // Asked first, for what is recorded meanwhile may have been looked at or not.
    const newest = reader.newestId()
    const { entries, next } = reader.follow(after, largestPage, where)
    after = next ?? Math.max(after, newest, entries.at(-1)?.id ?? 0)
    yield { entries, hasMore: next !== undefined }
  }
}
