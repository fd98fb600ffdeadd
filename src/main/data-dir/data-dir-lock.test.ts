import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { cpSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { hostname, tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { eventually } from '../../../test/eventually.ts'
import { canMount, mountSmallDisk } from '../store/file/small-disk.fixture.ts'
import { DataDirInUse, lockHolder, takeDataDirLock } from './data-dir-lock.ts'

const now = () => Date.now()

function folder(): string {
  const made = mkdtempSync(join(tmpdir(), 'rollcall-lock-'))
  onTestFinished(() => rmSync(made, { recursive: true, force: true }))
  return made
}

const lockFile = (dataDir: string) => join(dataDir, 'rollcall.lock')

function leaveLock(dataDir: string, holder: object): void {
  writeFileSync(lockFile(dataDir), JSON.stringify({ birth: '', since: 1, ...holder }))
}

test('is held by one at a time, and free after its release', () => {
  const dataDir = folder()
  const lock = takeDataDirLock(dataDir, now)
  expect(() => takeDataDirLock(dataDir, now)).toThrow(DataDirInUse)
  expect(lockHolder(dataDir, now())).toMatchObject({ pid: process.pid })
  lock.release()
  expect(lockHolder(dataDir, now())).toBeUndefined()
  expect(() => takeDataDirLock(dataDir, now).release()).not.toThrow()
})

test.runIf(canMount())('a disk that is full keeps no empty lock', () => {
  const disk = mountSmallDisk(64)
  if (!disk) throw new Error('This process may mount, but this time it could not.')
  onTestFinished(() => disk.release())
  const filler = join(disk.path, 'filler')
  expect(() => writeFileSync(filler, Buffer.alloc(128 * 1024))).toThrow(/ENOSPC/)
  expect(() => takeDataDirLock(disk.path, now)).toThrow(/is full/)
  expect(readdirSync(disk.path)).toEqual(['filler'])
  rmSync(filler)
  expect(() => takeDataDirLock(disk.path, now).release()).not.toThrow()
})

test('a lock that was copied with its folder holds the copy not, and holds a folder that was moved', () => {
  const [dataDir, copy, moved] = [folder(), folder(), join(folder(), 'moved')]
  const lock = takeDataDirLock(dataDir, now)
  onTestFinished(() => lock.release())
  cpSync(dataDir, copy, { recursive: true })
  expect(lockHolder(copy, now())).toBeUndefined()
  takeDataDirLock(copy, now).release()
  expect(lockHolder(dataDir, now())).toMatchObject({ pid: process.pid })
  renameSync(dataDir, moved)
  expect(lockHolder(moved, now())).toMatchObject({ pid: process.pid })
})

test('the lock of a process that has ended is taken over', () => {
  const dataDir = folder()
  const { pid } = spawnSync(process.execPath, ['-e', ''])
  leaveLock(dataDir, { pid, host: hostname() })
  expect(lockHolder(dataDir, now())).toBeUndefined()
  expect(() => takeDataDirLock(dataDir, now).release()).not.toThrow()
})

test.runIf(process.platform === 'linux')('a later process with the number of the holder is not taken for it', () => {
  const dataDir = folder()
  leaveLock(dataDir, { pid: process.pid, host: hostname(), birth: 'before the restart' })
  expect(() => takeDataDirLock(dataDir, now).release()).not.toThrow()
})

test.runIf(process.platform === 'linux')(
  'a holder that has ended holds nothing, though its parent never asked how',
  async () => {
    const dataDir = folder()
    const parent = spawn('sh', ['-c', '(exit) & echo $!; exec sleep 60'], { stdio: ['ignore', 'pipe', 'inherit'] })
    onTestFinished(() => void parent.kill())
    const [printed] = await once(parent.stdout, 'data')
    leaveLock(dataDir, { pid: Number(String(printed)), host: hostname() })
    await eventually(
      () => Promise.resolve(lockHolder(dataDir, now())),
      (holder) => holder === undefined,
    )
    expect(() => takeDataDirLock(dataDir, now).release()).not.toThrow()
  },
)

test('a holder on another machine counts while it shows that it lives', () => {
  const dataDir = folder()
  leaveLock(dataDir, { pid: 1, host: 'elsewhere' })
  expect(() => takeDataDirLock(dataDir, now)).toThrow(/elsewhere/)
  const longAgo = new Date(now() - 60_000)
  utimesSync(lockFile(dataDir), longAgo, longAgo)
  takeDataDirLock(dataDir, now).release()
})

test('a holder on another machine whose clock was far ahead when it ended is not waited for until then', () => {
  const dataDir = folder()
  leaveLock(dataDir, { pid: 1, host: 'elsewhere' })
  const showsItself = (inMs: number) => {
    const at = new Date(now() + inMs)
    utimesSync(lockFile(dataDir), at, at)
  }
  showsItself(60_000)
  expect(() => takeDataDirLock(dataDir, now)).toThrow(/elsewhere/)
  showsItself(365 * 86_400_000)
  takeDataDirLock(dataDir, now).release()
})

test('a lock that was cut off by a crash is taken over', () => {
  const dataDir = folder()
  writeFileSync(lockFile(dataDir), '')
  expect(() => takeDataDirLock(dataDir, now).release()).not.toThrow()
})

test('a lock that is just being written is not taken for one', async () => {
  const dataDir = folder()
  const text = JSON.stringify({ pid: 1, host: 'elsewhere', birth: '', since: 1 })
  const slow = `const { openSync, writeSync } = require('node:fs')
    const lock = openSync(process.argv[1], 'wx')
    process.stdout.write('open', () => setTimeout(() => writeSync(lock, process.argv[2]), 30))`
  const writer = spawn(process.execPath, ['-e', slow, lockFile(dataDir), text], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  await once(writer.stdout, 'data')
  expect(() => takeDataDirLock(dataDir, now)).toThrow(/elsewhere/)
})

test('a release leaves the lock of somebody else alone', () => {
  const dataDir = folder()
  const lock = takeDataDirLock(dataDir, now)
  leaveLock(dataDir, { pid: 1, host: 'elsewhere' })
  lock.release()
  expect(readFileSync(lockFile(dataDir), 'utf8')).toContain('elsewhere')
})
