import { describe, expect, it } from 'vitest'
import { bulkResponseBody, parseBulkRequest } from './bulk.ts'
import { createNotes } from '../note.ts'
import { bulkRequestUrn, bulkResponseUrn, patchOpUrn } from '../urn.ts'

const parse = (operations: unknown, rest: object = {}) =>
  parseBulkRequest({ schemas: [bulkRequestUrn], Operations: operations, ...rest }, { maxOperations: 3 }, createNotes())

const statusOf = (operation: unknown) => {
  const [parsed] = parse([operation]).operations
  return parsed?.kind === 'invalid' ? parsed.error.status : undefined
}

describe('a bulk request, RFC 7644 §3.7', () => {
  it('is read into operations', () => {
    const request = parse(
      [
        { method: 'post', path: '/Users', bulkId: 'u1', data: { userName: 'a' } },
        { method: 'PATCH', path: '/Groups/bulkId:g1', version: 'W/"1"', data: [{ op: 'remove', path: 'nickName' }] },
        { method: 'DELETE', path: '/users/a%20b' },
      ],
      { failOnErrors: 1 },
    )
    expect(request.failOnErrors).toBe(1)
    expect(request.operations).toMatchObject([
      { kind: 'valid', index: 0, method: 'POST', endpoint: '/Users', bulkId: 'u1', data: { userName: 'a' } },
      {
        kind: 'valid',
        index: 1,
        method: 'PATCH',
        endpoint: '/Groups',
        id: 'bulkId:g1',
        version: 'W/"1"',
        data: { schemas: [patchOpUrn], Operations: [{ op: 'remove', path: 'nickName' }] },
      },
      { kind: 'valid', index: 2, method: 'DELETE', endpoint: '/Users', id: 'a b' },
    ])
  })

  it('names maxOperations when it has too many', () => {
    expect(() => parse([1, 2, 3, 4])).toThrow(
      expect.objectContaining({ status: 413, detail: expect.stringContaining('3 (maxOperations)') }),
    )
  })

  it.each([undefined, null, {}, 'x'])('is refused when Operations is %j', (operations) => {
    expect(() => parse(operations)).toThrow(expect.objectContaining({ status: 400, scimType: 'invalidSyntax' }))
  })

  it.each([-1, 1.5, '2'])('is refused when failOnErrors is %j', (failOnErrors) => {
    expect(() => parse([], { failOnErrors })).toThrow(expect.objectContaining({ scimType: 'invalidValue' }))
  })

  it('tells a number from a text in what failOnErrors is (RFC 7644 §3.7)', () => {
    expect(() => parse([], { failOnErrors: '2' })).toThrow('must be a whole number from 1, got the text "2".')
    expect(() => parse([], { failOnErrors: -2 })).toThrow('must be a whole number from 1, got -2.')
  })

  it('takes a failOnErrors of 0 for no limit', () => {
    expect(parse([], { failOnErrors: 0 }).failOnErrors).toBeUndefined()
  })

  it.each([
    [7, 400],
    [{ method: 'GET', path: '/Users/1' }, 400],
    [{ method: 'POST', path: '/Users', data: {} }, 400],
    [{ method: 'POST', path: '/Users', bulkId: 'x' }, 400],
    [{ method: 'POST', path: '/Users/1', bulkId: 'x', data: {} }, 405],
    [{ method: 'PUT', path: '/Users', data: {} }, 405],
    [{ method: 'DELETE', path: '/Devices/1' }, 404],
    [{ method: 'DELETE', path: '/Users/%zz' }, 400],
    [{ method: 'DELETE', path: '/Users/1?filter=x' }, 404],
    [{ method: 'DELETE' }, 400],
    [{ method: 'DELETE', path: '/Users/1', version: 3 }, 400],
    [{ method: 'DELETE', path: '/Users/1', version: ['W/"3"'] }, 400],
  ])('fails the operation %j alone', (operation, status) => {
    expect(statusOf(operation)).toBe(status)
  })

  it('fails the second operation with the same bulkId', () => {
    const post = { method: 'POST', path: '/Users', bulkId: 'x', data: {} }
    expect(parse([post, post]).operations.map((each) => each.kind)).toEqual(['valid', 'invalid'])
  })
})

describe('a bulk response, RFC 7644 §3.7.3', () => {
  it('has the status as text and the body of a failure', () => {
    const text = bulkResponseBody([
      { method: 'POST', bulkId: 'u1', location: 'https://x/Users/1', version: 'W/"1"', status: 201 },
      { method: 'DELETE', status: 404, response: '{"detail":"gone"}' },
    ])
    expect(JSON.parse(text)).toEqual({
      schemas: [bulkResponseUrn],
      Operations: [
        { method: 'POST', bulkId: 'u1', location: 'https://x/Users/1', version: 'W/"1"', status: '201' },
        { method: 'DELETE', status: '404', response: { detail: 'gone' } },
      ],
    })
  })
})
