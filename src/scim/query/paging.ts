import { invalidCount, invalidCursor, invalidValue } from '../error.ts'
import { shown, type Notes } from '../note.ts'

/** Which part of a result to answer. A `count` of 0 in index mode asks for the total alone. */
export type Paging =
  | { readonly kind: 'index'; readonly startIndex: number; readonly count: number }
  /** The cursor is empty for the first page. */
  | { readonly kind: 'cursor'; readonly cursor: string; readonly count: number }

/** Text from a URL, numbers from a SearchRequest. */
export interface PagingParameters {
  readonly startIndex?: string | number | undefined
  readonly count?: string | number | undefined
  readonly cursor?: string | undefined
}

export interface PagingLimits {
  readonly defaultPageSize: number
  readonly maxPageSize: number
}

// Sums of a start and a page size stay exact, and SQLite takes them as integers.
const largest = 2 ** 52
const integer = /^\s*[+-]?\d+\s*$/

/** Undefined when absent, NaN when it is no integer, never beyond what can be calculated with. */
function parseInteger(value: string | number | undefined): number | undefined {
  if (value === undefined || value === '') return undefined
  if (typeof value === 'string' && !integer.test(value)) return Number.NaN
  const number = Number(value)
  if (number === Infinity || number === -Infinity) return Math.sign(number) * largest
  return Number.isInteger(number) ? Math.max(-largest, Math.min(largest, number)) : Number.NaN
}

function capped(count: number, limits: PagingLimits, notes: Notes): number {
  if (count <= limits.maxPageSize) return count
  notes.add({
    step: 'parse',
    code: 'count-capped',
    path: 'count',
    seen: String(count),
    taken: String(limits.maxPageSize),
  })
  return limits.maxPageSize
}

function parseCursorPaging(parameters: PagingParameters, cursor: string, limits: PagingLimits, notes: Notes): Paging {
  if (parameters.startIndex !== undefined)
    throw invalidCursor('"cursor" and "startIndex" ask for two ways of paging (RFC 9865 §2); send one of them.')
  const count = parseInteger(parameters.count) ?? limits.defaultPageSize
  // RFC 9865 §2: here count is a positive integer, while index paging takes 0 and less as 0.
  if (!(count >= 1))
    throw invalidCount(
      `"count" is ${shown(parameters.count)}; with a cursor it must be a whole number from 1 to ${limits.maxPageSize}.`,
    )
  return { kind: 'cursor', cursor, count: capped(count, limits, notes) }
}

/**
 * Reads the paging parameters: by index after RFC 7644 §3.4.2.4, by cursor after RFC 9865 §2 when `cursor` is there, be it
 * empty. Throws invalidValue for what is no whole number, and invalidCursor or invalidCount in cursor mode.
 */
export function parsePaging(parameters: PagingParameters, limits: PagingLimits, notes: Notes): Paging {
  if (parameters.cursor !== undefined) return parseCursorPaging(parameters, parameters.cursor, limits, notes)
  const startIndex = parseInteger(parameters.startIndex) ?? 1
  if (Number.isNaN(startIndex))
    throw invalidValue(`"startIndex" must be a whole number, got ${shown(parameters.startIndex)}.`)
  const count = parseInteger(parameters.count) ?? limits.defaultPageSize
  if (Number.isNaN(count)) throw invalidValue(`"count" must be a whole number, got ${shown(parameters.count)}.`)
  return { kind: 'index', startIndex: Math.max(1, startIndex), count: capped(Math.max(0, count), limits, notes) }
}
