import { expect, test } from 'vitest'
import { isolated } from './isolated.ts'

test('leaves names alone that are written from left to right', () => {
  for (const name of ['Ana Moss', 'Zoë Ågren', '山田 太郎', 'Юрий', '😀', '']) expect(isolated(name)).toBe(name)
})

test('keeps a name to itself that is written from right to left, or turns the direction', () => {
  for (const name of ['נועה לוי', 'ليلى', 'Ana \u202Eevil', 'x\u200F'])
    expect(isolated(name)).toBe(`\u2068${name}\u2069`)
})

test('lets no name end its isolation, or take in what follows it', () => {
  expect(isolated('a\u2069\u202Eb')).toBe('\u2068a\u202Eb\u2069')
  expect(isolated('a\u2067b')).toBe('\u2068a\u2067b\u2069\u2069')
  expect(isolated('\u2067b\u2069\u2069c')).toBe('\u2068\u2067b\u2069c\u2069')
})
