import { expect, test } from 'vitest'
import { linesOf, readList } from './list-text.ts'

test('a file of another encoding is refused rather than spoilt', async () => {
  await expect(readList(new File([new Uint8Array([0x6d, 0xfc, 0x6c])], 'people.csv'))).rejects.toThrow(
    'people.csv is not UTF-8 text',
  )
  expect(await readList(new File(['müller'], 'people.csv'))).toEqual({ file: 'people.csv', text: 'müller' })
})

test('blank lines are not counted', () => {
  expect(linesOf({ file: null, text: 'a\r\n\r\n  \nb' })).toBe(2)
})
