import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { createJournalAppender } from '../../main/store/journal/append.ts'
import { openJournalForWriting } from '../../main/store/journal/journal-file.ts'
import { journalRecord } from '../../main/store/journal/journal-record.fixture.ts'
import { commandLine } from '../command.fixture.ts'
import { progressOf } from '../terminal/terminal.fixture.ts'

/** Fills the log with requests whose bodies take some time to write, in MB. */
function fillLog(dataDir: string, megabytes: number): void {
  const connection = openJournalForWriting(join(dataDir, 'journal.db'))
  const { append } = createJournalAppender(connection)
  const records = Array.from({ length: 100 }, () => journalRecord({ responseBody: 'x'.repeat(10_000) }))
  for (let sequence = 1; sequence <= megabytes; sequence += 1) append({ session: 'a', sequence }, records)
  connection.close()
}

test('Ctrl+C leaves nothing of an export behind', async () => {
  const line = commandLine()
  await line.json('users', 'list')
  fillLog(line.dataDir, 300)
  const file = line.path('all.har')
  const exported = () => readdirSync(line.path('.')).filter((name) => name.startsWith('all.har'))
  const hasBegun = () => exported().length > 0
  const { exitCode, stderr } = await line.interrupt('SIGINT', hasBegun, 'requests', '--export', file)
  expect([exitCode, stderr, exported()]).toEqual([1, `Stopped: ${file} was not written.\n`, []])
})

test('a long export tells on a terminal how far it is', async () => {
  const line = commandLine()
  fillLog(line.dataDir, 25)
  const shown = await progressOf(line, 'requests', '--export', line.path('all.ndjson'))
  expect(shown).toContain('Exporting: 2000 requests, up to 1970-01-01T00:00:00.000Z')
})

test('an export that finds nothing in a large log says that it goes on, and hears signals meanwhile', async () => {
  const line = commandLine()
  fillLog(line.dataDir, 200)
  let turns = 0
  const counting = setInterval(() => (turns += 1), 0)
  onTestFinished(() => clearInterval(counting))
  const search = ['requests', '--export', line.path('none.har'), '--text', 'nobody has this']
  expect(await progressOf(line, ...search)).toEqual(['Exporting: 0 requests found so far'])
  expect(turns).toBeGreaterThan(100)
})
