import { expect, test } from 'vitest'
import { createAttemptThrottle } from './attempt-throttle.ts'

const start = Date.parse('2026-01-01T00:00:00Z')
const address = '192.0.2.1'

function failed(count: number) {
  const throttle = createAttemptThrottle()
  for (let n = 0; n < count; n += 1) throttle.failed(address, start)
  return throttle
}

test('three failures are free, and after each further one the wait doubles', () => {
  const waits = [3, 4, 5, 6, 30].map((count) => failed(count).wait(address, start))
  expect(waits).toEqual([0, 1000, 2000, 4000, 15 * 60_000])
})

test('after an hour without a failure they are forgotten', () => {
  const throttle = failed(30)
  throttle.failed(address, start + 3_600_000)
  expect(throttle.wait(address, start + 3_600_000)).toBe(0)
})

test('a clock that is set back neither lengthens the wait nor ends it', () => {
  const throttle = failed(5)
  const anHourBack = start - 3_600_000
  expect(throttle.wait(address, anHourBack)).toBe(2000)
  expect(throttle.wait(address, anHourBack + 2000)).toBe(0)
  throttle.failed(address, anHourBack + 2000)
  expect(throttle.wait(address, anHourBack + 2000)).toBe(4000)
})

test('whoever has a network of IPv6 addresses is slowed down as one', () => {
  const throttle = createAttemptThrottle()
  for (let n = 1; n <= 5; n += 1) throttle.failed(`2001:db8:0:1::${n}`, start)
  expect(throttle.wait('2001:db8:0:1:2:3:4:5', start)).toBe(2000)
  expect(throttle.wait('2001:db8:0:2::1', start)).toBe(0)
  throttle.succeeded('2001:db8:0:1::9')
  expect(throttle.wait('2001:db8:0:1::1', start)).toBe(0)
})
