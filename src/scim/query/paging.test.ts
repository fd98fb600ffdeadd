import { describe, expect, it } from 'vitest'
import { createNotes } from '../note.ts'
import { parsePaging, type PagingParameters } from './paging.ts'

const limits = { defaultPageSize: 100, maxPageSize: 200 }
const read = (parameters: PagingParameters) => parsePaging(parameters, limits, createNotes())

describe('paging by index, RFC 7644 §3.4.2.4', () => {
  it.each<[PagingParameters, number, number]>([
    [{}, 1, 100],
    [{ startIndex: '', count: '' }, 1, 100],
    [{ startIndex: '3', count: '5' }, 3, 5],
    [{ startIndex: 3, count: 5 }, 3, 5],
    [{ startIndex: '0' }, 1, 100],
    [{ startIndex: '-7', count: '-1' }, 1, 0],
    [{ count: '0' }, 1, 0],
    [{ startIndex: '9'.repeat(400), count: '9'.repeat(400) }, 2 ** 52, 200],
    [{ startIndex: -1e308 }, 1, 100],
  ])('reads %j', (parameters, startIndex, count) => {
    expect(read(parameters)).toEqual({ kind: 'index', startIndex, count })
  })

  it.each<PagingParameters>([
    { startIndex: 'x' },
    { count: '1.5' },
    { count: 1.5 },
    { count: '0x10' },
    { count: '1e3' },
  ])('refuses %j with invalidValue', (parameters) =>
    expect(() => read(parameters)).toThrow(expect.objectContaining({ scimType: 'invalidValue' })),
  )

  it('notes that a page was cut to the limit', () => {
    const notes = createNotes()
    parsePaging({ count: '1000' }, limits, notes)
    expect(notes.list).toEqual([{ step: 'parse', code: 'count-capped', path: 'count', seen: '1000', taken: '200' }])
  })
})

describe('paging by cursor, RFC 9865 §2', () => {
  it('begins with an empty cursor', () => {
    expect(read({ cursor: '', count: '10' })).toEqual({ kind: 'cursor', cursor: '', count: 10 })
  })

  it.each(['0', '-1', 'x'])('refuses a count of %s with invalidCount', (count) => {
    expect(() => read({ cursor: 'abc', count })).toThrow(expect.objectContaining({ scimType: 'invalidCount' }))
  })

  it('refuses a cursor beside a startIndex', () => {
    expect(() => read({ cursor: '', startIndex: '1' })).toThrow(expect.objectContaining({ scimType: 'invalidCursor' }))
  })
})
