import * as fc from 'fast-check'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { createPackerPool, unpackExchanges } from './batch.ts'
import type { Exchange } from '../exchange.ts'

const text = fc.oneof(fc.string(), fc.string({ unit: 'binary' }), fc.constant('é'), fc.constant('\ud800'))
const optionalText = fc.option(text, { nil: undefined })
const optionalNumber = fc.option(fc.nat(), { nil: undefined })

const exchanges: fc.Arbitrary<Exchange> = fc.record({
  requestId: text,
  at: fc.nat(),
  durationMicros: fc.nat(),
  integrationId: optionalNumber,
  integrationSlug: optionalText,
  remoteAddress: text,
  method: text,
  target: text,
  endpoint: optionalText,
  resourceId: optionalText,
  status: fc.nat(),
  requestHeaders: text,
  requestBody: optionalText,
  responseHeaders: text,
  responseBody: optionalText,
  matched: optionalNumber,
  trace: text,
})

afterEach(() => void vi.useRealTimers())

describe('a batch on its way to the thread', () => {
  it('arrives as it was, whatever characters its texts are made of', () => {
    fc.assert(
      fc.property(fc.array(exchanges, { maxLength: 5 }), (sent) => {
        const packer = createPackerPool()()
        for (const exchange of sent) packer.add(exchange, true)
        expect([...unpackExchanges(packer.packed())]).toMatchObject(sent)
      }),
    )
  })

  it('grows beyond its first memory, and gives it to the next one', () => {
    const createPacker = createPackerPool()
    const [small] = fc.sample(exchanges, { numRuns: 1, seed: 1 })
    const large = { ...(small as Exchange), responseBody: 'x'.repeat(300_000) }
    const first = createPacker()
    for (let n = 0; n < 4; n += 1) first.add({ ...large, at: n }, true)
    expect([...unpackExchanges(first.packed())].map((each) => [each.at, each.responseBody?.length])).toEqual(
      [0, 1, 2, 3].map((at) => [at, 300_000]),
    )
    first.release()
    const second = createPacker()
    second.add({ ...large, responseBody: 'y' }, true)
    expect([...unpackExchanges(second.packed())].map((each) => each.responseBody)).toEqual(['y'])
  })

  it('needs no new memory for a second wave, and gives up what no wave has needed for long', () => {
    vi.useFakeTimers({ toFake: ['performance'] })
    const createPacker = createPackerPool()
    const wave = (size: number) => {
      const packers = Array.from({ length: size }, createPacker)
      const memory = packers.map((packer) => packer.packed().bytes)
      for (const packer of packers) packer.release()
      return memory
    }
    const first = wave(6)
    expect(new Set([...first, ...wave(6)]).size).toBe(6)
    vi.advanceTimersByTime(20_000)
    for (let batch = 0; batch < 10; batch++) wave(1)
    expect(wave(6).filter((memory) => first.includes(memory))).toHaveLength(2)
  })

  it('says how long the bodies were that were left out', () => {
    const packer = createPackerPool()()
    const [exchange] = fc.sample(exchanges, { numRuns: 1, seed: 1 })
    packer.add({ ...(exchange as Exchange), requestBody: 'abc', responseBody: undefined }, false)
    expect([...unpackExchanges(packer.packed())]).toMatchObject([
      { requestBody: undefined, responseBody: undefined, droppedRequestLength: 3, missingResponseLength: 0 },
    ])
  })
})
