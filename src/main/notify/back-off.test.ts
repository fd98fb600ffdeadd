import { describe, expect, it } from 'vitest'
import { backOff } from './back-off.ts'

describe('the time between two attempts', () => {
  it('doubles from half a minute to six hours, spread over the second half of it', () => {
    expect([1, 2, 3, 4].map((attempt) => backOff(attempt, 1))).toEqual([30_000, 60_000, 120_000, 240_000])
    expect(backOff(14, 1)).toBe(6 * 3_600_000)
    expect(backOff(1, 0)).toBe(15_000)
    expect(backOff(1000, 0.5)).toBe(4.5 * 3_600_000)
  })
})
