import { expect, test } from 'vitest'
import { oneLine } from './plain-text.ts'

test('a text that is too long is cut between two characters, never within one', () => {
  for (const length of [6, 7, 8, 9]) {
    const cut = oneLine('abc😀😀😀😀', length)
    expect(cut).toMatch(/^abc😀+…$/u)
    expect(cut.isWellFormed()).toBe(true)
    expect(cut.length).toBeLessThanOrEqual(length)
  }
  expect(oneLine('abc😀', 5)).toBe('abc😀')
})
