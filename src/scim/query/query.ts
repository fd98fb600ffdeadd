import { invalidFilter, invalidSyntax, invalidValue } from '../error.ts'
import { departFrom } from '../normalize/departure.ts'
import { shown, type Notes } from '../note.ts'

export type SortOrder = 'ascending' | 'descending'

/** What a GET asks in its URL and a POST to `/.search` in its body (RFC 7644 §3.4.2, §3.4.3), before it is looked into. */
export interface Query {
  readonly filter?: string
  readonly attributes?: string | readonly string[]
  readonly excludedAttributes?: string | readonly string[]
  readonly sortBy?: string
  readonly sortOrder?: SortOrder
  readonly startIndex?: string | number
  readonly count?: string | number
  /** Empty for the first page. */
  readonly cursor?: string
}

/** A query that is still being read. */
export type QueryDraft = { -readonly [Name in keyof Query]: Query[Name] }

const names: ReadonlyMap<string, keyof Query> = new Map(
  (['filter', 'attributes', 'excludedAttributes', 'sortBy', 'sortOrder', 'startIndex', 'count', 'cursor'] as const).map(
    (name) => [name.toLowerCase(), name],
  ),
)
const longestName = 'excludedAttributes'.length

/** The parameter of this name in any letter case, or undefined if SCIM knows none. */
export function queryParameter(name: string): keyof Query | undefined {
  return name.length > longestName ? undefined : names.get(name.toLowerCase())
}

/** RFC 7644 §3.4.2.3: ascending or descending; letter case is forgiven, and with a note the short forms that SQL has. Throws invalidValue. */
export function parseSortOrder(text: string, notes: Notes | undefined): SortOrder {
  const word = text.toLowerCase()
  switch (word) {
    case 'ascending':
    case 'descending':
      return word
    case 'asc':
    case 'desc': {
      const order = `${word}ending` as const
      departFrom(notes, invalidValue, {
        step: 'parse',
        code: 'short-sort-order',
        path: 'sortOrder',
        seen: text,
        taken: order,
      })
      return order
    }
    default:
      throw invalidValue(`"sortOrder" is "ascending" or "descending", got ${shown(text)}.`)
  }
}

const quoted = /(?:%22|").*?(?:%22|"|$)/gi

/**
 * A raw value in which a plus that stands for a space is one. Entra writes a space as "+", Okta as "%20", and both a real plus as "%2B". Who writes
 * the spaces between the words of a filter as "%20" may leave a plus in a text as it is (RFC 3986 §3.4), and then it is one.
 */
export function withSpaces(raw: string): string {
  if (!raw.includes('+')) return raw
  const words = raw.includes('%20') ? raw.replaceAll(quoted, '') : ''
  return words.includes('%20') && !words.includes('+') ? raw : raw.replaceAll('+', ' ')
}

function decode(raw: string, name: keyof Query): string {
  let text = raw
  if (raw.includes('%') || raw.includes('+')) {
    try {
      text = decodeURIComponent(withSpaces(raw))
    } catch {
      const fail = name === 'filter' ? invalidFilter : invalidSyntax
      throw fail(`The percent-encoding of the parameter "${name}" is broken.`)
    }
  }
  if (text.includes('\0')) {
    const fail = name === 'filter' ? invalidFilter : invalidSyntax
    throw fail(`The parameter "${name}" holds a NUL character.`)
  }
  return text
}

function decodeName(raw: string): keyof Query | undefined {
  if (!raw.includes('%')) return queryParameter(raw)
  try {
    return queryParameter(decodeURIComponent(raw))
  } catch {
    return undefined
  }
}

function setParameter(query: QueryDraft, name: keyof Query, value: string, notes: Notes | undefined): void {
  if (query[name] !== undefined) {
    // The first of several values counts: a proxy or a client appends, and what it appends must not widen the filter.
    if (notes?.strict) throw invalidSyntax(`The parameter "${name}" is there more than once.`)
    if (name === 'attributes' || name === 'excludedAttributes') {
      query[name] = `${String(query[name])},${value}`
      notes?.add({ step: 'parse', code: 'repeated-list', path: name })
      return
    }
    notes?.add({ step: 'parse', code: 'repeated-parameter', path: name, seen: shown(value) })
    return
  }
  if (name === 'sortOrder') {
    if (value !== '') query.sortOrder = parseSortOrder(value, notes)
  } else query[name] = value
}

/**
 * Reads a raw URL query, with or without the leading "?". Names count in any letter case, unknown ones are ignored
 * (IdPs leave flags in the URL), and of a repeated one the first counts, but for lists, with a note. Throws invalidFilter or
 * invalidSyntax for broken percent-encoding and NUL.
 */
export function parseQueryParameters(search: string, notes?: Notes): Query {
  const query: QueryDraft = {}
  let start = search.startsWith('?') ? 1 : 0
  while (start < search.length) {
    const ampersand = search.indexOf('&', start)
    const end = ampersand < 0 ? search.length : ampersand
    const equals = search.indexOf('=', start)
    const hasValue = equals >= 0 && equals < end
    const name = decodeName(search.slice(start, hasValue ? equals : end))
    if (name !== undefined)
      setParameter(query, name, hasValue ? decode(search.slice(equals + 1, end), name) : '', notes)
    start = end + 1
  }
  return query
}
