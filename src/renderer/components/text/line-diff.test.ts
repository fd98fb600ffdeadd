import fc from 'fast-check'
import { expect, test } from 'vitest'
import { excerpt, lineDiff } from './line-diff.ts'

test('tells what went and what came, in order', () => {
  expect(lineDiff('a\nb\nc', 'a\nx\nc')).toEqual([
    { kind: 'same', text: 'a' },
    { kind: 'removed', text: 'b' },
    { kind: 'added', text: 'x' },
    { kind: 'same', text: 'c' },
  ])
})

test('without the added lines it is the text before, without the removed ones the text after', () => {
  const text = fc
    .array(fc.constantFrom('a', 'b', 'c'), { minLength: 1, maxLength: 12 })
    .map((lines) => lines.join('\n'))
  fc.assert(
    fc.property(text, text, (before, after) => {
      const lines = lineDiff(before, after)
      const side = (without: string) =>
        lines
          .filter(({ kind }) => kind !== without)
          .map((line) => line.text)
          .join('\n')
      expect(side('added')).toBe(before)
      expect(side('removed')).toBe(after)
    }),
  )
})

test('an excerpt shows what differs with some lines around it, and says what it leaves out', () => {
  const before = Array.from({ length: 20 }, (_, n) => `line ${n}`)
  const lines = lineDiff(before.join('\n'), before.with(10, 'other').join('\n'))
  expect(excerpt(lines, 1).map((each) => each.text)).toEqual([
    '⋯ 9 lines',
    'line 9',
    'line 10',
    'other',
    'line 11',
    '⋯ 8 lines',
  ])
  expect(excerpt(lineDiff('a', 'a'), 1).map((each) => each.text)).toEqual(['⋯ 1 line'])
})
