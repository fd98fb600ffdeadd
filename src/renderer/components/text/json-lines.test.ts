import fc from 'fast-check'
import { expect, test } from 'vitest'
import { jsonLines } from './json-lines.ts'

test('tells keys, strings and literals apart', () => {
  expect(jsonLines('{"a":"b:c","n":[-1.5e3,null]}')).toEqual([
    [{ kind: 'plain', text: '{' }],
    [
      { kind: 'plain', text: '  ' },
      { kind: 'key', text: '"a"' },
      { kind: 'plain', text: ':' },
      { kind: 'plain', text: ' ' },
      { kind: 'string', text: '"b:c"' },
      { kind: 'plain', text: ',' },
    ],
    [
      { kind: 'plain', text: '  ' },
      { kind: 'key', text: '"n"' },
      { kind: 'plain', text: ':' },
      { kind: 'plain', text: ' [' },
    ],
    [
      { kind: 'plain', text: '    ' },
      { kind: 'literal', text: '-1500' },
      { kind: 'plain', text: ',' },
    ],
    [
      { kind: 'plain', text: '    ' },
      { kind: 'literal', text: 'null' },
    ],
    [{ kind: 'plain', text: '  ]' }],
    [{ kind: 'plain', text: '}' }],
  ])
  expect(jsonLines('<html>')).toBeUndefined()
})

test('loses nothing of any JSON', () => {
  fc.assert(
    fc.property(fc.json(), (text) => {
      const lines = jsonLines(text) ?? []
      const joined = lines.map((tokens) => tokens.map((token) => token.text).join('')).join('\n')
      expect(joined).toBe(JSON.stringify(JSON.parse(text), undefined, 2))
    }),
  )
})
