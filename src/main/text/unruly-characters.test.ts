import { expect, test } from 'vitest'
import { escaped } from '../diagnosis/check/report/html.ts'
import { oneLine } from '../notify/plain-text.ts'

const forgers = [
  '\u0000',
  '\u001b',
  '\u0085',
  '\u061c',
  '\u200b',
  '\u200e',
  '\u2028',
  '\u202e',
  '\u2066',
  '\ufeff',
  '\ud800',
]

test('nothing hides, breaks a line or turns the direction of writing', () => {
  expect(forgers.map((forger) => escaped(`a${forger}b`))).toEqual(forgers.map(() => 'a\ufffdb'))
  expect(forgers.map((forger) => oneLine(`a${forger}b`))).toEqual(forgers.map(() => 'a b'))
})

test('a name stays whole whose letters are joined', () => {
  for (const name of ['می\u200cخواهم', 'क्\u200dष', '👩\u200d💻'])
    for (const shown of [escaped, oneLine]) expect(shown(name)).toBe(name)
})

test('a report keeps the lines of a text', () => {
  expect(escaped('<a>\n\t"b"')).toBe('&lt;a&gt;\n\t&quot;b&quot;')
})
