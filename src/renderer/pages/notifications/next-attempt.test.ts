import { expect, test } from 'vitest'
import { nextAttempt } from './next-attempt.ts'

test('the next attempt is never told as one that has been', () => {
  const message = { notBefore: 100, retryAt: null, isBeingSent: false }
  expect(nextAttempt(message, 50)).toBe(100)
  expect(nextAttempt({ ...message, retryAt: 300 }, 200)).toBe(300)
  expect(nextAttempt(message, 200)).toBe('in its turn')
  expect(nextAttempt({ ...message, isBeingSent: true }, 200)).toBe('now')
})
