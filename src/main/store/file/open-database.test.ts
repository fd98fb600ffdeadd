import { spawnSync } from 'node:child_process'
import { closeSync, existsSync, openSync, readFileSync, truncateSync, writeFileSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { afterEach, beforeEach, describe, expect, it, onTestFinished } from 'vitest'
import { createDataDir, createTestDirectory } from '../../directory/test-directory.fixture.ts'
import { databaseFileName } from './database-file-names.ts'
import { openReaderConnection, openWriterConnection } from './database-files.ts'
import { newestVersion } from '../migrations/migrate.ts'
import { migrations } from '../migrations/migrations.ts'
import { canMount } from './small-disk.fixture.ts'
import { StoreError } from '../store-error.ts'

let dataDir: string
let file: string
let remove: () => void

beforeEach(() => {
  const created = createDataDir()
  dataDir = created.path
  remove = created.remove
  file = join(dataDir, databaseFileName)
})

afterEach(() => remove())

/** A closed, healthy file with some users in it. */
function createFile(): void {
  const connection = openWriterConnection(dataDir)
  const directory = createTestDirectory(connection)
  directory.execute(
    ...Array.from({ length: 300 }, (_, n) =>
      directory.command('POST', '/Users', { userName: `user${n}`, title: 'x'.repeat(200) }),
    ),
  )
  connection.close()
}

/** What stopped an attempt. Throws when nothing did. */
function troubleOf(attempt: () => unknown): StoreError {
  try {
    attempt()
  } catch (error) {
    if (error instanceof StoreError) return error
    throw error
  }
  throw new Error('it succeeded')
}

function expectOneLine(error: StoreError): void {
  expect(error.message).toContain(dataDir)
  expect(error.message).not.toContain('\n')
}

describe('opening a database file', () => {
  it('creates it with its folder, for its owner alone', () => {
    const nested = join(dataDir, 'a', 'b')
    openWriterConnection(nested).close()
    expect(existsSync(join(nested, databaseFileName))).toBe(true)
  })

  it('finds again what was written, through a reader too', () => {
    createFile()
    for (const open of [openWriterConnection, openReaderConnection]) {
      const connection = open(dataDir)
      expect(connection.prepare('select count(*) from users').pluck().get()).toBe(301)
      connection.close()
    }
  })

  it('does not create anything for a reader', () => {
    expect(troubleOf(() => openReaderConnection(join(dataDir, 'nowhere'))).code).toBe('unreadable')
    expect(existsSync(join(dataDir, 'nowhere'))).toBe(false)
    expect(troubleOf(() => openReaderConnection(dataDir)).code).toBe('unreadable')
    expect(existsSync(file)).toBe(false)
  })

  it('names a folder that is a file', () => {
    writeFileSync(join(dataDir, 'plain'), '')
    expect(troubleOf(() => openWriterConnection(join(dataDir, 'plain'))).message).toMatch(/^[^\n]*plain[^\n]*$/)
  })
})

describe('a file of a newer version', () => {
  it.each(['wal', 'delete'])('is refused by writer and reader and keeps its bytes (journal mode %s)', (mode) => {
    createFile()
    const newer = new Database(file)
    newer.pragma(`journal_mode = ${mode}`)
    newer.pragma(`user_version = ${newestVersion(migrations) + 1}`)
    newer.close()
    const bytes = readFileSync(file)
    for (const open of [openWriterConnection, openReaderConnection]) {
      const error = troubleOf(() => open(dataDir))
      expect(error.code).toBe('newer')
      expectOneLine(error)
      expect(readFileSync(file).equals(bytes)).toBe(true)
    }
  })
})

describe('a damaged file', () => {
  const damages: readonly (readonly [string, () => void])[] = [
    ['holds random bytes', () => writeFileSync(file, crypto.getRandomValues(new Uint8Array(20_000)))],
    ['holds text', () => writeFileSync(file, 'these are not the bytes of a database\n'.repeat(50))],
    ['ends within its header', () => truncateSync(file, 60)],
    ['ends behind its header', () => truncateSync(file, 100)],
    ['ends within its first page', () => truncateSync(file, 1000)],
    ['ends behind its first page', () => truncateSync(file, 4096)],
    ['has lost its magic', () => overwrite(0, 16)],
    ['has lost the root of its schema', () => overwrite(100, 3000)],
  ]

  function overwrite(from: number, length: number): void {
    const descriptor = openSync(file, 'r+')
    writeSync(descriptor, Buffer.alloc(length, 0xa5), 0, length, from)
    closeSync(descriptor)
  }

  it.each(damages)('that %s is refused in one line and keeps its bytes', (_, damage) => {
    createFile()
    damage()
    const bytes = readFileSync(file)
    const error = troubleOf(() => openWriterConnection(dataDir))
    expect(error.code).toBe('damaged')
    expectOneLine(error)
    expect(readFileSync(file).equals(bytes)).toBe(true)
  })

  it('answers a question that meets a damaged page with one line, and others as before', () => {
    createFile()
    const healthy = new Database(file)
    const page =
      healthy.prepare<[], number>("select rootpage from sqlite_schema where name = 'users'").pluck().get() ?? 0
    const size = Number(healthy.pragma('page_size', { simple: true }))
    healthy.close()
    overwrite((page - 1) * size, size)
    const bytes = readFileSync(file)
    const connection = openWriterConnection(dataDir)
    onTestFinished(() => void connection.close())
    const error = troubleOf(() => createTestDirectory(connection))
    expect(error.code).toBe('damaged')
    expectOneLine(error)
    expect(connection.prepare('select count(*) from directories').pluck().get()).toBe(1)
    expect(readFileSync(file).equals(bytes)).toBe(true)
  })

  it('is found by a write whose page is damaged, and nothing of that transaction stays', () => {
    createFile()
    const connection = openWriterConnection(dataDir)
    const directory = createTestDirectory(connection)
    connection.pragma('wal_checkpoint(TRUNCATE)')
    const page =
      connection.prepare<[], number>("select rootpage from sqlite_schema where name = 'user_emails'").pluck().get() ?? 0
    const size = Number(connection.pragma('page_size', { simple: true }))
    connection.pragma('shrink_memory')
    overwrite((page - 1) * size, size)
    const outcomes = directory.execute(
      directory.command('POST', '/Users', { userName: 'without' }),
      directory.command('POST', '/Users', { userName: 'with', emails: [{ value: 'a@b.example' }] }),
    )
    for (const outcome of outcomes)
      expect(outcome).toEqual({
        kind: 'store-error',
        problem: expect.stringMatching(/^The database [^\n]* is damaged\.[^\n]*$/),
      })
    expect(directory.store.users.byUserNameKey(directory.directoryId, 'without')).toBeUndefined()
    expect(directory.request('POST', '/Users', { userName: 'after' }).kind).toBe('answer')
    connection.close()
  })
})

describe.skipIf(!canMount())('a read-only file system (needs the right to mount)', () => {
  function mountReadOnly(): string {
    const { path, remove: removePoint } = createDataDir()
    spawnSync('mount', ['--bind', dataDir, path])
    spawnSync('mount', ['-o', 'remount,ro,bind', path])
    onTestFinished(() => {
      spawnSync('umount', [path])
      removePoint()
    })
    return path
  }

  const readOnly = {
    code: 'read-only',
    message: expect.stringMatching(/^[^\n]* is on a disk that can only be read\. [^\n]*$/),
  }

  it('is named in one line when the file is on it, and the file keeps its bytes', () => {
    createFile()
    const bytes = readFileSync(file)
    const point = mountReadOnly()
    expect(troubleOf(() => openWriterConnection(point))).toMatchObject(readOnly)
    expect(readFileSync(file).equals(bytes)).toBe(true)
  })

  it('is named in one line when the file would be created on it', () => {
    const point = mountReadOnly()
    expect(troubleOf(() => openWriterConnection(point))).toMatchObject(readOnly)
  })

  it('is named in one line when the folder would be created on it', () => {
    const point = mountReadOnly()
    expect(troubleOf(() => openWriterConnection(join(point, 'deeper')))).toMatchObject(readOnly)
  })
})
