import { spawnSync } from 'node:child_process'
import { copyFileSync, readFileSync, readdirSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { expect, onTestFinished, test } from 'vitest'
import { runCommand, runJsonCommand } from '../../test/command-line.ts'
import { canMount, mountSmallDisk } from '../main/store/file/small-disk.fixture.ts'
import { commandLine } from './command.fixture.ts'

/** A disk that can only be read once it has been filled. */
function readOnlyDisk(fill: (folder: string) => void): string {
  const disk = mountSmallDisk(4096)
  if (!disk) throw new Error('this process may not mount')
  onTestFinished(() => disk.release())
  fill(disk.path)
  expect(spawnSync('mount', ['-o', 'remount,ro', disk.path]).status).toBe(0)
  return disk.path
}

const copies = () => readdirSync(tmpdir()).filter((name) => name.startsWith('rollcall-read-'))

test.runIf(canMount())(
  'a data directory on a disk that can only be read is read, with what its log holds, and not changed',
  async () => {
    const line = commandLine()
    await line.json('users', 'list')
    const database = new Database(join(line.dataDir, 'rollcall.db'))
    onTestFinished(() => void database.close())
    database.exec('UPDATE users SET active = 0')
    const dataDir = readOnlyDisk((folder) => {
      for (const name of ['rollcall.db', 'rollcall.db-wal']) copyFileSync(join(line.dataDir, name), join(folder, name))
    })
    const before = copies()
    expect(await runJsonCommand(dataDir, ['users', 'list'])).toMatchObject([{ userName: 'admin', active: false }])
    expect(await runJsonCommand(dataDir, ['requests'])).toEqual([])
    expect(await runJsonCommand(dataDir, ['backup', line.path('backup.db')])).toMatchObject({ users: 1 })
    const refusal = { exitCode: 1, stdout: '', stderr: expect.stringContaining('is on a disk that can only be read.') }
    expect(await runCommand(dataDir, ['users', 'deactivate', 'admin'])).toMatchObject(refusal)
    const doctor = await runCommand(dataDir, ['doctor'])
    expect(doctor.stdout).toContain('it can be looked at, and not served')
    expect(doctor.stdout).toMatch(/ok +database: Whole/)
    expect(copies()).toEqual(before)
  },
)

test.runIf(canMount())('one of an older format there is refused in one line', async () => {
  const dataDir = readOnlyDisk((folder) => {
    const database = new Database(join(folder, 'rollcall.db'))
    database.exec(readFileSync(new URL('../main/store/fixtures/version-1.sql', import.meta.url), 'utf8'))
    database.pragma('user_version = 1')
    database.close()
  })
  const { exitCode, stdout, stderr } = await runCommand(dataDir, ['users', 'list'])
  expect([exitCode, stdout]).toEqual([1, ''])
  expect(stderr).toMatch(
    /^\S+ is of format 1, and cannot be brought to \d+ on a disk that can only be read\. [^\n]+\n$/,
  )
})
