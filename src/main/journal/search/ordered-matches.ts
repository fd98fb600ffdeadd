import type { JournalWhere } from '../../store/journal/journal-where.ts'
import {
  countExchanges,
  heldExchanges,
  heldUpTo,
  idBounds,
  isIdOrdered,
  isOfPins,
  selectExchanges,
  selectSortables,
  type ExchangeOrder,
  type Sortable,
} from '../../store/journal/select-exchanges.ts'
import type { Connection } from '../../store/file/open-database.ts'
import type { Steps } from '../../steps.ts'
import { toEntry, type JournalEntry } from '../journal-entry.ts'
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

/** A part of the ids that matches are looked for among. */
interface Part {
  readonly range: IdRange
  /** Nothing that could match is older. */
  readonly isLast: boolean
}

/** The newest ids that matches can have, in parts of some milliseconds' work; one part where matches are not found by walking through the ids. */
function* newestIds(connection: Connection, where: JournalWhere, upTo: number): Generator<Part> {
  const { low, high } = idBounds(connection, where)
  const newest = Math.min(high, upTo)
  if (!isIdOrdered(where) || where.ids !== undefined) {
    const after = isIdOrdered(where) ? Math.max(low - 1, newest - idsPerCount) : low - 1
    yield { range: { after, before: newest + 1, order: 'newest first' }, isLast: after < low }
    return
  }
  let looked = 0
  for (let last = newest; last >= low && looked < idsPerCount;) {
    const after = Math.max(low - 1, last - idsPerStep)
    yield { range: { after, before: last + 1, order: 'newest first' }, isLast: after < low }
    looked += last - after
    // Nothing may be left of millions of ids.
    last = heldUpTo(connection, after)
  }
}

/** How many match, and how many there are in all. */
export function* countMatches(connection: Connection, where: JournalWhere): Steps<JournalCount> {
  const total = heldExchanges(connection)
  if (needlesOf(where) !== undefined) return { count: null, isExact: false, total }
  let isAll = true
  let count = 0
  for (const { range, isLast } of newestIds(connection, where, Number.MAX_SAFE_INTEGER - 1)) {
    count += countExchanges(connection, where, { ...range, limit: Number.MAX_SAFE_INTEGER })
    isAll = isLast
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
  let isAll = true
  const matches: Sortable[] = []
  for (const { range, isLast } of newestIds(connection, sought, upTo)) {
    if (matches.length >= mostSorted) break
    matches.push(...selectSortables(connection, sought, order, { ...range, limit: mostSorted - matches.length }))
    isAll = isLast
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
