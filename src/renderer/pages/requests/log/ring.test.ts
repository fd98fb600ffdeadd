import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createRing } from './ring.ts'

test('holds the newest rows at positions that stay', () => {
  const ring = createRing<string>(3)
  ring.append(['a', 'b'])
  ring.append(['c', 'd'])
  expect([ring.first(), ring.end()]).toEqual([1, 4])
  expect([0, 1, 2, 3, 4].map(ring.at)).toEqual([undefined, 'b', 'c', 'd', undefined])
  ring.replace(2, 'C')
  ring.replace(0, 'A')
  expect([0, 2].map(ring.at)).toEqual([undefined, 'C'])
})

test('takes older rows as long as there is room, and drives nothing newer out for them', () => {
  const ring = createRing<string>(4)
  ring.append(['d'])
  ring.prepend(['b', 'c'])
  ring.prepend(['_', 'a'])
  expect([ring.first(), ring.end()]).toEqual([-3, 1])
  expect([-3, -2, -1, 0].map(ring.at)).toEqual(['a', 'b', 'c', 'd'])
})

test('never holds more than its capacity, and always an unbroken run of what it was given', () => {
  const step = fc.oneof(
    fc.record({ kind: fc.constant('append' as const), count: fc.nat(12) }),
    fc.record({ kind: fc.constant('prepend' as const), count: fc.nat(12) }),
  )
  fc.assert(
    fc.property(fc.array(step, { maxLength: 40 }), fc.integer({ min: 1, max: 10 }), (steps, capacity) => {
      const ring = createRing<number>(capacity)
      for (const { kind, count } of steps) {
        const [from, to] = kind === 'append' ? [ring.end(), ring.end() + count] : [ring.first() - count, ring.first()]
        ring[kind](Array.from({ length: to - from }, (_, n) => from + n))
        expect(ring.end() - ring.first()).toBeLessThanOrEqual(capacity)
        for (let position = ring.first(); position < ring.end(); position += 1) expect(ring.at(position)).toBe(position)
      }
    }),
  )
})
