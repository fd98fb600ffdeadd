import { expect, test } from 'vitest'
import {
  dateText,
  daysBetween,
  durationText,
  pastTimeText,
  relativeTimeText,
  shortTimeText,
  spanText,
} from './time-text.ts'

const now = 1_800_000_000_000

test.each([
  [-20_000, 'just now'],
  [-60_000, '1 min ago'],
  [-3_599_000, '59 min ago'],
  [-3_600_000, '1 h ago'],
  [-5 * 86_400_000, '5 days ago'],
  [-40 * 86_400_000, '1 month ago'],
  [3 * 86_400_000, 'in 3 days'],
  [30_000, 'in a moment'],
  [90 * 86_400_000 - 240_000, 'in 3 months'],
  [3_590_000, 'in 1 h'],
  [86_390_000, 'in 1 day'],
  [9_000, 'in a moment'],
])('%d ms from now is %s', (distance, text) => {
  expect(relativeTimeText(now + distance, now)).toBe(text)
})

test.each([
  [new Date(2026, 2, 4, 9, 5), '09:05'],
  [new Date(2026, 2, 3, 9, 5), '3 Mar 09:05'],
  [new Date(2025, 11, 30, 9, 5), '30 Dec 2025 09:05'],
])('a moment says its day, and its year, only where they are not the present ones', (at, text) => {
  expect(shortTimeText(at.getTime(), new Date(2026, 2, 4, 14, 3).getTime())).toBe(text)
})

test('what has been is never in the future, whatever the clock of the page says', () => {
  expect(pastTimeText(now + 120_000, now)).toBe('just now')
  expect(pastTimeText(now - 120_000, now)).toBe('2 min ago')
})

test('what bears the time of a clock that was 40 days ahead has its date', () => {
  const at = now + 40 * 86_400_000
  expect(pastTimeText(at, now)).toBe(dateText(at))
})

test.each([
  [0, '< 0.1 ms'],
  [49, '< 0.1 ms'],
  [50, '0.1 ms'],
  [400, '0.4 ms'],
  [9_949, '9.9 ms'],
  [9_950, '10 ms'],
  [182_400, '182 ms'],
  [999_499, '999 ms'],
  [999_500, '1.0 s'],
  [1_240_000, '1.2 s'],
])('%d µs took %s', (micros, text) => {
  expect(durationText(micros)).toBe(text)
})

test.each([
  [0, '< 1 s'],
  [499, '< 1 s'],
  [500, '1 s'],
  [40_000, '40 s'],
  [190_000, '3 min'],
  [7_200_000, '2 h'],
  [7_800_000, '2 h 10 min'],
  [273_600_000, '3 d 4 h'],
])('%d ms are said as %s', (ms, text) => {
  expect(spanText(ms)).toBe(text)
})

test.each([
  [86_400_000, 1],
  [86_399_999, 0],
  [-2_000, 0],
])('%d ms are %d whole days', (ms, days) => {
  expect(daysBetween(now, now + ms)).toBe(days)
})
