import { expect, test } from 'vitest'
import { jsonText } from './json-text.ts'

test('JSON on a terminal has no character that commands it, and says the same', () => {
  const value = { userName: 'a\u001b[2Jb\u009b31mc\u202ed\u2028e\u{e0041}f\r\n', title: 'می\u200cخواهم 👩\u200d💻' }
  const text = jsonText(value)
  expect(text).not.toMatch(/(?![\u200c\u200d])[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u)
  expect(text).toContain('👩\u200d💻')
  expect(JSON.parse(text)).toEqual(value)
})
