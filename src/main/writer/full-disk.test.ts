import { rmSync, statfsSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import {
  bodyOf,
  createDataDir,
  createTestDirectory,
  idOf,
  type TestDirectory,
} from '../directory/test-directory.fixture.ts'
import { moveLog } from '../store/file/checkpoint.ts'
import { openReaderConnection, openWriterConnection } from '../store/file/database-files.ts'
import { canMount, mountSmallDisk } from '../store/file/small-disk.fixture.ts'
import { prepareStoreReads } from '../store/store-reads.ts'
import type { Outcome } from './command.ts'

const big = 'x'.repeat(20_000)

function addUntilFull(directory: TestDirectory): { readonly added: readonly string[]; readonly last: Outcome } {
  const added: string[] = []
  for (let n = 0; n < 1000; n += 1) {
    const last = directory.request('POST', '/Users', { userName: `user${n}`, title: big })
    if (last.kind !== 'answer') return { added, last }
    added.push(idOf(last))
  }
  throw new Error('the disk never became full')
}

const full = { kind: 'store-error', problem: expect.stringMatching(/^The disk that holds [^\n]* is full\. [^\n]*$/) }

/** Whether a user is there as another connection sees it, which is what counts after a restart. */
function stored(dataDir: string, directory: TestDirectory): readonly string[] {
  const reader = openReaderConnection(dataDir)
  const ids = prepareStoreReads(reader)
    .rosters.users(directory.directoryId, 0, 10_000, false)
    .map((row) => row.id)
  reader.close()
  return ids
}

describe.skipIf(!canMount())('a full disk (needs the right to mount)', () => {
  function openSmallDisk() {
    const disk = mountSmallDisk(3 * 1024)
    if (!disk) throw new Error('it could be mounted before')
    const connection = openWriterConnection(disk.path)
    connection.pragma('wal_autocheckpoint = 0')
    onTestFinished(() => {
      connection.close()
      disk.release()
    })
    return { connection, path: disk.path, directory: createTestDirectory(connection) }
  }

  it('makes the writer answer one line, and leaves what was acknowledged and nothing else', () => {
    const { connection, path, directory } = openSmallDisk()
    const { added, last } = addUntilFull(directory)
    expect(last).toEqual(full)
    expect(stored(path, directory).slice(1)).toEqual(added)
    expect(connection.pragma('integrity_check', { simple: true })).toBe('ok')
    expect(directory.store.lists.total(directory.directoryId, 0)).toBe(added.length)
  })

  it('does not stop the writer from trying to move its log, nor from going on once there is space', () => {
    const { path, directory } = openSmallDisk()
    const ballast = join(path, 'ballast')
    writeFileSync(ballast, Buffer.alloc(1_000_000))
    const { added, last } = addUntilFull(directory)
    expect(last).toEqual(full)
    const { bavail, bsize } = statfsSync(path)
    if (bavail > 0) writeFileSync(join(path, 'rest'), Buffer.alloc(bavail * bsize))
    moveLog(directory.connection)
    expect(directory.request('POST', '/Users', { userName: 'too-early', title: big })).toEqual(full)
    rmSync(join(path, 'rest'), { force: true })
    rmSync(ballast)
    const after = directory.addUser('after', { title: big })
    moveLog(directory.connection)
    expect(stored(path, directory).slice(1)).toEqual([...added, after])
  })
})

describe('a database that may not grow', () => {
  function openLimited() {
    const dataDir = createDataDir()
    const connection = openWriterConnection(dataDir.path)
    onTestFinished(() => {
      connection.close()
      dataDir.remove()
    })
    const directory = createTestDirectory(connection)
    const limit = (more: number) =>
      connection.pragma(`max_page_count = ${Number(connection.pragma('page_count', { simple: true })) + more}`)
    return { directory, limit, path: dataDir.path }
  }

  it('refuses everything that waited together, since all of it was one transaction', () => {
    const { directory, limit, path } = openLimited()
    limit(4)
    const outcomes = directory.execute(
      directory.command('POST', '/Users', { userName: 'small' }),
      directory.command('POST', '/Users', { userName: 'large', title: big.repeat(5) }),
      directory.command('POST', '/Users', { userName: 'small-too' }),
    )
    expect(outcomes).toHaveLength(3)
    for (const outcome of outcomes) expect(outcome).toEqual(full)
    expect(stored(path, directory)).toHaveLength(1)
    limit(10_000)
    expect(directory.request('POST', '/Users', { userName: 'small' }).kind).toBe('answer')
  })

  it('undoes a whole bulk request', () => {
    const { directory, limit, path } = openLimited()
    limit(4)
    const post = (bulkId: string, title: string) => ({
      method: 'POST',
      path: '/Users',
      bulkId,
      data: { userName: bulkId, title },
    })
    expect(directory.bulk([post('first', 'x'), post('second', big.repeat(5)), post('third', 'x')])).toEqual(full)
    expect(stored(path, directory)).toHaveLength(1)
    limit(10_000)
    expect(bodyOf(directory.bulk([post('first', 'x')]))['Operations']).toMatchObject([{ status: '201' }])
  })

  it('forgets the configuration that was undone', () => {
    const { directory, limit } = openLimited()
    limit(4)
    const outcomes = directory.execute(
      {
        kind: 'administration',
        name: 'add-attribute',
        input: { directory: 'main', draft: { name: 'badge', type: 'string', urn: 'urn:example:a:2.0:User' } },
        actor: 'command line',
        now: directory.tick(),
      },
      directory.command('POST', '/Users', { userName: 'large', title: big.repeat(5) }),
    )
    for (const outcome of outcomes) expect(outcome).toEqual(full)
    limit(10_000)
    const added = directory.request('POST', '/Users', { userName: 'a', 'urn:example:a:2.0:User': { badge: 'x' } })
    expect(bodyOf(added)).not.toHaveProperty(['urn:example:a:2.0:User'])
  })
})
