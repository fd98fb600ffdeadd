import fc from 'fast-check'
import { expect, test } from 'vitest'
import { csvCell, textOfCell } from './csv-cell.ts'

test.each(['=1', '+1', '-1', '@a', '\t=1', '\r=1', '\n=1', '＝1', "'=1"])('%j gets an apostrophe in front', (text) => {
  expect(csvCell(text).replaceAll('"', '')).toBe(`'${text}`)
})

test.each(['plain', "O'Hara", "'quoted'", 'a=b', ''])('%j stays as it is', (text) => {
  expect(csvCell(text)).toBe(text)
})

test('every text comes back, and none is a formula', () => {
  const awkward = fc.string({
    unit: fc.constantFrom("'", '=', '+', '-', '@', '"', ',', ';', '\t', '\r', '\n', ' ', 'a'),
  })
  fc.assert(
    fc.property(fc.oneof(awkward, fc.string()), (text) => {
      const cell = csvCell(text)
      const unquoted = cell.startsWith('"') ? cell.slice(1, -1).replaceAll('""', '"') : cell
      expect(unquoted).not.toMatch(/^[=+\-@\t\r\n]/)
      expect(textOfCell(unquoted)).toBe(text)
    }),
  )
})
