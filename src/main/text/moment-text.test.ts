import { expect, test } from 'vitest'
import { absoluteTime, moment, relativeTime } from './moment-text.ts'

test('a moment is told relative to now and absolutely', () => {
  const now = Date.UTC(2026, 2, 4, 12)
  expect(relativeTime(now - 3 * 3_600_000, now)).toBe('3 hours ago')
  expect(relativeTime(now + 86_400_000, now)).toBe('in 1 day')
  expect(relativeTime(now - 5, now)).toBe('just now')
  expect(moment(now, now)).toBe(`${absoluteTime(now)} (just now)`)
  expect(moment(null, now)).toBe('-')
})

test('no unit is told as many times as the next larger one holds it', () => {
  const now = Date.UTC(2026, 2, 4, 12)
  expect(relativeTime(now - 3_599_000, now)).toBe('59 minutes ago')
  expect(relativeTime(now - 23.9 * 3_600_000, now)).toBe('23 hours ago')
  expect(relativeTime(now + 3_599_000, now)).toBe('in 1 hour')
  expect(relativeTime(now + 23.9 * 3_600_000, now)).toBe('in 1 day')
  expect(relativeTime(now + 89.9 * 86_400_000, now)).toBe('in 3 months')
})
