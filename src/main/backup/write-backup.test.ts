import { readdirSync, readFileSync, utimesSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { createDataDir } from '../directory/test-directory.fixture.ts'
import { openWriterConnection } from '../store/file/database-files.ts'
import { canMount, mountSmallDisk } from '../store/file/small-disk.fixture.ts'
import { writeBackup } from './write-backup.ts'

test.runIf(canMount()).each([
  [64, 0],
  // More than SQLite keeps in memory, so that it begins a journal.
  [4096, 60_000],
])(
  'a disk of %i KiB that is too small for a backup is named, and nothing is left on it (needs the right to mount)',
  (kib, rows) => {
    const { path: dataDir, remove } = createDataDir()
    onTestFinished(remove)
    const connection = openWriterConnection(dataDir)
    connection
      .prepare(
        `with recursive numbers (n) as (select 1 union all select n + 1 from numbers where n < ?)
         insert into settings select 'row ' || n, hex(zeroblob(200)) from numbers where ? > 0`,
      )
      .run(rows, rows)
    connection.close()
    const disk = mountSmallDisk(kib)
    if (!disk) throw new Error('it could be mounted before')
    onTestFinished(disk.release)
    const file = join(disk.path, 'backup.db')
    expect(() => writeBackup({ dataDir, file, version: '1.0.0', now: 1, replace: false })).toThrow(
      `The disk that holds ${file} is full. Free some space and try again.`,
    )
    expect(readdirSync(disk.path)).toEqual([])
  },
)

test('a file that is there already is replaced only where that was asked for', () => {
  const { path: dataDir, remove } = createDataDir()
  onTestFinished(remove)
  openWriterConnection(dataDir).close()
  const file = join(dataDir, 'backup.db')
  writeFileSync(file, 'of somebody else')
  const input = { dataDir, file, version: '1.0.0', now: 1 }
  expect(() => writeBackup({ ...input, replace: false })).toThrow(`${file} exists already.`)
  expect(readFileSync(file, 'utf8')).toBe('of somebody else')
  expect(writeBackup({ ...input, replace: true }).file).toBe(file)
  expect(readFileSync(file, 'utf8')).toMatch(/^SQLite format 3/)
  expect(readdirSync(dataDir).filter((name) => name.endsWith('.new'))).toEqual([])
})

test('a database that somebody works with is not replaced', () => {
  const [{ path: dataDir, remove }, other] = [createDataDir(), createDataDir()]
  openWriterConnection(dataDir).close()
  const connection = openWriterConnection(other.path)
  onTestFinished(() => {
    connection.close()
    other.remove()
    remove()
  })
  const file = join(other.path, 'rollcall.db')
  connection.prepare("insert into settings values ('kept', 'yes')").run()
  expect(() => writeBackup({ dataDir, file, version: '1.0.0', now: 1, replace: true })).toThrow(
    `${file} is a database that somebody works with`,
  )
  const again = openWriterConnection(other.path)
  expect(again.prepare("select value from settings where name = 'kept'").pluck().get()).toBe('yes')
  again.close()
})

test('what was left of a backup in whose midst the process was ended goes with the next one, and what is being written stays', () => {
  const { path: dataDir, remove } = createDataDir()
  onTestFinished(remove)
  openWriterConnection(dataDir).close()
  const now = Date.now()
  const left = (name: string, minutesAgo: number) => {
    writeFileSync(join(dataDir, name), '')
    utimesSync(join(dataDir, name), new Date(now), new Date(now - minutesAgo * 60_000))
  }
  const part = '0f3c9f2e-7d1b-4c55-9d0a-3f0c1d2e4b5a.new'
  for (const gone of ['backup.db', 'rollcall-auto-2026-03-04T01-30-00-000Z.db']) left(`${gone}.${part}`, 61)
  left(`backup.db.${part}-journal`, 61)
  const stay = [`rollcall-2026-03-04T01-30-00-000Z.db.${part}`, `other.db.${part}`, 'backup.db.new']
  left(stay[0] ?? '', 59)
  for (const other of stay.slice(1)) left(other, 61)
  writeBackup({ dataDir, file: join(dataDir, 'backup.db'), version: '1.0.0', now, replace: false })
  expect(
    readdirSync(dataDir)
      .filter((name) => name.includes('.new'))
      .toSorted(),
  ).toEqual(stay.toSorted())
})

test('a database of a newer version is told of as itself, and leaves no file', () => {
  const { path: dataDir, remove } = createDataDir()
  onTestFinished(remove)
  const connection = openWriterConnection(dataDir)
  connection.pragma('user_version = 1000')
  connection.close()
  const input = { dataDir, file: join(dataDir, 'backup.db'), version: '1.0.0', now: 1, replace: false }
  expect(() => writeBackup(input)).toThrow(`${join(dataDir, 'rollcall.db')} was written by a newer version of Rollcall`)
  expect(readdirSync(dataDir).filter((name) => name.startsWith('backup'))).toEqual([])
})
