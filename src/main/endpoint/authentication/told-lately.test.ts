import { expect, test } from 'vitest'
import { createToldLately } from './told-lately.ts'

test('each kind is told once a minute', () => {
  const lately = createToldLately()
  expect(lately.take('a', 1000)).toBe(true)
  expect(lately.take('a', 30_000)).toBe(false)
  expect(lately.take('b', 30_000)).toBe(true)
  expect(lately.take('a', 61_000)).toBe(true)
})

test('of many kinds sixty are told in a minute', () => {
  const lately = createToldLately()
  const taken = Array.from({ length: 100 }, (_, n) => lately.take(`kind ${n}`, n)).filter(Boolean)
  expect(taken).toHaveLength(60)
})

test('a clock that is set back does not keep it silent', () => {
  const lately = createToldLately()
  lately.take('a', 10_000_000)
  expect(lately.take('a', 1000)).toBe(true)
})
