import { expect, test } from 'vitest'
import { parseDuration } from './duration.ts'
import { absoluteTime, moment, relativeTime } from './moment.ts'

test.each([
  ['90s', 90_000],
  ['30m', 1_800_000],
  ['24h', 86_400_000],
  ['7d', 604_800_000],
])('%s is %d ms', (text, ms) => {
  expect(parseDuration(text)).toBe(ms)
})

test.each(['', '24', 'h', '0h', '1.5h', '24 h', '1w', '4000d', '-1h'])('%j is no length of time', (text) => {
  expect(() => parseDuration(text)).toThrow(/30m|ten years/)
})

test('a moment is told relative to now and absolutely', () => {
  const now = Date.UTC(2026, 2, 4, 12)
  expect(relativeTime(now - 3 * 3_600_000, now)).toBe('3 hours ago')
  expect(relativeTime(now + 86_400_000, now)).toBe('in 1 day')
  expect(relativeTime(now - 5, now)).toBe('just now')
  expect(moment(now, now)).toBe(`${absoluteTime(now)} (just now)`)
  expect(moment(null, now)).toBe('-')
})
