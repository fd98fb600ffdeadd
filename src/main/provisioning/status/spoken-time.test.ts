import { expect, test } from 'vitest'
import { spokenDuration } from './spoken-time.ts'

test.each([
  [0, '< 1 s'],
  [999, '< 1 s'],
  [1400, '1 s'],
  [59_700, '59 s'],
  [119_900, '1 min'],
  [130 * 60_000, '2 h 10 min'],
  [76 * 3_600_000, '3 d 4 h'],
])('%i ms are said as %s', (ms, text) => {
  expect(spokenDuration(ms)).toBe(text)
})
