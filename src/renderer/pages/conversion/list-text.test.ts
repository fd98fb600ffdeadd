import { expect, test } from 'vitest'
import { linesOf, readList } from './list-text.ts'

test('a file of another encoding is refused rather than spoilt', async () => {
  await expect(readList(new File([new Uint8Array([0x6d, 0xfc, 0x6c])], 'people.csv'))).rejects.toThrow(
    'people.csv is not UTF-8 text',
  )
  expect(await readList(new File(['müller'], 'people.csv'))).toEqual({ file: 'people.csv', text: 'müller' })
})

test.each([
  ['UTF-16LE', [0xff, 0xfe, 0xfc, 0x00]],
  ['UTF-16BE', [0xfe, 0xff, 0x00, 0xfc]],
])('a file of %s is read by its byte order mark', async (_name, bytes) => {
  expect(await readList(new File([new Uint8Array(bytes)], 'people.txt'))).toEqual({ file: 'people.txt', text: 'ü' })
})

test('blank lines are not counted', () => {
  expect(linesOf({ file: null, text: 'a\r\n\r\n  \nb' })).toBe(2)
})
