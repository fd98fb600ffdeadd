import { stripVTControlCharacters } from 'node:util'
import { expect, test } from 'vitest'
import { tableLines } from './table.ts'
import { createTextWidth } from './text-width.ts'

test.each([
  ['ana', 3],
  ['山田太郎', 8],
  ['ﾔﾏﾀﾞ', 4],
  ['김민준', 6],
  ['Zoe\u0308', 3],
  ['שלום', 4],
  ['👩', 2],
  ['👍🏽', 2],
  ['👩‍👩‍👧', 2],
  ['🇩🇪', 2],
  ['❤️', 2],
  ['1️⃣', 2],
  ['№ 12', 4],
  ['a—b', 3],
])('"%s" takes %i columns of a terminal', (text, columns) => {
  expect(createTextWidth()(text)).toBe(columns)
})

test('columns stand below each other, whatever the script', () => {
  const rows = [
    ['山田太郎', 'yes'],
    ['Zoe\u0308', 'no'],
    ['Ana 👍🏽', '-'],
  ]
  expect(tableLines(['NAME', 'ACTIVE'], rows).map(stripVTControlCharacters)).toEqual([
    'NAME      ACTIVE',
    '山田太郎  yes',
    'Zoe\u0308       no',
    'Ana 👍🏽    -',
  ])
})
