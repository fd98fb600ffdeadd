import { statSync } from 'node:fs'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { createDataDir } from '../../directory/test-directory.fixture.ts'
import { type LogBounds, moveLog, prepareLogEnd, withoutAutomaticCheckpoints } from './checkpoint.ts'
import { openReaderConnection, openWriterConnection } from './database-files.ts'

const bounds: LogBounds = { long: 200_000, rest: 20_000, hard: 2_000_000 }
const kept = 400_000

/** A store whose log is moved by whom the test tells to, and by nobody else. */
function openLog() {
  const dataDir = createDataDir()
  const writer = withoutAutomaticCheckpoints(openWriterConnection(dataDir.path))
  const beside = withoutAutomaticCheckpoints(openWriterConnection(dataDir.path))
  const reader = openReaderConnection(dataDir.path)
  onTestFinished(() => {
    for (const connection of [reader, beside, writer]) connection.close()
    dataDir.remove()
  })
  writer.exec('create table filler (bytes blob) strict')
  const insert = writer.prepare('insert into filler values (zeroblob(?))')
  const state = beside.prepare<[], { log: number; checkpointed: number }>('pragma wal_checkpoint(NOOP)')
  const pageSize = Number(writer.pragma('page_size', { simple: true }))
  return {
    write: (bytes: number) => void insert.run(bytes),
    moveBeside: () => moveLog(beside),
    log: prepareLogEnd(writer, bounds, kept),
    reader,
    fileBytes: () => statSync(join(dataDir.path, 'rollcall.db-wal')).size,
    length: () => (state.get()?.log ?? 0) * pageSize,
    moved: () => (state.get()?.checkpointed ?? 0) * pageSize,
    rows: () => Number(reader.prepare('select count(*) from filler').pluck().get()),
  }
}

test('a long log begins anew once what is left of it is little', () => {
  const { write, moveBeside, log, length, rows } = openLog()
  write(300_000)
  expect(log.isLong()).toBe(true)
  moveBeside()
  write(1000)
  expect(log.isLong()).toBe(false)
  expect(log.shorten()).toBe(false)
  write(1000)
  expect(length()).toBeLessThan(bounds.rest)
  expect(rows()).toBe(3)
})

test('a short log is left alone', () => {
  const { write, moveBeside, log, length, moved } = openLog()
  write(10_000)
  moveBeside()
  write(1000)
  const before = moved()
  expect(length()).toBeLessThan(bounds.long)
  expect(log.shorten()).toBe(false)
  expect(moved()).toBe(before)
})

test('a long log of which much is left is left to the checkpoint beside, until it is far too long', () => {
  const { write, log, length, moved } = openLog()
  write(300_000)
  expect(log.shorten()).toBe(false)
  expect(moved()).toBe(0)
  write(2_000_000)
  expect(log.shorten()).toBe(false)
  write(1000)
  expect(length()).toBeLessThan(bounds.rest)
})

test('somebody who reads from a long log is told of, keeps what is read, and is waited for no longer than a moment', () => {
  const { write, moveBeside, log, reader, length, rows } = openLog()
  write(300_000)
  reader.exec('begin')
  expect(rows()).toBe(1)
  moveBeside()
  write(1000)
  expect(log.shorten()).toBe(true)
  write(1000)
  expect(length()).toBeGreaterThan(bounds.long)
  expect(rows()).toBe(1)
  reader.exec('commit')
  moveBeside()
  expect(log.shorten()).toBe(false)
  write(1000)
  expect(length()).toBeLessThan(bounds.rest)
  expect(rows()).toBe(4)
})

test('the file of a log that somebody let grow for long is cut back once it begins anew', () => {
  const { write, moveBeside, log, reader, fileBytes, rows } = openLog()
  write(300_000)
  reader.exec('begin')
  expect(rows()).toBe(1)
  write(3_000_000)
  moveBeside()
  expect(fileBytes()).toBeGreaterThan(3_000_000)
  reader.exec('commit')
  moveBeside()
  write(1000)
  log.shorten()
  write(1000)
  expect(fileBytes()).toBeLessThanOrEqual(kept)
  expect(rows()).toBe(4)
})
