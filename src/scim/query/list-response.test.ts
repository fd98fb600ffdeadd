import { describe, expect, it } from 'vitest'
import { listResponseBody } from './list-response.ts'
import { listResponseUrn } from '../urn.ts'

describe('a ListResponse, RFC 7644 §3.4.2', () => {
  it('shows an empty list of resources when there are none', () => {
    expect(JSON.parse(listResponseBody({ resources: [], totalResults: 7, startIndex: 1 }))).toEqual({
      schemas: [listResponseUrn],
      totalResults: 7,
      startIndex: 1,
      itemsPerPage: 0,
      Resources: [],
    })
  })

  it('shows the next cursor instead of a start', () => {
    const text = listResponseBody({ resources: ['{"id":"1"}', '{"id":"2"}'], totalResults: 9, nextCursor: 'a"b' })
    expect(JSON.parse(text)).toEqual({
      schemas: [listResponseUrn],
      totalResults: 9,
      itemsPerPage: 2,
      nextCursor: 'a"b',
      Resources: [{ id: '1' }, { id: '2' }],
    })
  })
})
