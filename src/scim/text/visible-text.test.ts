import { expect, test } from 'vitest'
import { isVisible } from './visible-text.ts'

test.each([
  '',
  ' ',
  '\t\r\n',
  '\u00A0',
  '\u200B',
  '\u200B\t\uFEFF',
  '\u2060\u00AD',
  '\u3164',
  '\u2800',
  '\u202E\u202C',
  '\uFE0F',
])('%j cannot be seen', (text) => {
  expect(isVisible(text)).toBe(false)
})

test.each(['a', '\u200Ba', '.', '0', '\u05D0', '\u{1F469}\u200D\u{1F52C}', '\u0301', '\uE000'])(
  '%j can be seen',
  (text) => {
    expect(isVisible(text)).toBe(true)
  },
)
