import { expect, test } from 'vitest'
import { differenceText } from './difference-text.ts'

test.each([
  [{ onlyHere: 0, onlyThere: 0, changed: 0 }, 'No user differs.'],
  [{ onlyHere: 30, onlyThere: 0, changed: 0 }, '30 users go.'],
  [{ onlyHere: 0, onlyThere: 1, changed: 1 }, '1 user comes back, 1 is set back to an older state.'],
  [{ onlyHere: 2, onlyThere: 1200, changed: 3 }, '2 users go, 1,200 come back, 3 are set back to an older state.'],
])('a restore that does %o is told as %s', (difference, text) => {
  expect(differenceText('user', difference)).toBe(text)
})
