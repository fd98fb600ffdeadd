import { expect, test } from 'vitest'
import { csvText } from './csv-text.ts'

test('no cell is run by a spreadsheet, and commas, quotes and line breaks stay in their cell', () => {
  expect(
    csvText([
      ['=1+1', '@x'],
      ['a,"b"', 'two\nlines'],
    ]),
  ).toBe(`'=1+1,'@x\r\n"a,""b""","two\nlines"\r\n`)
})
