import { assert, constant, double, integer, nat, oneof, option, property, string } from 'fast-check'
import { describe, expect, it } from 'vitest'
import { decodeCursor, encodeCursor, hashQuery, placedValue, sortPlaceOf } from './cursor.ts'

const queryHash = hashQuery(['/Users', 'userName sw "J"', undefined])
const cursor = encodeCursor({ lastKey: 4711, queryHash, issuedAt: 1000 })
const expected = { queryHash, now: 2000, timeoutSeconds: 600 }

describe('a cursor, RFC 9865 §2', () => {
  it('holds the place and consists of unreserved characters', () => {
    expect(cursor).toMatch(/^[A-Za-z0-9_-]+$/)
    expect(decodeCursor(cursor, expected)).toEqual({ lastKey: 4711 })
  })

  it.each(['', ' ', 'x', '%00', 'AAAA', cursor.slice(0, -2), `${cursor}A`, 'A'.repeat(1_000_000)])(
    'is refused when malformed: %.20j',
    (text) =>
      expect(() => decodeCursor(text, expected)).toThrow(expect.objectContaining({ scimType: 'invalidCursor' })),
  )

  it('is refused for another query', () => {
    expect(() => decodeCursor(cursor, { ...expected, queryHash: hashQuery(['/Groups']) })).toThrow(
      expect.objectContaining({ status: 400, scimType: 'invalidCursor' }),
    )
  })

  it('expires', () => {
    expect(decodeCursor(cursor, { ...expected, now: 601_000 }).lastKey).toBe(4711)
    expect(() => decodeCursor(cursor, { ...expected, now: 601_001 })).toThrow(
      expect.objectContaining({ status: 400, scimType: 'expiredCursor' }),
    )
  })

  it('survives the way there and back for every key and what it is sorted by', () => {
    const number = double({ noNaN: true, noDefaultInfinity: true }).map((each) => each + 0)
    const sortValue = option(oneof(integer(), number, string(), constant(null)), { nil: undefined })
    assert(
      property(nat({ max: Number.MAX_SAFE_INTEGER }), nat(), sortValue, (lastKey, issuedAt, value) => {
        const lastPlace = value === undefined ? undefined : sortPlaceOf(value, typeof value === 'number')
        const text = encodeCursor({ lastKey, lastPlace, queryHash, issuedAt })
        expect(text).toMatch(/^[A-Za-z0-9_-]+$/)
        expect(decodeCursor(text, { ...expected, now: issuedAt })).toEqual({ lastKey, lastPlace })
        const placed = typeof value === 'string' ? undefined : value
        expect(placedValue(lastPlace ?? '')).toBe(placed)
      }),
    )
  })
})

it('holds nothing of what a resource is sorted by but moments', () => {
  for (const value of [4711, 'S3CR3T']) expect(sortPlaceOf(value, false)).not.toMatch(/4711|s3cr3t/i)
  expect(sortPlaceOf('User', true)).toMatch(/^h/)
  expect(placedValue(sortPlaceOf(1_700_000_000_000, true))).toBe(1_700_000_000_000)
})

describe('hashQuery', () => {
  it('tells an absent part from an empty one, and where a part ends', () => {
    const hashes = [[undefined], [''], ['a', 'b'], ['ab'], ['ab', ''], ['a', 'b', undefined]].map(hashQuery)
    expect(new Set(hashes).size).toBe(hashes.length)
  })
})
