import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { threadBundle } from '../../../../test/thread-bundles.ts'
import { writeBackup } from '../../backup/write-backup.ts'
import { createDataDir } from '../../directory/test-directory.fixture.ts'
import { openWriterConnection } from '../../store/file/database-files.ts'
import { createJournalAppender } from '../../store/journal/append.ts'
import { openJournalForWriting } from '../../store/journal/journal-file.ts'
import { journalRecord } from '../../store/journal/journal-record.fixture.ts'
import { createConsoleReads, type ConsoleReads } from './console-reads.ts'

test('a look into a backup keeps nobody waiting who looks at the request log', async () => {
  const { path: dataDir, remove } = createDataDir()
  onTestFinished(remove)
  openWriterConnection(dataDir).close()
  const reads = createConsoleReads(threadBundle('console-read-thread'), { dataDir, version: '1.0.0' })
  onTestFinished(() => reads.close())
  await reads.ask('newest-request', undefined)
  const answered: string[] = []
  const file = join(dataDir, 'copy.db')
  writeBackup({ dataDir, file, version: '1.0.0', now: 1, replace: false })
  await Promise.all([
    reads.ask('look-into-backup', { file }).then(() => answered.push('backup')),
    reads.ask('newest-request', undefined).then(() => answered.push('log')),
  ])
  expect(answered).toEqual(['log', 'backup'])
  // The thread of the files has ended with it; another one begins.
  await expect(reads.ask('look-into-backup', { file })).resolves.toMatchObject({ users: 0 })
})

/** A data directory whose log has so many requests that a search through them takes a while. */
function openLongLog(): ConsoleReads {
  const { path: dataDir, remove } = createDataDir()
  onTestFinished(remove)
  openWriterConnection(dataDir).close()
  const journal = openJournalForWriting(join(dataDir, 'journal.db'))
  const requests = Array.from({ length: 20_000 }, (_, n) =>
    journalRecord({ at: n, requestId: `r${n}`, requestBody: `${n}` }),
  )
  createJournalAppender(journal).append({ session: 's', sequence: 1 }, requests)
  journal.close()
  const reads = createConsoleReads(threadBundle('console-read-thread'), { dataDir, version: '1.0.0' })
  onTestFinished(() => reads.close())
  return reads
}

const nobody = { filter: [{ field: 'user', value: 'nobody', isExcluded: false }], now: 1 } as const
const nowhere = { filter: [{ field: 'text', value: 'nowhere', isExcluded: false }], now: 1 } as const
const sorting = { order: 'took', descending: true, upTo: 20_000, offset: 0, limit: 10 } as const

test('a search through all bodies of the log keeps nobody waiting who asks something short', async () => {
  const reads = openLongLog()
  await reads.ask('newest-request', undefined)
  const answered: string[] = []
  const note = (name: string) => () => void answered.push(name)
  await Promise.all([
    reads.ask('request-page', { ...nowhere, before: null, limit: 10 }).then(note('search')),
    reads.ask('requests-sorted', { ...nowhere, ...sorting }).then(note('sorted search')),
    reads.ask('request-count', nobody).then(note('count')),
    reads.ask('newest-request', undefined).then(note('short')),
  ])
  expect(new Set(answered.slice(0, 2))).toEqual(new Set(['count', 'short']))
})

test('a search that nobody waits for any more is given up, and the next one is answered', async () => {
  const reads = openLongLog()
  const ended = new AbortController()
  const search = reads.ask('request-page', { ...nowhere, before: null, limit: 10 }, ended.signal)
  ended.abort(new Error('looked elsewhere'))
  await expect(search).rejects.toThrow('looked elsewhere')
  await expect(reads.ask('newest-request', undefined, ended.signal)).rejects.toThrow('looked elsewhere')
  await expect(reads.ask('request-count', nobody)).resolves.toMatchObject({ count: 0, isExact: true, total: 20_000 })
})
