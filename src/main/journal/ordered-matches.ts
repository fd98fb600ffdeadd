import type { JournalWhere } from '../store/journal/journal-where.ts'
import {
  countExchanges,
  idBounds,
  isIdOrdered,
  newestExchangeId,
  oldestExchangeId,
  sortExchanges,
  type ExchangeOrder,
  type ExchangeRange,
} from '../store/journal/select-exchanges.ts'
import type { Connection } from '../store/open-database.ts'
import { toEntry, type JournalEntry } from './journal-entry.ts'
import { needlesOf } from './text-search.ts'

/** From the newest back, so many ids are looked through: less than a second's work. */
const idsPerCount = 500_000
/** How many matches are put into another order. */
const mostSorted = 100_000
/** The same of a search for text, whose matches have to be found one by one. */
const mostFoundSorted = 2000

export interface JournalCount {
  /** Null for a search for text, which would have to look into every body. */
  readonly count: number | null
  /** Whether all were counted. */
  readonly isExact: boolean
  /** How many the log holds in all. */
  readonly total: number
}

export interface SortRequest {
  readonly where: JournalWhere
  readonly order: ExchangeOrder
  readonly descending: boolean
  /** The newest id that counts, so that further pages fit the first. */
  readonly upTo: number
  readonly offset: number
  readonly limit: number
}

export interface SortedPage {
  readonly entries: readonly JournalEntry[]
  /** How many were put in order. */
  readonly total: number
  /** Whether those were all; else the newest ones. */
  readonly isAll: boolean
}

/** The newest ids that matches are looked for among. */
function newestIds(connection: Connection, where: JournalWhere, upTo: number) {
  const { low, high } = idBounds(connection, where)
  const newest = Math.min(high, upTo)
  const after = isIdOrdered(where) ? Math.max(low - 1, newest - idsPerCount) : low - 1
  return { range: { after, before: newest + 1, order: 'newest first' }, isAll: after < low } as const
}

/** How many match, and how many there are in all. */
export function countMatches(connection: Connection, where: JournalWhere): JournalCount {
  const oldest = oldestExchangeId(connection)
  const total = oldest === undefined ? 0 : newestExchangeId(connection) - oldest + 1
  if (needlesOf(where) !== undefined) return { count: null, isExact: false, total }
  const { range, isAll } = newestIds(connection, where, Number.MAX_SAFE_INTEGER - 1)
  const count = countExchanges(connection, where, { ...range, limit: Number.MAX_SAFE_INTEGER })
  return { count, isExact: isAll, total }
}

/** Finds the newest matches of a search for text below an id. */
type FindTexts = (
  where: JournalWhere,
  before: number,
  limit: number,
) => { readonly entries: readonly JournalEntry[]; readonly next: number | undefined }

/** Matches in another order than that of time, the newest of them where there are too many. */
export function sortMatches(connection: Connection, request: SortRequest, findTexts: FindTexts): SortedPage {
  const { where, order, descending, upTo, offset, limit } = request
  const found = needlesOf(where) && findTexts(where, upTo + 1, mostFoundSorted)
  const sought: JournalWhere = found ? { ids: found.entries.map(({ id }) => id) } : where
  const { range, isAll } = newestIds(connection, sought, upTo)
  const among: ExchangeRange = { ...range, limit: mostSorted }
  const total = countExchanges(connection, sought, among)
  const rows = sortExchanges(connection, sought, { order, descending, among, offset, limit })
  return {
    entries: rows.map(toEntry),
    total,
    isAll: found ? found.next === undefined : isAll && total < mostSorted,
  }
}
