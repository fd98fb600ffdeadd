import { expect, test } from 'vitest'
import { printable } from './printable.ts'

test('a name from the wire neither moves the cursor, nor hides, nor turns the direction of writing', () => {
  expect(printable('a\u001b[2Jb\r\nc\u202ed\u200be')).toBe('a\ufffd[2Jb\ufffd\ufffdc\ufffdd\ufffde')
})
