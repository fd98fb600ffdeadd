import { invalidFilter, invalidSyntax, invalidValue } from '../error.ts'
import { isJsonObject, type JsonValue } from '../json/json.ts'
import { tolerate } from '../normalize/lenience.ts'
import { shown, type Notes } from '../note.ts'
import { parseSortOrder, queryParameter, type Query, type QueryDraft } from './query.ts'
import { unreachable } from '../unreachable.ts'
import { searchRequestUrn } from '../urn.ts'

const isArray = (value: unknown): value is readonly unknown[] => Array.isArray(value)

function claimsToBe(schemas: JsonValue | undefined, urn: string): boolean {
  return (
    isArray(schemas) && schemas.some((each) => typeof each === 'string' && each.toLowerCase() === urn.toLowerCase())
  )
}

function parseText(name: keyof Query, value: JsonValue): string {
  if (typeof value === 'string' && !value.includes('\0')) return value
  const fail = name === 'filter' ? invalidFilter : invalidValue
  throw fail(`"${name}" of a search request must be a string without NUL characters.`)
}

function parseNames(name: keyof Query, value: JsonValue, notes: Notes): string | readonly string[] {
  if (typeof value === 'string') {
    tolerate(notes, 'single-for-array', name, value)
    return value
  }
  const texts: string[] = []
  for (const each of isArray(value) ? value : [undefined]) {
    if (typeof each !== 'string') throw invalidValue(`"${name}" of a search request must be an array of strings.`)
    texts.push(each)
  }
  return texts
}

function parseNumber(name: keyof Query, value: JsonValue, notes: Notes): string | number {
  if (typeof value === 'number') return value
  if (typeof value === 'string') {
    tolerate(notes, 'number-as-text', name, value)
    return value
  }
  throw invalidValue(`"${name}" of a search request must be a number.`)
}

function setParameter(query: QueryDraft, name: keyof Query, value: JsonValue, notes: Notes): void {
  switch (name) {
    case 'filter':
    case 'sortBy':
    case 'cursor':
      query[name] = parseText(name, value)
      return
    case 'sortOrder': {
      const text = parseText(name, value)
      if (text !== '') query.sortOrder = parseSortOrder(text, notes)
      return
    }
    case 'attributes':
    case 'excludedAttributes':
      query[name] = parseNames(name, value, notes)
      return
    case 'startIndex':
    case 'count':
      query[name] = parseNumber(name, value, notes)
      return
    default:
      unreachable(name)
  }
}

/** Reads the body of a POST to `/.search` (RFC 7644 §3.4.3) into the query that a GET would have carried in its URL. */
export function parseSearchRequest(body: unknown, notes: Notes): Query {
  if (!isJsonObject(body)) throw invalidSyntax('The body of a search request must be a JSON object.')
  const schemas = Object.hasOwn(body, 'schemas') ? body['schemas'] : undefined
  if (!claimsToBe(schemas, searchRequestUrn)) {
    if (notes.strict) throw invalidSyntax(`"schemas" of a search request must hold ${searchRequestUrn}.`)
    notes.add({ step: 'parse', code: 'message-schema-missing', path: 'schemas', expected: searchRequestUrn })
  }
  const query: QueryDraft = {}
  for (const key of Object.keys(body)) {
    const name = queryParameter(key)
    const value = body[key]
    // RFC 7643 §2.5: null is the same as absent.
    if (name === undefined || value === undefined || value === null) continue
    if (query[name] === undefined) setParameter(query, name, value, notes)
    else if (notes.strict) throw invalidSyntax(`"${name}" of a search request is there more than once.`)
    else notes.add({ step: 'parse', code: 'repeated-parameter', path: name, seen: shown(key) })
  }
  return query
}
