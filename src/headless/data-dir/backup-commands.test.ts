import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import {
  chmodSync,
  closeSync,
  existsSync,
  openSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
  truncateSync,
  watch,
  writeFileSync,
  writeSync,
} from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { expect, test } from 'vitest'
import { z } from 'zod'
import { program } from '../../../test/command-line.ts'
import { startServer } from '../../../test/server.ts'
import { user } from '../../../test/people.ts'
import { makeCopyLong } from '../../main/backup/long-copy.fixture.ts'
import { threads } from '../../main/running-engine.fixture.ts'
import type { CommandContext } from '../command-context.ts'
import { commandLine, commandLineWithIntegration } from '../command.fixture.ts'
import { createOutput } from '../terminal/output.ts'
import { createProgram } from '../program.ts'

const Names = z.array(z.looseObject({ userName: z.string() })).transform((users) => users.map((each) => each.userName))

test('what was changed after a backup is undone by its restoration, and kept beside', async () => {
  const line = await commandLineWithIntegration()
  const file = line.path('backup.db')
  expect(await line.json('backup', file)).toMatchObject({ file, users: 1, groups: 0, integrations: 1 })
  expect(statSync(file).mode & 0o777).toBe(0o600)
  await line.direct('users', 'import', line.write('people.csv', 'userName\nlate\n'), '--yes')
  const restored = await line.json('restore', file, '--yes')
  expect(restored).toMatchObject({
    users: 1,
    kept: expect.stringContaining('rollcall.db.before-restore-'),
    keptLog: null,
    rotate: [],
  })
  expect(Names.parse(await line.direct('users', 'list'))).toEqual(['admin'])
  const { kept } = z.object({ kept: z.string() }).parse(restored)
  await line.json('restore', kept, '--yes')
  expect(Names.parse(await line.direct('users', 'list'))).toEqual(['admin', 'late'])
})

test('an integration that is made after a restoration is none of those that were made after the backup', async () => {
  const line = commandLine()
  const create = async (name: string) =>
    z.object({ id: z.number() }).parse(await line.direct('integrations', 'create', '--name', name, '--idp', 'entra')).id
  await create('First')
  await line.direct('backup', line.path('monday.db'))
  const lost = await create('Second')
  await line.json('restore', line.path('monday.db'), '--yes')
  expect(await line.direct('integrations', 'list')).toMatchObject([{ slug: 'first' }])
  expect(await create('Second')).toBeGreaterThan(lost)
  expect(await line.direct('integrations', 'list')).toMatchObject([{ slug: 'first' }, { slug: 'second' }])
})

test('a backup of another machine does not get the requests of integrations that have the same numbers here', async () => {
  const [here, there] = [await commandLineWithIntegration(), commandLine()]
  await there.direct('integrations', 'create', '--name', 'Okta', '--idp', 'okta')
  const file = there.path('there.db')
  await there.direct('backup', file)
  const server = await startServer({ on: { dataDir: here.dataDir, integration: here.created } })
  await server.scim.get('/Users')
  await server.stop()
  expect(await here.json('requests')).toMatchObject([{ integrationId: 1, integrationSlug: 'entra-id' }])

  const { kept, keptLog } = z
    .object({ kept: z.string(), keptLog: z.string() })
    .parse(await here.json('restore', file, '--yes'))
  expect(await here.direct('integrations', 'list')).toMatchObject([{ id: 1, slug: 'okta' }])
  expect(await here.json('requests')).toEqual([])
  expect(await here.json('status')).toMatchObject({ integrations: [{ slug: 'okta', lastRequestAt: null, cycles: [] }] })

  await here.json('restore', kept, '--yes')
  renameSync(keptLog, join(here.dataDir, 'journal.db'))
  expect(await here.json('requests')).toMatchObject([{ integrationId: 1, integrationSlug: 'entra-id' }])
})

test('a backup that others may read does not become a database that they may read', async () => {
  const line = commandLine()
  await line.direct('users', 'list')
  const file = line.path('backup.db')
  await line.direct('backup', file)
  chmodSync(file, 0o644)
  await line.json('restore', file, '--yes')
  expect(statSync(join(line.dataDir, 'rollcall.db')).mode & 0o777).toBe(0o600)
})

test('restored on another machine, the tokens that its vault does not know are named', async () => {
  const line = await commandLineWithIntegration()
  const other = commandLine()
  await line.direct('backup', line.path('backup.db'))
  expect(await other.json('restore', line.path('backup.db'), '--yes', '--vault', 'file')).toMatchObject({
    kept: null,
    rotate: ['entra-id'],
  })
  expect(await other.json('tokens', 'rotate', 'entra-id')).toMatchObject({ slug: 'entra-id' })
  expect(await other.json('doctor')).toMatchObject({ ok: true })
})

test('a backup does not go to standard output, and makes no file of that name', async () => {
  const line = await commandLineWithIntegration()
  expect(await line.run('backup', '-')).toMatchObject({
    exitCode: 2,
    stdout: '',
    stderr: expect.stringContaining('Name the file'),
  })
  expect(existsSync('-')).toBe(false)
})

test('a backup never replaces a file unasked', async () => {
  const line = commandLine()
  await line.direct('users', 'list')
  const file = line.write('notes.txt', 'mine')
  expect(await line.run('backup', file)).toMatchObject({ exitCode: 2, stdout: '' })
  expect(statSync(file).size).toBe(4)
  await line.json('backup', file, '--yes')
  expect(statSync(file).size).toBeGreaterThan(4)
})

test('a backup of nothing and one into a missing folder are refused, and leave nothing behind', async () => {
  const line = commandLine()
  expect((await line.run('backup', line.path('backup.db'))).exitCode).toBe(1)
  await line.direct('users', 'list')
  expect((await line.run('backup', line.path('missing/backup.db'))).exitCode).toBe(1)
  expect(existsSync(line.path('backup.db'))).toBe(false)
})

test('a folder is no place for a backup, and an empty name none', async () => {
  const line = commandLine()
  await line.direct('users', 'list')
  for (const args of [[], ['--yes']])
    expect(await line.run('backup', line.path('.'), ...args)).toMatchObject({
      exitCode: 1,
      stderr: expect.stringContaining('is a folder. Name a file in it.'),
    })
  for (const args of [
    ['backup', ''],
    ['restore', ''],
    ['users', 'import', ''],
  ])
    expect(await line.run(...args, '--yes')).toMatchObject({
      exitCode: 2,
      stderr: expect.stringContaining('It is empty.'),
    })
})

test('Ctrl+C leaves nothing of a backup behind', async () => {
  const line = commandLine()
  await line.direct('users', 'list')
  makeCopyLong(line.dataDir)
  const file = line.path('long.db')
  const written = () => readdirSync(line.path('.')).filter((name) => name.startsWith('long.db'))
  const { exitCode, stderr } = await line.interrupt('SIGINT', () => written().length > 0, 'backup', file)
  expect([exitCode, stderr, written()]).toEqual([1, `Stopped: ${file} was not written.\n`, []])
  const { runs } = z.object({ runs: z.array(z.unknown()) }).parse(await line.json('backup', 'list'))
  expect(runs).toEqual([])
})

test.each(['SIGINT', 'SIGTERM'] as const)(
  '%s in the midst of a restoration leaves nothing of it behind, and the data as they were',
  async (signal) => {
    const line = commandLine()
    const file = line.path('backup.db')
    await line.direct('users', 'list')
    await line.direct('backup', file)
    await line.direct('directories', 'create', 'later')
    // Nothing but blanks behind the database, which take their time to be copied.
    truncateSync(file, 4 * 1024 ** 3)
    const names = () => readdirSync(line.dataDir)
    const isCopying = () => names().includes('rollcall.db.restoring')
    expect(await line.interrupt(signal, isCopying, 'restore', file, '--yes')).toEqual({
      exitCode: 1,
      stdout: '',
      stderr: `Stopped: the data in ${line.dataDir} are as they were.\n`,
    })
    expect(names().filter((name) => /restor|lock/.test(name))).toEqual([])
    expect(await line.direct('directories', 'list')).toMatchObject([{ slug: 'main' }, { slug: 'later' }])
  },
)

test('a path that somebody mistypes at a terminal is no backup that failed', async () => {
  const line = commandLine()
  await line.direct('users', 'list')
  const runs = async () => z.object({ runs: z.array(z.unknown()) }).parse(await line.json('backup', 'list')).runs
  const context: CommandContext = {
    dataDir: line.dataDir,
    directory: 'main',
    vault: undefined,
    json: true,
    threads,
    rendererDir: '',
    now: Date.now,
    stdout: createOutput(process.stdout),
    canAsk: true,
    showsProgress: false,
    print: () => undefined,
    say: () => undefined,
    warn: () => undefined,
  }
  const backup = (file: string) =>
    createProgram(() => context).parseAsync(['backup', file, '--data-dir', line.dataDir], { from: 'user' })
  await expect(backup(line.path('missing/backup.db'))).rejects.toThrow('There is no folder')
  expect(await runs()).toEqual([])
  await backup(line.path('backup.db'))
  expect(await runs()).toHaveLength(1)
})

test('a damaged, foreign or newer file is not restored', async () => {
  const line = commandLine()
  await line.direct('users', 'list')
  const before = readdirSync(line.dataDir).filter((name) => !/-(wal|shm)$/.test(name))
  const foreign = new Database(line.path('foreign.db'))
  foreign.exec('create table t (x)')
  foreign.close()
  await line.direct('backup', line.path('newer.db'))
  const newer = new Database(line.path('newer.db'))
  newer.pragma('user_version = 999')
  newer.close()
  for (const file of [
    line.write('text.db', 'no database'),
    line.path('foreign.db'),
    line.path('newer.db'),
    line.path('none.db'),
  ])
    expect(await line.run('restore', file, '--yes')).toMatchObject({
      exitCode: 1,
      stdout: '',
      stderr: expect.stringMatching(/^[^\n]+\n$/),
    })
  expect(readdirSync(line.dataDir).filter((name) => !/-(wal|shm)$/.test(name))).toEqual(before)
})

test('a backup does not go over the files that it is made of', async () => {
  const line = await commandLineWithIntegration()
  for (const name of ['rollcall.db', 'rollcall.db-wal', 'journal.db', 'vault/vault.json']) {
    const ran = await line.run('backup', `${line.dataDir}/${name}`, '--yes')
    expect(ran).toMatchObject({ exitCode: 1, stdout: '', stderr: expect.stringContaining('Choose another name') })
  }
  expect(await line.direct('integrations', 'list')).toHaveLength(1)
  expect(await line.json('backup', `${line.dataDir}/mine.db`)).toMatchObject({ integrations: 1 })
})

test('whoever works on the database, marked or not, keeps a restoration off', async () => {
  const line = await commandLineWithIntegration()
  await line.direct('backup', line.path('backup.db'))
  const other = new Database(`${line.dataDir}/rollcall.db`)
  other.prepare('select count(*) from users').get()
  expect(await line.run('restore', line.path('backup.db'), '--yes')).toMatchObject({
    exitCode: 1,
    stdout: '',
    stderr: expect.stringContaining('Another process works on'),
  })
  other.close()
  expect(await line.json('restore', line.path('backup.db'), '--yes')).toMatchObject({ users: 1 })
})

/** A restore in the midst of which its process stands still. One that was over before it could be halted is begun again. */
async function haltedRestore(
  dataDir: string,
  file: string,
): Promise<{ child: ChildProcess; exited: Promise<unknown[]> }> {
  const lock = join(dataDir, 'restore.lock')
  const isLocked = () => (statSync(lock, { throwIfNoEntry: false })?.size ?? 0) > 0
  const watcher = watch(dataDir)
  try {
    for (;;) {
      const child = spawn(process.execPath, [program, 'restore', file, '--yes', '--data-dir', dataDir], {
        stdio: 'ignore',
      })
      const exited = once(child, 'exit')
      const halt = () => {
        if (isLocked()) child.kill('SIGSTOP')
      }
      watcher.on('change', halt)
      const isOver = exited.then(() => true)
      let hasEnded = false
      while (!hasEnded && !isLocked())
        hasEnded = await Promise.race([isOver, once(watcher, 'change').then(() => false)])
      watcher.off('change', halt)
      halt()
      if (!hasEnded && isLocked()) return { child, exited }
      child.kill('SIGCONT')
      await exited
    }
  } finally {
    watcher.close()
  }
}

test.skipIf(process.platform === 'win32')('nobody begins to work on a database that is being replaced', async () => {
  const line = await commandLineWithIntegration()
  const filler = new Database(join(line.dataDir, 'rollcall.db'))
  filler
    .prepare(
      `with recursive numbers (n) as (select 1 union all select n + 1 from numbers where n < 30000)
       insert into settings select 'row ' || n, hex(zeroblob(200)) from numbers`,
    )
    .run()
  filler.close()
  await line.direct('backup', line.path('backup.db'))
  const { child, exited } = await haltedRestore(line.dataDir, line.path('backup.db'))
  try {
    for (const command of [
      ['integrations', 'create', '--name', 'Late', '--idp', 'okta'],
      ['serve', '--port', '0', '--console-port', '0'],
    ])
      expect(await line.run(...command)).toMatchObject({
        exitCode: 1,
        stdout: '',
        stderr: expect.stringMatching(/^A backup is being restored into .* Try again when that has ended\.\n$/),
      })
  } finally {
    child.kill('SIGCONT')
  }
  expect((await exited)[0]).toBe(0)
  expect(await line.json('integrations', 'create', '--name', 'Late', '--idp', 'okta')).toMatchObject({ slug: 'late' })
})

test('a database that was emptied or taken away is told of, not taken for a new one', async () => {
  const line = await commandLineWithIntegration()
  await line.direct('backup', line.path('backup.db'))
  truncateSync(`${line.dataDir}/rollcall.db`)
  expect(await line.json('integrations', 'list')).toEqual([])
  truncateSync(`${line.dataDir}/rollcall.db`)
  writeFileSync(`${line.dataDir}/journal.db`, 'a log')
  const ran = await line.run('integrations', 'list')
  expect(ran).toMatchObject({ exitCode: 1, stdout: '', stderr: expect.stringContaining('something emptied it') })
  expect((await line.run('doctor')).stdout).toContain('something emptied it')
  expect(statSync(`${line.dataDir}/rollcall.db`).size).toBe(0)
  rmSync(`${line.dataDir}/rollcall.db`)
  expect((await line.run('integrations', 'list')).stderr).toContain('rollcall.db is gone')
  expect((await line.run('doctor')).stdout).toContain('rollcall.db is gone')
  expect(existsSync(`${line.dataDir}/rollcall.db`)).toBe(false)
  expect(await line.json('restore', line.path('backup.db'), '--yes')).toMatchObject({ users: 1 })
})

test('a database with a damaged page is told of in the words of a person', async () => {
  const line = await commandLineWithIntegration()
  const file = join(line.dataDir, 'rollcall.db')
  const database = new Database(file)
  const root = Number(database.prepare("SELECT rootpage FROM sqlite_schema WHERE name = 'tokens'").pluck().get())
  const size = Number(database.pragma('page_size', { simple: true }))
  database.pragma('wal_checkpoint(TRUNCATE)')
  database.close()
  const opened = openSync(file, 'r+')
  writeSync(opened, Buffer.alloc(size, 0xff), 0, size, (root - 1) * size)
  closeSync(opened)
  const damaged = `The database ${file} is damaged. Restore a backup with "rollcall restore FILE".\n`
  expect(await line.run('tokens', 'list', 'entra-id')).toMatchObject({ exitCode: 1, stdout: '', stderr: damaged })
})

test('which tokens are to be rotated is not told while the vault cannot be opened', async () => {
  const line = await commandLineWithIntegration()
  await line.direct('backup', line.path('backup.db'))
  rmSync(join(line.dataDir, 'vault'), { recursive: true })
  expect(await line.json('restore', line.path('backup.db'), '--yes')).toMatchObject({ integrations: 1, rotate: null })
  const ran = await line.run('restore', line.path('backup.db'), '--yes')
  expect(ran).toMatchObject({ exitCode: 0, stdout: expect.stringContaining('rollcall doctor') })
  expect(ran.stderr).toContain('The data is restored, but it is not known which tokens the vault has.')
})

test('a damaged database is replaced all the same', async () => {
  const line = await commandLineWithIntegration()
  await line.direct('backup', line.path('backup.db'))
  line.damageDatabase()
  expect((await line.run('users', 'list')).exitCode).toBe(1)
  expect(await line.json('restore', line.path('backup.db'), '--yes')).toMatchObject({ users: 1, rotate: [] })
  expect(await line.direct('users', 'list')).toHaveLength(1)
})

test('a running server is backed up while it writes, and refuses a restoration', async () => {
  const server = await startServer()
  const line = commandLine()
  try {
    const writing = Promise.all(Array.from({ length: 50 }, () => server.scim.create('/Users', user())))
    await server.rollcall('backup', line.path('backup.db'))
    await writing
    await expect(server.rollcall('restore', line.path('backup.db'), '--yes')).rejects.toThrow(/running/)
    expect((await server.scim.get('/Users')).at('/totalResults')).toBe(50)
  } finally {
    await server.stop()
  }
})

test('a backup leaves how it ended, and what waited to be told then is not told after its restoration', async () => {
  const line = await commandLineWithIntegration()
  const database = () => new Database(`${line.dataDir}/rollcall.db`)
  const lastBackup = () => {
    const open = database()
    const stored = open.prepare<[], string>("select value from settings where name = 'last_backup'").pluck().get()
    open.close()
    return z.object({ problem: z.string().nullable() }).parse(JSON.parse(stored ?? '')).problem
  }
  expect((await line.run('backup', line.path('nowhere/backup.db'))).exitCode).toBe(1)
  expect(lastBackup()).toContain('There is no folder')
  const open = database()
  open
    .prepare(
      `insert into outbox (key, channel, recipient, rule, content, digest, created_at, not_before, state)
       values ('k', 'mail', 'ops@example.com', 'silence', '{}', 0, 1, 1, 'waiting')`,
    )
    .run()
  open.close()
  expect(await line.direct('notify', 'outbox', 'list')).toHaveLength(1)
  await line.json('backup', line.path('backup.db'))
  expect(lastBackup()).toBeNull()
  await line.json('restore', line.path('backup.db'), '--yes')
  expect(await line.json('notify', 'outbox', 'list')).toEqual([])
})
