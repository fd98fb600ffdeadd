import { expect, test } from 'vitest'
import { parseDuration } from './duration.ts'

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
