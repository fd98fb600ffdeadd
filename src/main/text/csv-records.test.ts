import { expect, test } from 'vitest'
import { readCsvRecords } from './csv-records.ts'

async function problemOf(text: string): Promise<string> {
  try {
    for await (const { cells } of readCsvRecords('people.csv', text.slice(0, 1000), [text])) void cells
  } catch (error) {
    return String(error instanceof Error ? error.message : error)
  }
  return 'none'
}

test.each([
  [
    'at the beginning of a line',
    'userName,title\na,1\n"b,2\nc,3\nd,4\n',
    'A quote opens in line 3 and is never closed.',
  ],
  [
    'behind blank lines',
    'userName,title\n\na,1\n\n\nb,"2\nc,3\n\nd,4\n',
    'A quote opens in line 6 and is never closed.',
  ],
  [
    'behind a cell of two lines',
    'userName,title\r\na,"1\r\n2"\r\nb,"3\r\n',
    'A quote opens in line 4 and is never closed.',
  ],
  ['in the header', 'userName,"title\na,1\n', 'A quote opens in line 1 and is never closed.'],
  [
    'in a long file',
    `userName\na\n"b\n${'person,1\n'.repeat(150_000)}`,
    'What begins in line 3 does not end within 1 MB.',
  ],
])('a quote that never ends %s is told with the line where it opens', async (_where, text, problem) => {
  expect(await problemOf(text)).toContain(`people.csv: ${problem}`)
})

test('text behind a closing quote is told with its line and what to write instead', async () => {
  expect(await problemOf('userName,title\na,1\n"b"c,2\n')).toBe(
    'people.csv: In line 3 there is text behind a closing quote. Write "" where a quote belongs to the text.',
  )
})

test('lines are counted as an editor counts them, also behind cells of several lines', async () => {
  const lines: number[] = []
  const text = 'userName,title\r\na,"1\r\n2\r\n3"\r\n\r\nb,4\r\n'
  for await (const { line } of readCsvRecords('people.csv', text, [text])) lines.push(line)
  expect(lines).toEqual([1, 4, 6])
})
