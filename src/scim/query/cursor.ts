import { expiredCursor, invalidCursor } from '../error.ts'

/** Where the next page begins. A cursor is no secret and grants nothing: who may read what is decided on each request. */
export interface Cursor {
  /** The key of the last resource of the page before. */
  readonly lastKey: number
  /** Of a sorted list: what that resource is sorted by, as `sortPlaceOf` writes it. */
  readonly lastPlace?: string | undefined
  /** `hashQuery` of the query that the cursor belongs to. */
  readonly queryHash: string
  /** Milliseconds since the epoch. */
  readonly issuedAt: number
}

const offsetBasis = 0x811c9dc5
const prime = 0x01000193
const longest = 200
const payload = /^([0-9a-z]+)\.([0-9a-z]+)\.([0-9a-z]+)(?:\.([nvh][0-9a-z.+-]*))?\.([0-9a-z]+)$/

function fnv1a(text: string, start = offsetBasis): number {
  let hash = start
  for (let index = 0; index < text.length; index++) {
    hash ^= text.charCodeAt(index)
    hash = Math.imul(hash, prime)
  }
  return hash >>> 0
}

/** A short hash that tells one query from another; it binds a cursor to its query and protects nothing. */
export function hashQuery(parts: readonly (string | undefined)[]): string {
  let hash = offsetBasis
  for (const part of parts) hash = fnv1a(part === undefined ? '\u0000' : `${part}\u0001`, hash)
  return hash.toString(36)
}

/** What a resource is sorted by: text, a number (moments are ms since the epoch), or null without a value. */
export type SortValue = string | number | null

/**
 * Where in a sorted list a resource stands, for a cursor. A moment is kept as it is, so that the list goes on from there whatever becomes of the
 * resource. Of any other value there are 16 bits alone, by which a change is noticed: a cursor stands in logs, and the value may have to be kept out of them.
 */
export function sortPlaceOf(value: SortValue, isMoment: boolean): string {
  if (value === null) return 'n'
  return isMoment && typeof value === 'number' ? `v${value}` : `h${(fnv1a(String(value)) & 0xffff).toString(36)}`
}

/** The moment, or null, that a place holds; undefined for the place of any other value. */
export function placedValue(place: string): number | null | undefined {
  if (place === 'n') return null
  return place.startsWith('v') ? Number(place.slice(1)) : undefined
}

/** An opaque cursor of unreserved characters alone, as RFC 9865 §2 demands. */
export function encodeCursor(cursor: Cursor): string {
  const { lastKey, queryHash, issuedAt, lastPlace } = cursor
  const place = lastPlace === undefined ? '' : `.${lastPlace}`
  const text = `${lastKey.toString(36)}.${queryHash}.${issuedAt.toString(36)}${place}`
  const sealed = btoa(`${text}.${fnv1a(text).toString(36)}`)
  return sealed.replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '')
}

function unseal(text: string): string | undefined {
  if (text.length > longest || !/^[\w-]+$/.test(text)) return undefined
  try {
    return atob(text.replaceAll('-', '+').replaceAll('_', '/'))
  } catch {
    return undefined
  }
}

/**
 * Where to go on. Throws invalidCursor for text that is no cursor of ours or belongs to another query, and
 * expiredCursor for one that is older than the timeout (RFC 9865 §2.1).
 */
export function decodeCursor(
  text: string,
  expected: { readonly queryHash: string; readonly now: number; readonly timeoutSeconds: number },
): Pick<Cursor, 'lastKey' | 'lastPlace'> {
  const [whole, key, queryHash, issued, lastPlace, check] = payload.exec(unseal(text) ?? '') ?? []
  if (whole === undefined || key === undefined || queryHash === undefined || issued === undefined)
    throw invalidCursor('The cursor is not one of this service provider. Send it as it came in nextCursor, or empty.')
  const lastKey = Number.parseInt(key, 36)
  const issuedAt = Number.parseInt(issued, 36)
  const signed = whole.slice(0, whole.lastIndexOf('.'))
  if (fnv1a(signed).toString(36) !== check || !Number.isSafeInteger(lastKey))
    throw invalidCursor('The cursor is damaged. Send it as it came in nextCursor, or empty for the first page.')
  if (queryHash !== expected.queryHash)
    throw invalidCursor('The cursor belongs to another query. Repeat the query it came from, or send it empty.')
  if (expected.now - issuedAt > expected.timeoutSeconds * 1000)
    throw expiredCursor(
      `The cursor is older than ${expected.timeoutSeconds} seconds. Start again with an empty cursor.`,
    )
  return { lastKey, lastPlace }
}
