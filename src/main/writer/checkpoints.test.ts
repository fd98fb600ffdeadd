import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { createDataDir } from '../directory/test-directory.fixture.ts'
import { threads } from '../running-engine.fixture.ts'
import { databaseFileName } from '../store/file/database-file-names.ts'
import { startCheckpoints } from './checkpoints.ts'

test('the operator is told when the thread that moves the write-ahead log has ended', async () => {
  const { path: dataDir, remove } = createDataDir()
  onTestFinished(remove)
  writeFileSync(join(dataDir, databaseFileName), 'rubbish'.repeat(2000))
  const told = Promise.withResolvers<string>()
  const checkpoints = startCheckpoints(threads.checkpoints, dataDir, told.resolve)
  expect(await told.promise).toMatch(
    /^The thread that moves the write-ahead log ended \([^\n]*is damaged[^\n]*\)[^\n]*$/,
  )
  await checkpoints.close()
})
