import { spawnSync } from 'node:child_process'
import { chmodSync, chownSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { expect, test } from 'vitest'
import { program } from '../../test/command-line.ts'
import { commandLine } from './command.fixture.ts'

const nobody = { uid: 65_534, gid: 65_534 }
const asNobody = (...args: readonly string[]) =>
  spawnSync(process.execPath, [program, ...args], { ...nobody, encoding: 'utf8', env: { HOME: '/' } })

/** Whether others may pass through the folder of temporary files, and run the program. */
const canBeNobody = () =>
  process.getuid?.() === 0 &&
  spawnSync('test', ['-x', tmpdir()], nobody).status === 0 &&
  asNobody('--version').status === 0

test.runIf(canBeNobody())(
  'a file in a folder that the user may not enter, such as that of root, is refused in words (needs root)',
  () => {
    const line = commandLine()
    chmodSync(dirname(line.dataDir), 0o755)
    chownSync(line.dataDir, nobody.uid, nobody.gid)
    expect(asNobody('users', 'list', '--data-dir', line.dataDir)).toMatchObject({ status: 0 })
    const closed = line.path('closed')
    mkdirSync(closed, { mode: 0o700 })
    const said = (...args: readonly string[]) => {
      const { status, stdout, stderr } = asNobody(...args, '--data-dir', line.dataDir)
      return { status, stdout, stderr }
    }
    const refused = (stderr: string) => ({ status: 1, stdout: '', stderr: `${stderr}\n` })
    const unwritten = (name: string) => ({
      status: 1,
      stdout: '',
      stderr: expect.stringMatching(new RegExp(`^${join(closed, name)} cannot be written\\. [^\\n]+\\n$`)),
    })
    expect(said('backup', join(closed, 'a.db'))).toEqual(
      refused(`This user may not look into ${closed}. Choose another folder.`),
    )
    expect(said('restore', join(closed, 'a.db'), '--yes')).toEqual(
      refused(`This user may not look into ${closed}. Put the backup elsewhere.`),
    )
    expect(said('requests', '--export', join(closed, 'a.har'))).toEqual(unwritten('a.har'))
    expect(said('user-ids', 'preview', '--domain', 'example.com', '--export', join(closed, 'a.csv'))).toEqual(
      unwritten('a.csv'),
    )
    expect(readdirSync(closed)).toEqual([])
  },
)

test.runIf(canBeNobody())(
  'what keeps a user out is named, be it only a file beside the database, and doctor finds it (needs root)',
  () => {
    const line = commandLine()
    chmodSync(dirname(line.dataDir), 0o755)
    chownSync(line.dataDir, nobody.uid, nobody.gid)
    const on = (...args: readonly string[]) => asNobody(...args, '--data-dir', line.dataDir)
    expect(on('settings', 'set', 'journal-days', '9').status).toBe(0)
    const log = join(line.dataDir, 'rollcall.db-wal')
    const index = join(line.dataDir, 'rollcall.db-shm')
    for (const [closed, others] of [
      [log, index],
      [index, log],
    ] as const) {
      writeFileSync(closed, '', { mode: 0o600 })
      rmSync(others, { force: true })
      const told = new RegExp(
        `^${closed} cannot be (written|opened)\\. It belongs to another user \\(uid 0\\)[^\\n]+\\n$`,
      )
      expect(on('settings', 'set', 'journal-days', '8')).toMatchObject({
        status: 1,
        stderr: expect.stringMatching(told),
      })
      expect(on('doctor')).toMatchObject({
        status: 1,
        stdout: expect.stringContaining(`problem  data directory: ${closed} cannot be written by this user.`),
      })
      rmSync(closed)
    }
  },
)

test.runIf(canBeNobody())('a vault that can be read and not written is a problem to doctor (needs root)', () => {
  const line = commandLine()
  chmodSync(dirname(line.dataDir), 0o755)
  chownSync(line.dataDir, nobody.uid, nobody.gid)
  const on = (...args: readonly string[]) => asNobody(...args, '--data-dir', line.dataDir)
  expect(on('integrations', 'create', '--name', 'Okta', '--idp', 'okta', '--vault', 'file').status).toBe(0)
  const folder = join(line.dataDir, 'vault')
  const found = () =>
    on('doctor')
      .stdout.split('\n')
      .find((each) => / vault: /.test(each))
  expect(found()).toContain('Usable.')
  chmodSync(folder, 0o500)
  expect(found()).toBe(
    `problem  vault: ${folder} cannot be written by this user, so no token can be issued. Give it write access.`,
  )
})
