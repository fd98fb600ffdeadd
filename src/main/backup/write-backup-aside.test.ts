import { mkdirSync, readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { threadBundle } from '../../../test/thread-bundles.ts'
import { createDataDir } from '../directory/test-directory.fixture.ts'
import { openWriterConnection } from '../store/file/database-files.ts'
import { makeCopyLong } from './long-copy.fixture.ts'
import { writeBackupAside } from './write-backup-aside.ts'

test('a backup tells how far it is, and one that is stopped leaves nothing behind', async () => {
  const { path: dataDir, remove } = createDataDir()
  onTestFinished(remove)
  openWriterConnection(dataDir).close()
  makeCopyLong(dataDir)
  const names = () => readdirSync(dataDir).filter((name) => name.startsWith('copy'))
  const stop = new AbortController()
  const input = { dataDir, file: join(dataDir, 'copy.db'), version: '1.0.0', now: 1, replace: false }
  const told: number[] = []
  const stopped = writeBackupAside(threadBundle('backup-thread'), input, {
    signal: stop.signal,
    onProgress(bytes) {
      told.push(bytes)
      if (bytes > 0) stop.abort(new Error('enough'))
    },
  })
  await expect(stopped).rejects.toThrow('enough')
  expect(told.at(-1)).toBeGreaterThan(0)
  expect(names()).toEqual([])
  // The thread that was left behind cannot finish it.
  const written = await writeBackupAside(threadBundle('backup-thread'), input, {
    signal: new AbortController().signal,
    onProgress: () => undefined,
  })
  expect(written).toMatchObject({ file: input.file, users: 0, label: { version: '1.0.0' } })
  expect(names()).toEqual(['copy.db'])
})

test('a backup that is stopped and cannot be taken back says why', async () => {
  const { path: dataDir, remove } = createDataDir()
  onTestFinished(remove)
  openWriterConnection(dataDir).close()
  makeCopyLong(dataDir)
  const stop = new AbortController()
  const input = { dataDir, file: join(dataDir, 'copy.db'), version: '1.0.0', now: 1, replace: false }
  const stopped = writeBackupAside(threadBundle('backup-thread'), input, {
    signal: stop.signal,
    onProgress() {
      if (stop.signal.aborted) return
      // What nobody can remove as a file.
      const begun = readdirSync(dataDir).find((name) => /^copy\.db\..*\.new$/.test(name))
      if (begun === undefined) return
      rmSync(join(dataDir, begun))
      mkdirSync(join(dataDir, begun))
      stop.abort(new Error('enough'))
    },
  })
  // By whom of the two it is told depends on who meets it first.
  await expect(stopped).rejects.toThrow(/\b(?:EISDIR|EPERM)\b/)
})
