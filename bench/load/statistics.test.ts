import { expect, it } from 'vitest'
import { median, pairedRatio, percentile } from './statistics.ts'

it('takes the middle of an odd list and the mean of the two middle ones of an even list', () => {
  expect(median([9, 1, 10])).toBe(9)
  expect(median([4, 1, 10, 2])).toBe(3)
  expect(median([])).toBeNaN()
})

it('takes a percentile by nearest rank', () => {
  const hundred = Array.from({ length: 100 }, (_, index) => 100 - index)
  expect(percentile(hundred, 0.99)).toBe(99)
  expect(percentile(hundred, 0.5)).toBe(50)
  expect(percentile([7], 0.99)).toBe(7)
})

it('compares round by round, so that a slow round of both sides changes nothing', () => {
  expect(pairedRatio([50, 5, 50], [100, 10, 100])).toBe(0.5)
})
