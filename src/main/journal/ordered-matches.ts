import type { JournalWhere } from '../store/journal/journal-where.ts'
import {
  countExchanges,
  idBounds,
  isIdOrdered,
  isOfPins,
  newestExchangeId,
  oldestExchangeId,
  selectExchanges,
  selectSortables,
  type ExchangeOrder,
  type Sortable,
} from '../store/journal/select-exchanges.ts'
import type { Connection } from '../store/open-database.ts'
import type { Steps } from '../steps.ts'
import { toEntry, type JournalEntry } from './journal-entry.ts'
import { idsPerStep } from './scan-exchanges.ts'
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

interface IdRange {
  readonly after: number
  readonly before: number
  readonly order: 'newest first'
}

/** The newest ids that matches are looked for among. */
function newestIds(
  connection: Connection,
  where: JournalWhere,
  upTo: number,
): { readonly range: IdRange; readonly isAll: boolean } {
  const { low, high } = idBounds(connection, where)
  const newest = Math.min(high, upTo)
  const after = isIdOrdered(where) ? Math.max(low - 1, newest - idsPerCount) : low - 1
  return { range: { after, before: newest + 1, order: 'newest first' }, isAll: after < low }
}

/** The parts of a range, the newest first, each of some milliseconds' work; one where matches are not found by walking through the ids. */
function* idRanges(where: JournalWhere, range: IdRange): Generator<IdRange> {
  const { after, before } = range
  if (!isIdOrdered(where) || where.ids !== undefined) yield range
  else
    for (let end = before; end > after + 1; end -= idsPerStep)
      yield { ...range, after: Math.max(after, end - 1 - idsPerStep), before: end }
}

/** How many match, and how many there are in all. */
export function* countMatches(connection: Connection, where: JournalWhere): Steps<JournalCount> {
  const oldest = oldestExchangeId(connection)
  const total = oldest === undefined ? 0 : newestExchangeId(connection) - oldest + 1
  if (needlesOf(where) !== undefined) return { count: null, isExact: false, total }
  const { range, isAll } = newestIds(connection, where, Number.MAX_SAFE_INTEGER - 1)
  let count = 0
  for (const part of idRanges(where, range)) {
    count += countExchanges(connection, where, { ...part, limit: Number.MAX_SAFE_INTEGER })
    yield undefined
  }
  return { count, isExact: isAll, total }
}

/** Finds the newest matches of a search for text below an id. */
type FindTexts = (
  where: JournalWhere,
  before: number,
  limit: number,
) => Steps<{ readonly entries: readonly JournalEntry[]; readonly next: number | undefined }>

function compareValues(one: Sortable, other: Sortable): number {
  if (one.value === other.value) return 0
  return one.value < other.value ? -1 : 1
}

/** Matches in another order than that of time, the newest of them where there are too many. */
export function* sortMatches(connection: Connection, request: SortRequest, findTexts: FindTexts): Steps<SortedPage> {
  const { where, order, descending, upTo, offset, limit } = request
  const found = needlesOf(where) && (yield* findTexts(where, upTo + 1, mostFoundSorted))
  const sought: JournalWhere = found ? { ids: found.entries.map(({ id }) => id) } : where
  const { range, isAll } = newestIds(connection, sought, upTo)
  const matches: Sortable[] = []
  for (const part of idRanges(sought, range)) {
    if (matches.length >= mostSorted) break
    matches.push(...selectSortables(connection, sought, order, { ...part, limit: mostSorted - matches.length }))
    yield undefined
  }
  const sign = descending ? -1 : 1
  // Of equal ones the newest comes first in both directions.
  const sorted = matches.toSorted((one, other) => sign * compareValues(one, other) || other.id - one.id)
  const ids = sorted.slice(offset, offset + limit).map(({ id }) => id)
  const among = { order: 'newest first', limit: ids.length } as const
  const terms = isOfPins(sought) && sought.terms ? { terms: sought.terms } : {}
  const rows = new Map(selectExchanges(connection, { ...terms, ids }, among).map((row) => [row.id, row]))
  return {
    entries: ids.flatMap((id) => rows.get(id) ?? []).map(toEntry),
    total: matches.length,
    isAll: found ? found.next === undefined : isAll && matches.length < mostSorted,
  }
}
