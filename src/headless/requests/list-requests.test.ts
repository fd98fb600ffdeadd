import { join } from 'node:path'
import { expect, test } from 'vitest'
import { createJournalAppender } from '../../main/store/journal/append.ts'
import { openJournalForWriting } from '../../main/store/journal/journal-file.ts'
import { journalRecord } from '../../main/store/journal/journal-record.fixture.ts'
import { commandLine } from '../command.fixture.ts'
import { progressOf } from '../terminal/terminal.fixture.ts'

test('a search through a large log tells on a terminal how far it is', async () => {
  const line = commandLine()
  const connection = openJournalForWriting(join(line.dataDir, 'journal.db'))
  const { append } = createJournalAppender(connection)
  const records = Array.from({ length: 1000 }, () => journalRecord())
  for (let sequence = 1; sequence <= 110; sequence += 1) append({ session: 'a', sequence }, records)
  connection.close()
  expect(await progressOf(line, 'requests', '--text', 'nobody has this')).toEqual([
    expect.stringMatching(/^Searching: 5\d{4} requests looked at, 0 found$/),
    expect.stringMatching(/^Searching: 10\d{4} requests looked at, 0 found$/),
  ])
})
