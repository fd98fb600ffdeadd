import { describe, expect, it } from 'vitest'
import { createNotes } from '../note.ts'
import { parseQueryParameters } from './query.ts'

describe('parseQueryParameters', () => {
  it.each([
    ['', {}],
    ['?', {}],
    ['?filter=userName+eq+%22a%2Bb%40example.com%22', { filter: 'userName eq "a+b@example.com"' }],
    ['?filter=displayName+eq+%22Team%20A%20+%20B%22', { filter: 'displayName eq "Team A   B"' }],
    ['?filter=userName%20eq%20%22a+b@example.com%22', { filter: 'userName eq "a+b@example.com"' }],
    [
      '?filter=meta.created%20gt%20"2026-01-01T00:00:00+02:00"&sortBy=a+b',
      {
        filter: 'meta.created gt "2026-01-01T00:00:00+02:00"',
        sortBy: 'a b',
      },
    ],
    ['filter=userName%20eq%20%22a%22&startIndex=1&count=2', { filter: 'userName eq "a"', startIndex: '1', count: '2' }],
    ['FILTER=x&StartIndex=3', { filter: 'x', startIndex: '3' }],
    ['aadOptscim062020&filter=x', { filter: 'x' }],
    ['aadOptscim062020=', {}],
    ['cursor&count=10', { cursor: '', count: '10' }],
    ['a=%zz&count=1', { count: '1' }],
    ['%66ilter=x&%zz=1', { filter: 'x' }],
    ['&&count=1&', { count: '1' }],
    ['filter=a=b', { filter: 'a=b' }],
    ['sortBy=userName&sortOrder=Descending', { sortBy: 'userName', sortOrder: 'descending' }],
    ['__proto__=x&constructor=y&count=1', { count: '1' }],
    ['attributes=id,name.givenName', { attributes: 'id,name.givenName' }],
  ])('reads %s', (search, expected) => {
    expect(parseQueryParameters(search)).toEqual(expected)
  })

  it.each([
    ['filter=%zz', 'invalidFilter'],
    ['filter=a%00', 'invalidFilter'],
    ['count=%', 'invalidSyntax'],
    ['sortBy=a%00', 'invalidSyntax'],
    ['sortOrder=up', 'invalidValue'],
  ])('refuses %s with %s', (search, scimType) => {
    expect(() => parseQueryParameters(search)).toThrow(expect.objectContaining({ status: 400, scimType }))
  })

  it.each([
    ['asc', 'ascending'],
    ['Desc', 'descending'],
  ])('takes the short sortOrder %s for %s, with a note, unless it is strict', (short, sortOrder) => {
    const notes = createNotes()
    expect(parseQueryParameters(`sortOrder=${short}`, notes)).toEqual({ sortOrder })
    expect(notes.list).toMatchObject([{ code: 'short-sort-order', seen: short, taken: sortOrder }])
    expect(() => parseQueryParameters(`sortOrder=${short}`, createNotes(true))).toThrow(
      'This integration is strict. "sortOrder" must be "ascending" or "descending".',
    )
  })

  it('takes a list that comes in several parameters as one, unless it is strict', () => {
    const notes = createNotes()
    expect(parseQueryParameters('attributes=a,b&attributes=c', notes)).toEqual({ attributes: 'a,b,c' })
    expect(notes.list).toEqual([{ step: 'parse', code: 'repeated-list', path: 'attributes' }])
    expect(() => parseQueryParameters('attributes=a&attributes=b', createNotes(true))).toThrow('more than once')
  })

  it('takes the first of a repeated parameter, with a note', () => {
    const notes = createNotes()
    expect(parseQueryParameters('filter=a&filter=b', notes)).toEqual({ filter: 'a' })
    expect(notes.list).toEqual([{ step: 'parse', code: 'repeated-parameter', path: 'filter', seen: 'b' }])
  })
})
