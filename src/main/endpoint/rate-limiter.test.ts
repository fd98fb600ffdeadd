import { expect, test } from 'vitest'
import { createRateLimiter } from './rate-limiter.ts'

const start = Date.parse('2026-01-01T00:00:00Z')

/** How many of `count` requests at one moment get through. */
function admitted(
  limiter: ReturnType<typeof createRateLimiter>,
  count: number,
  now: number,
  integrationId = 1,
): number {
  return Array.from({ length: count }, () => limiter.take(integrationId, 10, now)).filter((wait) => wait === undefined)
    .length
}

test('as many as belong to one second may come at once', () => {
  expect(admitted(createRateLimiter(), 100, start)).toBe(10)
})

test('whoever comes too soon is told to wait a whole second', () => {
  const limiter = createRateLimiter()
  admitted(limiter, 10, start)
  expect(limiter.take(1, 10, start)).toBe(1)
})

test('the rate is regained bit by bit, and never more than one second of it', () => {
  const limiter = createRateLimiter()
  admitted(limiter, 10, start)
  expect(admitted(limiter, 100, start + 300)).toBe(3)
  expect(admitted(limiter, 100, start + 3_600_000)).toBe(10)
})

test('a refused request costs nothing', () => {
  const limiter = createRateLimiter()
  admitted(limiter, 1000, start)
  expect(admitted(limiter, 100, start + 1000)).toBe(10)
})

test('each integration has a rate of its own', () => {
  const limiter = createRateLimiter()
  admitted(limiter, 10, start, 1)
  expect(admitted(limiter, 100, start, 2)).toBe(10)
})

test('a rate that the admin changes holds from the next request on', () => {
  const limiter = createRateLimiter()
  for (let n = 0; n < 10; n += 1) limiter.take(1, 10, start)
  expect(limiter.take(1, 1, start + 1000)).toBeUndefined()
  expect(limiter.take(1, 1, start + 1000)).toBe(1)
})

test('a clock that is set back makes nobody wait longer', () => {
  const limiter = createRateLimiter()
  admitted(limiter, 10, start)
  const anHourBack = start - 3_600_000
  expect(limiter.take(1, 10, anHourBack)).toBe(1)
  expect(admitted(limiter, 100, anHourBack + 1000)).toBe(10)
})
