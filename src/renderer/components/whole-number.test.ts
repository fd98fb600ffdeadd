import { expect, test } from 'vitest'
import { wholeNumber } from './whole-number.ts'

test.each([
  [1, 1],
  ['365', 365],
  ['', undefined],
  ['-', undefined],
  [0, undefined],
  [366, undefined],
  ['1.5', undefined],
])('%j in a field from 1 to 365 is taken as %j', (text, count) => {
  expect(wholeNumber(text, 1, 365)).toBe(count)
})
