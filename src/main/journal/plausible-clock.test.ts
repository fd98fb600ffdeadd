import { expect, test } from 'vitest'
import { createPlausibleClock } from './plausible-clock.ts'

const hour = 3_600_000
const day = 24 * hour

/** A machine whose clock can be set. */
function machine(last?: number) {
  const time = { at: 100 * day, uptime: 0 }
  const clock = createPlausibleClock(
    () => time.at,
    () => time.uptime,
    last,
  )
  return {
    pass(ms: number) {
      time.at += ms
      time.uptime += ms
    },
    leap: (ms: number) => void (time.at += ms),
    isPlausible: () => clock.isPlausible(),
  }
}

test('a clock that goes on is believed, however long nobody looked', () => {
  const { pass, isPlausible } = machine()
  expect(isPlausible()).toBe(true)
  pass(90 * day)
  expect(isPlausible()).toBe(true)
})

test('a leap ahead is doubted until it has been put right', () => {
  const { pass, leap, isPlausible } = machine()
  leap(365 * day)
  expect(isPlausible()).toBe(false)
  pass(hour)
  expect(isPlausible()).toBe(false)
  leap(-365 * day)
  expect(isPlausible()).toBe(true)
})

test('a leap that lasts is believed after six hours', () => {
  const { pass, leap, isPlausible } = machine()
  leap(365 * day)
  expect(isPlausible()).toBe(false)
  pass(6 * hour)
  expect(isPlausible()).toBe(true)
  pass(1)
  expect(isPlausible()).toBe(true)
})

test('a clock that is far behind, and put right, is doubted no longer than another', () => {
  const { pass, leap, isPlausible } = machine()
  leap(-90 * day)
  expect(isPlausible()).toBe(true)
  leap(90 * day)
  expect(isPlausible()).toBe(false)
  pass(6 * hour)
  expect(isPlausible()).toBe(true)
})

test('at the start the newest moment that was stored is what the clock is held against', () => {
  expect(machine(99 * day).isPlausible()).toBe(true)
  expect(machine(10 * day).isPlausible()).toBe(false)
})
