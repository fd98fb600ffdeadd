import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { createJournalAppender } from '../../main/store/journal/append.ts'
import { openJournalForWriting } from '../../main/store/journal/journal-file.ts'
import { journalRecord } from '../../main/store/journal/journal-record.fixture.ts'
import { commandLine } from '../command.fixture.ts'
import { progressOf } from '../terminal/terminal.fixture.ts'

/** Begins to count how often the process has its turn for what comes from outside, such as Ctrl+C. */
function countTurns(): () => number {
  let turns = 0
  let next = setImmediate(function count() {
    turns += 1
    next = setImmediate(count)
  })
  onTestFinished(() => clearImmediate(next))
  return () => turns
}

test('a search through a large log tells on a terminal how far it is, and hears signals meanwhile', async () => {
  const line = commandLine()
  const connection = openJournalForWriting(join(line.dataDir, 'journal.db'))
  const { append } = createJournalAppender(connection)
  const records = Array.from({ length: 1000 }, () => journalRecord())
  for (let sequence = 1; sequence <= 110; sequence += 1) append({ session: 'a', sequence }, records)
  connection.close()
  const turns = countTurns()
  expect(await progressOf(line, 'requests', '--text', 'nobody has this')).toEqual([
    expect.stringMatching(/^Searching: 5\d{4} requests looked at, 0 found$/),
    expect.stringMatching(/^Searching: 10\d{4} requests looked at, 0 found$/),
  ])
  expect(turns()).toBeGreaterThan(500)
})
