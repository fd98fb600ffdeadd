import { describe, expect, it } from 'vitest'
import { createBatchQueue } from './batch-queue.ts'
import { unpackExchanges } from './batch.ts'
import type { Exchange } from '../exchange.ts'

const nothing = { bytes: new SharedArrayBuffer(0), numbers: new Float64Array() }

function exchange(at: number): Exchange {
  return {
    requestId: `r${at}`,
    at,
    durationMicros: 1,
    integrationId: undefined,
    integrationSlug: undefined,
    remoteAddress: '',
    method: 'GET',
    target: '/',
    endpoint: undefined,
    resourceId: undefined,
    status: 200,
    requestHeaders: '',
    requestBody: 'x'.repeat(1000),
    responseHeaders: '',
    responseBody: undefined,
    matched: 3,
    trace: '[]',
  }
}

describe('the queue before the journal', () => {
  it('hands exchanges over as they came, the same batch until it is stored', () => {
    const queue = createBatchQueue()
    queue.add(exchange(1))
    const head = queue.head()
    queue.add(exchange(2))
    expect(queue.head()).toEqual(head)
    expect([...unpackExchanges(head?.exchanges ?? nothing)]).toMatchObject([exchange(1)])
    queue.removeHead()
    expect([...unpackExchanges(queue.head()?.exchanges ?? nothing)]).toMatchObject([exchange(2)])
    queue.removeHead()
    expect(queue.isEmpty()).toBe(true)
  })

  it('leaves out bodies and then exchanges when memory is short, and counts them', () => {
    const queue = createBatchQueue({ roomUpTo: 0, bodiesUpTo: 2000, exchangesUpTo: 3500 })
    for (let at = 1; at <= 10; at++) queue.add(exchange(at))
    const kept = [...unpackExchanges(queue.head()?.exchanges ?? nothing)]
    expect(kept.map(({ requestBody }) => requestBody?.length)).toEqual([1000, 1000, undefined])
    expect(kept[2]?.droppedRequestLength).toBe(1000)
    queue.removeHead()
    queue.add(exchange(11))
    expect(queue.head()?.gap).toEqual({ lost: 7, since: 4, until: 10 })
    expect([...unpackExchanges(queue.head()?.exchanges ?? nothing)]).toMatchObject([exchange(11)])
  })

  it('leaves out bodies that are larger than all there may be, and keeps the exchange', () => {
    const queue = createBatchQueue({ roomUpTo: 0, bodiesUpTo: 2000, exchangesUpTo: 3000 })
    queue.add({ ...exchange(1), responseBody: 'x'.repeat(5000) })
    queue.add(exchange(2))
    const kept = [...unpackExchanges(queue.head()?.exchanges ?? nothing)]
    expect(kept).toMatchObject([
      { at: 1, responseBody: undefined, droppedRequestLength: 1000, missingResponseLength: 5000 },
      { at: 2, requestBody: 'x'.repeat(1000) },
    ])
    expect(queue.head()?.gap).toBeUndefined()
  })

  it('is crowded from a limit on, until enough is stored', () => {
    const queue = createBatchQueue({ roomUpTo: 2000, bodiesUpTo: 10_000, exchangesUpTo: 10_000 })
    queue.add(exchange(1))
    expect(queue.isCrowded()).toBe(false)
    queue.add(exchange(2))
    expect(queue.isCrowded()).toBe(true)
    queue.head()
    queue.removeHead()
    expect(queue.isCrowded()).toBe(false)
  })

  it('turns a batch that is given up into a gap', () => {
    const queue = createBatchQueue()
    queue.add(exchange(1))
    queue.head()
    queue.giveUpHead()
    expect(queue.head()).toMatchObject({
      gap: { lost: 1, since: 1, until: 1 },
      exchanges: { numbers: new Float64Array() },
    })
  })

  it('knows when all that was added so far is stored', () => {
    const queue = createBatchQueue()
    queue.add(exchange(1))
    const through = queue.seal()
    queue.add(exchange(2))
    expect(queue.isDone(through)).toBe(false)
    queue.removeHead()
    expect(queue.isDone(through)).toBe(true)
  })
})
