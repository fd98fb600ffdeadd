import { expect, test } from 'vitest'
import { createWrongTokenThrottle } from './wrong-token-throttle.ts'

const start = Date.parse('2026-01-01T00:00:00Z')

function strikes(count: number, address = '192.0.2.1', throttle = createWrongTokenThrottle()) {
  const waits = Array.from({ length: count }, () => throttle.strike(address, start))
  return { throttle, waits }
}

test('ten wrong tokens a minute are borne', () => {
  expect(strikes(10).waits.every((wait) => wait === undefined)).toBe(true)
})

test('from the eleventh on the rest of the minute is to be waited, in whole seconds', () => {
  const { throttle, waits } = strikes(11)
  expect(waits.at(-1)).toBe(60)
  expect(throttle.strike('192.0.2.1', start + 30_500)).toBe(30)
  expect(throttle.strike('192.0.2.1', start + 59_999)).toBe(1)
})

test('after the minute it is counted anew', () => {
  const { throttle } = strikes(50)
  expect(throttle.strike('192.0.2.1', start + 60_000)).toBeUndefined()
  expect(throttle.strike('192.0.2.1', start + 60_001)).toBeUndefined()
})

test('one address does not answer for another', () => {
  const { throttle } = strikes(50)
  expect(throttle.strike('192.0.2.2', start)).toBeUndefined()
})

test('whoever has a network of IPv6 addresses is slowed down as one', () => {
  const throttle = createWrongTokenThrottle()
  for (let n = 1; n <= 10; n += 1) throttle.strike(`2001:db8:0:1::${n}`, start)
  expect(throttle.strike('2001:db8:0:1:2:3:4:5', start)).toBe(60)
  expect(throttle.strike('2001:db8:0:2::1', start)).toBeUndefined()
})

test('of more than ten thousand networks the one that came first is forgotten', () => {
  const { throttle } = strikes(50)
  strikes(50, '192.0.2.2', throttle)
  for (let n = 0; n < 9_999; n += 1) throttle.strike(`2001:db8:0:${n}::1`, start)
  expect(throttle.strike('192.0.2.2', start)).toBe(60)
  expect(throttle.strike('192.0.2.1', start)).toBeUndefined()
})

test('a clock that is set back begins a new minute', () => {
  const { throttle } = strikes(50)
  const anHourBack = start - 3_600_000
  expect(throttle.strike('192.0.2.1', anHourBack)).toBeUndefined()
  for (let n = 0; n < 9; n += 1) throttle.strike('192.0.2.1', anHourBack)
  expect(throttle.strike('192.0.2.1', anHourBack)).toBe(60)
})
