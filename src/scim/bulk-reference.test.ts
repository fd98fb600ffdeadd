import { describe, expect, it } from 'vitest'
import { bulkReferences, orderBulk, resolveBulkId, resolveBulkIds } from './bulk-reference.ts'
import type { BulkMethod, BulkOperation } from './bulk.ts'
import type { JsonObject } from './json.ts'

const operation = (
  index: number,
  method: BulkMethod,
  rest: { bulkId?: string; id?: string; refers?: readonly string[] },
): BulkOperation => ({
  kind: 'valid',
  index,
  method,
  endpoint: '/Groups',
  id: rest.id,
  bulkId: rest.bulkId,
  version: undefined,
  data: { members: (rest.refers ?? []).map((each) => ({ value: `bulkId:${each}` })) },
})

const orderOf = (...operations: readonly BulkOperation[]) => {
  const { ordered, circular } = orderBulk(operations)
  return { ordered: ordered.map((each) => each.index), circular: circular.map((each) => each.index) }
}

describe('references between operations, RFC 7644 §3.7.2', () => {
  const data: JsonObject = {
    displayName: 'about bulkId:none',
    members: [{ value: 'bulkId:u1', $ref: 'https://x/Users/bulkId:u2' }],
    Operations: [{ op: 'remove', path: 'members[value eq "bulkId:u3"]' }],
  }

  it('are found at any depth', () => {
    expect([...bulkReferences(data)].toSorted()).toEqual(['u1', 'u2', 'u3'])
  })

  it('are replaced by ids', () => {
    const ids = new Map([
      ['u1', '$&'],
      ['u2', '2'],
      ['u3', '3'],
    ])
    expect(resolveBulkIds(data, ids)).toEqual({
      displayName: 'about bulkId:none',
      members: [{ value: '$&', $ref: 'https://x/Users/2' }],
      Operations: [{ op: 'remove', path: 'members[value eq "3"]' }],
    })
    expect(resolveBulkId('bulkId:u2', ids)).toBe('2')
  })

  it('answer 409 when nothing was created for them', () => {
    expect(() => resolveBulkIds(data, new Map())).toThrow(expect.objectContaining({ status: 409 }))
  })

  it('are looked for in nests that are deeper than the stack', () => {
    const depth = 200_000
    const deep: JsonObject = JSON.parse(`${'{"a":['.repeat(depth)}"bulkId:x"${']}'.repeat(depth)}`)
    expect(bulkReferences(deep).size).toBe(1)
    expect(bulkReferences(resolveBulkIds(deep, new Map([['x', '1']]))).size).toBe(0)
  })

  it('do not let a key become a prototype', () => {
    const hostile: JsonObject = JSON.parse('{"__proto__":{"admin":true},"a":"bulkId:x"}')
    const resolved = resolveBulkIds(hostile, new Map([['x', '1']]))
    expect(Object.hasOwn(resolved, '__proto__')).toBe(true)
    expect(resolved['admin']).toBeUndefined()
  })
})

describe('orderBulk, RFC 7644 §3.7.1', () => {
  it('keeps the order of the request when nothing refers forward', () => {
    expect(
      orderOf(
        operation(0, 'POST', { bulkId: 'a' }),
        operation(1, 'POST', { bulkId: 'b', refers: ['a'] }),
        operation(2, 'PATCH', { id: 'bulkId:b', refers: ['a', 'unknown'] }),
      ),
    ).toEqual({ ordered: [0, 1, 2], circular: [] })
  })

  it('lets an operation wait for one that comes later', () => {
    expect(
      orderOf(
        operation(0, 'POST', { bulkId: 'a', refers: ['c'] }),
        operation(1, 'POST', { bulkId: 'b' }),
        operation(2, 'POST', { bulkId: 'c', refers: ['d'] }),
        operation(3, 'POST', { bulkId: 'd' }),
      ),
    ).toEqual({ ordered: [1, 3, 2, 0], circular: [] })
  })

  it('keeps the order of operations on one resource', () => {
    expect(
      orderOf(
        operation(0, 'PATCH', { id: 'x', refers: ['b'] }),
        operation(1, 'DELETE', { id: 'x' }),
        operation(2, 'POST', { bulkId: 'b' }),
      ),
    ).toEqual({ ordered: [2, 0, 1], circular: [] })
  })

  it('names operations that wait for each other', () => {
    expect(
      orderOf(
        operation(0, 'POST', { bulkId: 'a', refers: ['b'] }),
        operation(1, 'POST', { bulkId: 'b', refers: ['a'] }),
        operation(2, 'POST', { bulkId: 'c', refers: ['c'] }),
        operation(3, 'POST', { bulkId: 'd' }),
      ),
    ).toEqual({ ordered: [3], circular: [0, 1, 2] })
  })

  it('orders a chain that is longer than the stack', () => {
    const length = 50_000
    const chain = Array.from({ length }, (_, index) =>
      operation(index, 'POST', { bulkId: String(index), refers: index + 1 < length ? [String(index + 1)] : [] }),
    )
    expect(orderBulk(chain).ordered.map((each) => each.index)).toEqual(chain.map((_, index) => length - 1 - index))
  })
})
