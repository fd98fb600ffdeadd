import { expect, test } from 'vitest'
import { wholeNumber } from './whole-number.ts'

test.each([
  ['1', 1],
  ['365', 365],
  [' 25 ', 25],
  ['007', 7],
  ['', undefined],
  ['-', undefined],
  ['-1', undefined],
  ['0', undefined],
  ['366', undefined],
  ['1.5', undefined],
  ['1,5', undefined],
  ['1e2', undefined],
  ['0x10', undefined],
  ['１２', undefined],
])('%j in a field from 1 to 365 is taken as %j', (text, count) => {
  expect(wholeNumber(text, 1, 365)).toBe(count)
})

test.each(['10000', '10,000', '10 000', '10\u00A0000'])('%j is ten thousand', (text) => {
  expect(wholeNumber(text, 1, 10_000_000)).toBe(10_000)
})
