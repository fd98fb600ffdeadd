import { type ChildProcessByStdio, execFile, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import {
  chmod,
  chown,
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  rename,
  rm,
  stat,
  symlink,
  utimes,
  writeFile,
} from 'node:fs/promises'
import { hostname, tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Readable } from 'node:stream'
import { fileURLToPath } from 'node:url'
import { inspect, promisify } from 'node:util'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { eventually } from '../../../test/eventually.ts'
import { createFileVault } from './file-vault.ts'
import { type NewVault, VaultError } from './vault.ts'
import { withoutVault } from './without-vault.ts'

const fixture = fileURLToPath(new URL('vault-process.fixture.ts', import.meta.url))
const execute = promisify(execFile)

let dataDir: string
let folder: string
let file: string
let vault: NewVault

beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'rollcall-vault-'))
  folder = join(dataDir, 'vault')
  file = join(folder, 'vault.json')
  vault = createFileVault({ file })
  await vault.prepare()
})

afterEach(() => rm(dataDir, { recursive: true, force: true }))

const modeOf = async (path: string) => (await stat(path)).mode & 0o777

test('stores, replaces and removes a secret', async () => {
  await vault.set('smtp', 'first')
  await vault.set('smtp', 'zweites 🔑 "\n')
  expect(await vault.get('smtp')).toBe('zweites 🔑 "\n')
  await vault.delete('smtp')
  expect(await vault.get('smtp')).toBeUndefined()
  await vault.delete('smtp')
  expect(await readdir(folder)).toEqual(['vault.json'])
})

test('is readable by its owner alone, after each change too', async () => {
  expect([await modeOf(folder), await modeOf(file)]).toEqual([0o700, 0o600])
  await vault.set('smtp', 'value')
  expect(await modeOf(file)).toBe(0o600)
})

test('keeps its secrets when it is prepared again', async () => {
  await vault.set('smtp', 'value')
  await vault.prepare()
  expect(await vault.get('smtp')).toBe('value')
})

test('sees what another process changed', async () => {
  const other = createFileVault({ file })
  await vault.set('smtp', 'old')
  expect(await other.get('smtp')).toBe('old')
  await vault.set('smtp', 'new')
  expect(await other.get('smtp')).toBe('new')
})

test('loses no change of two processes that write at once', async () => {
  await Promise.all(['left', 'right'].map((prefix) => execute(process.execPath, [fixture, 'fill', file, prefix])))
  for (const prefix of ['left', 'right'])
    for (let count = 0; count < 25; count += 1)
      expect(await vault.get(`${prefix}-${count}`)).toBe(`value of ${prefix}-${count}`)
  expect(await readdir(folder)).toEqual(['vault.json'])
})

test('loses no change of many callers in one process', async () => {
  const names = Array.from({ length: 30 }, (_, index) => `name-${index}`)
  const other = createFileVault({ file })
  await Promise.all(names.map((name, index) => (index % 2 === 0 ? vault : other).set(name, name)))
  expect(await Promise.all(names.map((name) => vault.get(name)))).toEqual(names)
})

/** Resolves when a process that said that it falls asleep is suspended: what wakes it before that is lost, and it would sleep for ever. */
async function untilAsleep(sleeper: ChildProcessByStdio<null, Readable, null>): Promise<void> {
  await once(sleeper.stdout, 'data')
  await eventually(
    () => readFile(`/proc/${sleeper.pid}/stat`, 'utf8'),
    (status) => /\) T [^)]*$/.test(status),
    10_000,
  )
}

describe('after a crash', () => {
  test('between the new file and its renaming, holds what it held and can be written at once', async () => {
    await vault.set('smtp', 'acknowledged')
    const crashed = spawnSync(process.execPath, [fixture, 'crash', file])
    expect(crashed.signal).toBe('SIGKILL')
    expect((await readdir(folder)).length).toBe(3)

    expect(await vault.get('smtp')).toBe('acknowledged')
    expect(await vault.get('late')).toBeUndefined()
    await vault.set('next', 'value')
    expect(await vault.get('smtp')).toBe('acknowledged')
    expect(await readdir(folder)).toEqual(['vault.json'])
  })

  test.each([
    ['by a process of another host', `1 token elsewhere`],
    ['half written', ''],
    ['whose process number is taken by another process', `${process.pid} token ${hostname()}`],
  ])('breaks a lock left %s, once it is old', async (_, content) => {
    const lock = `${file}.lock`
    await writeFile(lock, content)
    const impatient = createFileVault({ file, waitMs: 20 })
    await expect(impatient.set('smtp', 'value')).rejects.toMatchObject({ code: 'busy' })
    await utimes(lock, 0, 0)
    await impatient.set('smtp', 'value')
    expect(await vault.get('smtp')).toBe('value')
  })

  test('breaks a lock that was left while the clock was far ahead', async () => {
    const lock = `${file}.lock`
    await writeFile(lock, '1 token elsewhere')
    const inAYear = new Date(Date.now() + 365 * 86_400_000)
    await utimes(lock, inAYear, inAYear)
    await createFileVault({ file, waitMs: 20 }).set('smtp', 'value')
    expect(await vault.get('smtp')).toBe('value')
  })

  test.each([
    ['this process itself', `${process.pid} token ${hostname()}`, /^This Rollcall is writing the vault already\b/],
    ['another one', `${process.ppid} token ${hostname()}`, /^Another process \(\d+\) is writing the vault\b/],
    ['one elsewhere', '1 token elsewhere', /^A process of another machine or container is writing the vault\b/],
  ] as const)('says who holds the lock when it is %s', async (_who, content, message) => {
    await writeFile(`${file}.lock`, content)
    const impatient = createFileVault({ file, waitMs: 20 })
    await expect(impatient.set('smtp', 'value')).rejects.toThrow(message)
  })

  test.each(['open', 'rename'])(
    'lets no writer that was suspended before its %s undo what was written meanwhile',
    async (moment) => {
      const sleeper = spawn(process.execPath, [fixture, 'sleep', file, moment], {
        stdio: ['ignore', 'pipe', 'inherit'],
      })
      const ended = once(sleeper, 'exit')
      await untilAsleep(sleeper)
      await utimes(`${file}.lock`, 0, 0)
      await vault.set('tokens', 'of the other')
      sleeper.kill('SIGCONT')
      expect(await ended).toEqual([0, null])
      expect(await vault.get('tokens')).toBe('of the other')
      expect(await vault.get('smtp')).toBe('of the sleeper')
      expect(await readdir(folder)).toEqual(['vault.json'])
    },
  )

  test('lets no writer that was suspended write beside the one that broke its lock', async () => {
    const startSleeper = (moment: string, name: string) =>
      spawn(process.execPath, [fixture, 'sleep', file, moment, name], { stdio: ['ignore', 'pipe', 'inherit'] })
    const first = startSleeper('open', 'first')
    const firstEnded = once(first, 'exit')
    await untilAsleep(first)
    await utimes(`${file}.lock`, 0, 0)
    const second = startSleeper('rename', 'second')
    const secondEnded = once(second, 'exit')
    await untilAsleep(second)

    const turnedBack = once(first.stdout, 'data')
    first.kill('SIGCONT')
    await Promise.race([turnedBack, firstEnded])
    second.kill('SIGCONT')
    expect(await Promise.all([firstEnded, secondEnded])).toEqual([
      [0, null],
      [0, null],
    ])
    expect(await vault.get('first')).toBe('of the sleeper')
    expect(await vault.get('second')).toBe('of the sleeper')
  })
})

/** What the calls say, each different line once. */
async function refusals(): Promise<readonly string[]> {
  const calls = [
    () => vault.check(),
    () => vault.get('smtp'),
    () => vault.set('smtp', 'new'),
    () => vault.delete('smtp'),
  ]
  const lines = new Set<string>()
  for (const call of calls)
    lines.add(
      await call().then(
        () => 'no refusal',
        (error: unknown) => (error instanceof VaultError ? `${error.code}: ${error.message}` : String(error)),
      ),
    )
  return [...lines]
}

describe('refuses in one line', () => {
  beforeEach(() => vault.set('smtp', 'value'))

  test('a file that others can read', async () => {
    await chmod(file, 0o644)
    expect(await refusals()).toEqual([
      `exposed: The vault file ${file} is open to other users (mode 0644): run chmod 600 ${file} and renew what they may have read.`,
    ])
  })

  test('a folder that others can enter', async () => {
    await chmod(folder, 0o750)
    expect(await refusals()).toEqual([
      `exposed: The vault folder ${folder} is open to other users (mode 0750): run chmod 700 ${folder} and renew what they may have read.`,
    ])
  })

  test('a symbolic link in place of the file', async () => {
    const target = join(dataDir, 'elsewhere.json')
    await rename(file, target)
    await symlink(target, file)
    const before = await readFile(target, 'utf8')
    expect(await refusals()).toEqual([
      `exposed: ${file} is a symbolic link where the vault's file should be: put the real file there.`,
    ])
    expect(await readFile(target, 'utf8')).toBe(before)
  })

  test('a symbolic link in place of the folder', async () => {
    const target = join(dataDir, 'elsewhere')
    await rename(folder, target)
    await symlink(target, folder)
    expect(await refusals()).toEqual([
      `exposed: ${folder} is a symbolic link where the vault's folder should be: put the real folder there.`,
    ])
  })

  test.skipIf(process.getuid?.() !== 0)(
    "somebody else's file (skipped unless root, who alone can give one away)",
    async () => {
      await chown(file, 12345, 12345)
      expect(await refusals()).toEqual([
        `exposed: The vault file ${file} belongs to another user (uid 12345): run Rollcall as that user, or give the file to this one (uid 0).`,
      ])
    },
  )

  test.each([
    '',
    '{"version":1,"secrets":{"smtp":"val',
    '[]',
    'null',
    '{"version":1}',
    '{"version":1,"secrets":[]}',
    '{"version":1,"secrets":{"smtp":7}}',
    '{"__proto__":{"version":1,"secrets":{}}}',
  ])('a damaged file, which stays as it is: %s', async (content) => {
    await writeFile(file, content)
    expect(await refusals()).toEqual([`damaged: The vault file ${file} is damaged: ${withoutVault}.`])
    await expect(vault.prepare()).rejects.toMatchObject({ code: 'damaged' })
    expect(await readFile(file, 'utf8')).toBe(content)
    expect(await readdir(folder)).toEqual(['vault.json'])
  })

  test('a damaged file without telling any of it', async () => {
    await writeFile(file, '{"version":1,"secrets":{"smtp":"hunter2" oops')
    const failure = await vault.check().catch((error: unknown) => error)
    expect(inspect(failure)).toContain('is damaged')
    expect(inspect(failure, { depth: 9, showHidden: true })).not.toContain('hunter2')
  })

  test('a file of a newer version', async () => {
    await writeFile(file, '{"version":2}')
    expect(await refusals()).toEqual([
      `damaged: The vault file ${file} was written by a newer version of Rollcall: install that version; nothing was changed.`,
    ])
  })

  test('a file that is missing, and makes no new one', async () => {
    await rm(file)
    expect(await refusals()).toEqual([`lost: The vault file ${file} is missing: ${withoutVault}.`])
    expect(await readdir(folder)).toEqual([])
  })

  test('a folder that is missing', async () => {
    await rm(folder, { recursive: true })
    expect(await refusals()).toEqual([`lost: The folder of the vault file ${file} is missing: ${withoutVault}.`])
  })

  test('something that is not a file', async () => {
    await rm(file)
    await mkdir(file)
    expect(await refusals()).toEqual([
      `exposed: ${file} is something else where the vault's file should be: put the real file there.`,
    ])
  })
})
