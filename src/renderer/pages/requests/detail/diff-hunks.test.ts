import fc from 'fast-check'
import { expect, test } from 'vitest'
import { lineDiff } from '../../../components/text/line-diff.ts'
import { diffHunks } from './diff-hunks.ts'

const lines = (count: number, name: string) => Array.from({ length: count }, (_, n) => `${name}${n}`)

test('hides long runs of equal lines, and leaves some around what differs', () => {
  const before = [...lines(10, 'a'), 'x', ...lines(20, 'b')].join('\n')
  const after = [...lines(10, 'a'), 'y', ...lines(20, 'b')].join('\n')
  const hunks = diffHunks(lineDiff(before, after))
  expect(hunks.map(({ kind, lines: { length } }) => [kind, length])).toEqual([
    ['skipped', 7],
    ['lines', 8],
    ['skipped', 17],
  ])
  expect(diffHunks(lineDiff('a\nb', 'a\nb'))).toMatchObject([{ kind: 'lines' }])
})

test('loses no line and keeps their order', () => {
  const text = fc.array(fc.constantFrom('a', 'b', 'c', 'd'), { maxLength: 40 }).map((all) => all.join('\n'))
  fc.assert(
    fc.property(text, text, (before, after) => {
      const all = lineDiff(before, after)
      const hunks = diffHunks(all)
      expect(hunks.flatMap((hunk) => hunk.lines)).toEqual(all)
      const hidden = hunks.flatMap((hunk) => (hunk.kind === 'skipped' ? hunk.lines : []))
      expect(hidden.every(({ kind }) => kind === 'same')).toBe(true)
    }),
  )
})
