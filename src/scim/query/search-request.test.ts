import { describe, expect, it } from 'vitest'
import { createNotes } from '../note.ts'
import { parseSearchRequest } from './search-request.ts'
import { searchRequestUrn } from '../urn.ts'

const schemas = [searchRequestUrn]

describe('a search request, RFC 7644 §3.4.3', () => {
  it('asks what a GET can ask', () => {
    const notes = createNotes(true)
    const body = {
      schemas,
      attributes: ['displayName', 'userName'],
      Filter: 'displayName sw "smith"',
      sortOrder: 'DESCENDING',
      startIndex: 1,
      count: 10,
      excludedAttributes: null,
      whatever: { deep: [] },
    }
    expect(parseSearchRequest(body, notes)).toEqual({
      attributes: ['displayName', 'userName'],
      filter: 'displayName sw "smith"',
      sortOrder: 'descending',
      startIndex: 1,
      count: 10,
    })
  })

  it.each([
    [null, 'invalidSyntax'],
    [[], 'invalidSyntax'],
    ['x', 'invalidSyntax'],
    [{ schemas, filter: 1 }, 'invalidFilter'],
    [{ schemas, filter: 'a\0' }, 'invalidFilter'],
    [{ schemas, attributes: [1] }, 'invalidValue'],
    [{ schemas, attributes: {} }, 'invalidValue'],
    [{ schemas, count: true }, 'invalidValue'],
    [{ schemas, cursor: 5 }, 'invalidValue'],
    [{ schemas, sortOrder: 'up' }, 'invalidValue'],
  ])('is refused as %j', (body, scimType) => {
    expect(() => parseSearchRequest(body, createNotes())).toThrow(expect.objectContaining({ status: 400, scimType }))
  })

  it('takes an empty order and a parameter under two spellings as a URL does', () => {
    expect(parseSearchRequest({ schemas, sortBy: '', sortOrder: '' }, createNotes(true))).toEqual({ sortBy: '' })
    const body = { schemas, count: 1, COUNT: 2 }
    const notes = createNotes()
    expect(parseSearchRequest(body, notes)).toEqual({ count: 1 })
    expect(notes.list).toMatchObject([{ code: 'repeated-parameter', path: 'count' }])
    expect(() => parseSearchRequest(body, createNotes(true))).toThrow('more than once')
  })

  it.each([
    [{ count: '2' }, 'number-as-text'],
    [{ startIndex: '3' }, 'number-as-text'],
    [{ attributes: 'id,userName' }, 'single-for-array'],
    [{ excludedAttributes: 'members' }, 'single-for-array'],
  ])('may have the values of a URL, unless strict: %j', (query, code) => {
    const notes = createNotes()
    expect(parseSearchRequest({ schemas, ...query }, notes)).toEqual(query)
    expect(notes.list.map((each) => [each.code, each.path])).toEqual([[code, Object.keys(query)[0]]])
    expect(() => parseSearchRequest({ schemas, ...query }, createNotes(true))).toThrow('This integration is strict.')
  })

  it('is read without its schema, unless strict', () => {
    const notes = createNotes()
    expect(parseSearchRequest({ count: 1 }, notes)).toEqual({ count: 1 })
    expect(notes.list[0]?.code).toBe('message-schema-missing')
    expect(() => parseSearchRequest({ count: 1 }, createNotes(true))).toThrow('SearchRequest')
  })
})
