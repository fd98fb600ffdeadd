import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import type { ThreadState } from '../../background.ts'
import { watchForStarvation } from './starvation.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

/** A thread that has had work for `ms`; how often it was found starved. */
function foundStarved(ms: number, look: () => ThreadState | undefined): number {
  let times = 0
  watchForStarvation(look, () => (times += 1)).begin()
  vi.advanceTimersByTime(ms)
  return times
}

it('finds a thread that wants to work and does not get to it', () => {
  expect(foundStarved(1000, () => ({ isRunnable: true, ranMs: 7 }))).toBe(1)
})

it('leaves a thread alone that works, or waits for the disk, or is no longer there', () => {
  expect(foundStarved(5000, () => ({ isRunnable: true, ranMs: Date.now() }))).toBe(0)
  expect(foundStarved(5000, () => ({ isRunnable: false, ranMs: 7 }))).toBe(0)
  expect(foundStarved(5000, () => undefined)).toBe(0)
})

it('finds one that works at first and not later', () => {
  const from = Date.now()
  expect(foundStarved(2000, () => ({ isRunnable: true, ranMs: Math.min(Date.now(), from + 1000) }))).toBe(1)
})

it('does not look after work that is done in time', () => {
  let looks = 0
  const watch = watchForStarvation(
    () => {
      looks += 1
      return { isRunnable: true, ranMs: 7 }
    },
    () => undefined,
  )
  for (let n = 0; n < 20; n += 1) {
    watch.begin()
    vi.advanceTimersByTime(150)
    watch.end()
    vi.advanceTimersByTime(1000)
  }
  expect(looks).toBe(0)
})
