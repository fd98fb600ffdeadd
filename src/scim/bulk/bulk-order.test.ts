import { describe, expect, it } from 'vitest'
import { orderBulk } from './bulk-order.ts'
import type { BulkMethod, BulkOperation } from './bulk.ts'

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
  const steps = orderBulk(operations)
  const positions = steps.map((step) => step.operations.map((each) => each.index))
  return { steps: positions, circular: positions.filter((_, step) => steps[step]?.isCircular) }
}

describe('orderBulk, RFC 7644 §3.7.1', () => {
  it('keeps the order of the request when nothing refers forward', () => {
    expect(
      orderOf(
        operation(0, 'POST', { bulkId: 'a' }),
        operation(1, 'POST', { bulkId: 'b', refers: ['a'] }),
        operation(2, 'PATCH', { id: 'bulkId:b', refers: ['a', 'unknown'] }),
      ),
    ).toEqual({ steps: [[0], [1], [2]], circular: [] })
  })

  it('lets an operation wait for one that comes later', () => {
    expect(
      orderOf(
        operation(0, 'POST', { bulkId: 'a', refers: ['c'] }),
        operation(1, 'POST', { bulkId: 'b' }),
        operation(2, 'POST', { bulkId: 'c', refers: ['d'] }),
        operation(3, 'POST', { bulkId: 'd' }),
      ),
    ).toEqual({ steps: [[1], [3], [2], [0]], circular: [] })
  })

  it('keeps the order of operations on one resource', () => {
    expect(
      orderOf(
        operation(0, 'PATCH', { id: 'x', refers: ['b'] }),
        operation(1, 'DELETE', { id: 'x' }),
        operation(2, 'POST', { bulkId: 'b' }),
      ),
    ).toEqual({ steps: [[2], [0], [1]], circular: [] })
  })

  it('names operations that wait for each other', () => {
    expect(
      orderOf(
        operation(0, 'POST', { bulkId: 'a', refers: ['b'] }),
        operation(1, 'POST', { bulkId: 'b', refers: ['a'] }),
        operation(2, 'POST', { bulkId: 'c', refers: ['c'] }),
        operation(3, 'POST', { bulkId: 'd' }),
      ),
    ).toEqual({ steps: [[0, 1], [2], [3]], circular: [[0, 1], [2]] })
  })

  it('keeps what waits for each other apart from the rest that waits', () => {
    expect(
      orderOf(
        operation(0, 'POST', { bulkId: 'team', refers: ['a', 'c'] }),
        operation(1, 'POST', { bulkId: 'a', refers: ['b'] }),
        operation(2, 'POST', { bulkId: 'c', refers: ['d', 'a'] }),
        operation(3, 'POST', { bulkId: 'b', refers: ['a'] }),
        operation(4, 'POST', { bulkId: 'd', refers: ['c'] }),
        operation(5, 'PATCH', { id: 'bulkId:team' }),
      ),
    ).toEqual({
      steps: [[1, 3], [2, 4], [0], [5]],
      circular: [
        [1, 3],
        [2, 4],
      ],
    })
  })

  it('orders a chain that is longer than the stack', () => {
    const length = 50_000
    const chain = Array.from({ length }, (_, index) =>
      operation(index, 'POST', { bulkId: String(index), refers: index + 1 < length ? [String(index + 1)] : [] }),
    )
    expect(orderOf(...chain).steps).toEqual(chain.map((_, index) => [length - 1 - index]))
  })
})
