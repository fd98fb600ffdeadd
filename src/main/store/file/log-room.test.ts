import { copyFileSync, statSync } from 'node:fs'
import { platform } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { createDataDir } from '../../directory/test-directory.fixture.ts'
import { withoutAutomaticCheckpoints } from './checkpoint.ts'
import { openWriterConnection } from './database-files.ts'
import { prepareLogRoom } from './log-room.ts'
import { withDatabase } from './with-database.ts'

const bounds = { least: 1_000_000, longest: 5_000_000, leftFree: 0 }

function openLog() {
  const dataDir = createDataDir()
  const connection = withoutAutomaticCheckpoints(openWriterConnection(dataDir.path))
  onTestFinished(() => {
    connection.close()
    dataDir.remove()
  })
  connection.exec('create table filler (bytes blob) strict')
  const { extend } = prepareLogRoom(connection, bounds)
  const insert = connection.prepare('insert into filler values (randomblob(?))')
  return {
    connection,
    path: dataDir.path,
    write: (bytes: number) => void insert.run(bytes),
    makeRoom() {
      let pieces = 0
      while (pieces < 100 && extend()) pieces += 1
      return pieces
    },
    fileBytes: () => statSync(join(dataDir.path, 'rollcall.db-wal')).size,
  }
}

/** How many rows somebody finds who opens what the disk holds now, and whether the database is whole. */
function afterCrash(path: string) {
  const copy = createDataDir()
  onTestFinished(copy.remove)
  for (const end of ['', '-wal']) copyFileSync(join(path, `rollcall.db${end}`), join(copy.path, `rollcall.db${end}`))
  return withDatabase(join(copy.path, 'rollcall.db'), false, (connection) => ({
    rows: connection.prepare('select count(*) from filler').pluck().get(),
    whole: connection.pragma('integrity_check', { simple: true }),
  }))
}

describe.skipIf(platform() !== 'linux')('the room ahead of the write-ahead log', () => {
  it('lets a log in use double before its file has to grow', () => {
    const { write, makeRoom, fileBytes } = openLog()
    write(1_000_000)
    expect(makeRoom()).toBeGreaterThan(0)
    const bytes = fileBytes()
    expect(bytes).toBeGreaterThan(3_000_000)
    expect(makeRoom()).toBe(0)
    write(1_000_000)
    expect(fileBytes()).toBe(bytes)
  })

  it('is no part of the log: what is committed before and after it is found after a crash', () => {
    const { path, write, makeRoom } = openLog()
    write(100_000)
    makeRoom()
    expect(afterCrash(path)).toEqual({ rows: 1, whole: 'ok' })
    write(100_000)
    write(100_000)
    expect(afterCrash(path)).toEqual({ rows: 3, whole: 'ok' })
  })

  it('can be made while a transaction has written half of what it will write', () => {
    const { connection, path, write, makeRoom, fileBytes } = openLog()
    connection.pragma('cache_size = 10')
    const before = fileBytes()
    connection.exec('begin immediate')
    write(400_000)
    expect(fileBytes()).toBeGreaterThan(before)
    expect(makeRoom()).toBeGreaterThan(0)
    write(400_000)
    connection.exec('commit')
    expect(afterCrash(path)).toEqual({ rows: 2, whole: 'ok' })
  })

  it('ends where a log begins anew', () => {
    const { write, makeRoom, fileBytes } = openLog()
    write(4_000_000)
    makeRoom()
    const bytes = fileBytes()
    expect(bytes).toBeGreaterThan(bounds.longest)
    expect(bytes).toBeLessThan(bounds.longest + 1_000_000)
    write(4_000_000)
    expect(makeRoom()).toBe(0)
  })

  it('is not made on a disk that has little left, nor where there is no log', () => {
    const { connection, write } = openLog()
    write(1000)
    expect(prepareLogRoom(connection, { ...bounds, leftFree: Number.MAX_SAFE_INTEGER }).extend()).toBe(false)
    const { path, remove } = createDataDir()
    const other = openWriterConnection(path)
    other.pragma('journal_mode = delete')
    onTestFinished(() => {
      other.close()
      remove()
    })
    expect(prepareLogRoom(other, bounds).extend()).toBe(false)
  })
})
