import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { threadBundle } from '../../../../test/thread-bundles.ts'
import { createDataDir } from '../../directory/test-directory.fixture.ts'
import { openWriterConnection } from '../../store/database-files.ts'
import { createConsoleReads } from './console-reads.ts'

test('a backup keeps nobody waiting who looks at the request log', async () => {
  const { path: dataDir, remove } = createDataDir()
  onTestFinished(remove)
  openWriterConnection(dataDir).close()
  const reads = createConsoleReads(threadBundle('console-read-thread'), { dataDir, version: '1.0.0' })
  onTestFinished(() => reads.close())
  await reads.ask('newest-request', undefined)
  const answered: string[] = []
  const file = join(dataDir, 'copy.db')
  await Promise.all([
    reads.ask('back-up', { file, now: 1, replace: false }).then(() => answered.push('backup')),
    reads.ask('newest-request', undefined).then(() => answered.push('log')),
  ])
  expect(answered).toEqual(['log', 'backup'])
  // The thread of the backup has ended with it; another one begins.
  await expect(reads.ask('look-into-backup', { file })).resolves.toMatchObject({ users: 0 })
})
