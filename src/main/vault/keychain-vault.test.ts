import { execFile } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeEach, describe, expect, test } from 'vitest'
import { FakeKeytar } from './fake-keytar.fixture.ts'
import { createKeychainVault } from './keychain-vault.ts'
import { createLane } from './lane.ts'
import type { NewVault } from './vault.ts'

const locked = 'The keychain is locked: unlock it, for instance by signing in to the desktop, then try again.'
const lost =
  "Rollcall's items are not in this keychain: run Rollcall as the user and on the machine that set it up, or restore that keychain."

describe('over a keychain in memory', () => {
  let keytar: FakeKeytar
  let vault: NewVault

  function vaultOf(vaultId: string): NewVault {
    return createKeychainVault({ vaultId, timeoutMs: 20, load: () => Promise.resolve(keytar), lane: createLane() })
  }

  beforeEach(async () => {
    keytar = new FakeKeytar()
    vault = vaultOf('one')
    await vault.prepare()
  })

  test('stores, replaces and removes a secret', async () => {
    await vault.set('smtp', 'first')
    await vault.set('smtp', 'second')
    expect(await vault.get('smtp')).toBe('second')
    await vault.delete('smtp')
    expect(await vault.get('smtp')).toBeUndefined()
    await vault.delete('smtp')
  })

  test('leaves nothing but its canary behind', () => {
    expect([...keytar.items.keys()]).toEqual(['rollcall:one @canary'])
  })

  test('keeps several data directories apart', async () => {
    const other = vaultOf('two')
    await other.prepare()
    await vault.set('smtp', 'of one')
    expect(await other.get('smtp')).toBeUndefined()
  })

  test.each<[string, (vault: NewVault) => Promise<unknown>]>([
    ['get', (of) => of.get('smtp')],
    ['get of an absent name', (of) => of.get('absent')],
    ['set', (of) => of.set('smtp', 'new')],
    ['delete', (of) => of.delete('smtp')],
    ['check', (of) => of.check()],
    ['prepare', (of) => of.prepare()],
  ])('says that it is locked, never that a secret is absent: %s', async (_, use) => {
    await vault.set('smtp', 'kept')
    keytar.isLocked = true
    await expect(use(vault)).rejects.toMatchObject({ name: 'VaultError', code: 'locked', message: locked })
    keytar.isLocked = false
    expect(await vault.get('smtp')).toBe('kept')
  })

  test('finds a secret whose keychain is unlocked between two looks', async () => {
    await vault.set('smtp', 'kept')
    const look = keytar.getPassword.bind(keytar)
    keytar.getPassword = (service, account) => {
      keytar.getPassword = look
      return account === 'smtp' ? Promise.resolve(null) : look(service, account)
    }
    expect(await vault.get('smtp')).toBe('kept')
  })

  test('tells a keychain that lost the items from one that never had them', async () => {
    keytar.items.clear()
    await expect(vault.get('smtp')).rejects.toMatchObject({ code: 'lost', message: lost })
    await expect(vault.delete('smtp')).rejects.toMatchObject({ code: 'lost' })
    await expect(vault.check()).rejects.toMatchObject({ code: 'lost' })
    expect(keytar.items.size).toBe(0)
  })

  test('gives up a keychain that does not answer', async () => {
    keytar.hangs = true
    await expect(vault.get('smtp')).rejects.toMatchObject({
      code: 'silent',
      message: 'The keychain did not answer within 0.02 s: unlock it (it may be showing a prompt), then try again.',
    })
  })

  test.each([
    ['Cannot autolaunch D-Bus without X11 $DISPLAY', 'unavailable', 'There is no session bus'],
    ['Could not connect: No such file or directory', 'unavailable', 'There is no session bus'],
    ['The name org.freedesktop.secrets was not provided by any .service files', 'unavailable', 'no Secret Service'],
    ['The name :1.0 was not provided by any .service files', 'unavailable', 'has stopped'],
    [
      'Object does not exist at path “/org/freedesktop/secrets/collection/login”',
      'locked',
      'no keychain that is unlocked',
    ],
    ['Timeout was reached', 'silent', 'did not answer'],
    ['Der Speicher\n  ist kaputt.', 'failed', 'The keychain failed (Der Speicher ist kaputt):'],
  ])('turns "%s" into one clear line', async (said, code, line) => {
    keytar.failure = said
    const failure = await vault.get('smtp').catch((error: unknown) => error)
    expect(failure).toMatchObject({ name: 'VaultError', code, message: expect.stringContaining(line) })
    expect(String(failure)).not.toContain('\n')
  })

  test.each(['', 'cut\0here', 'half \uD83D pair'])('refuses a value that would not come back: %j', async (value) => {
    await expect(vault.set('smtp', value)).rejects.toMatchObject({ code: 'unsuitable' })
  })

  test.each(['', '@canary', '__proto__', 'a b', 'a\0b'])('refuses a name that could be mistaken: %j', async (name) => {
    await expect(vault.get(name)).rejects.toThrow(TypeError)
  })
})

const folder = await mkdtemp(join(tmpdir(), 'rollcall-keychain-'))
afterAll(() => rm(folder, { recursive: true, force: true }))

const fixture = fileURLToPath(new URL('vault-process.fixture.ts', import.meta.url))
const withKeyring = fileURLToPath(new URL('../../../tools/with-keyring.sh', import.meta.url))

interface Ended {
  readonly status: number | string | null | undefined
  readonly stderr: string
}

/** Runs the command to its end; one that hangs is ended after 15 s, which shows as another status. */
function runProcess(command: readonly string[], environment: NodeJS.ProcessEnv = {}): Promise<Ended> {
  const { DBUS_SESSION_BUS_ADDRESS: _bus, DISPLAY: _display, ...rest } = process.env
  return new Promise((resolve) => {
    const [file = '', ...args] = command
    execFile(file, args, { env: { ...rest, ...environment }, timeout: 15_000 }, (error, _stdout, stderr) =>
      resolve({ status: error === null ? 0 : (error.code ?? error.signal), stderr }),
    )
  })
}

const vaultProcess = [process.execPath, fixture, 'keychain']

/** Runs the process in a keyring of its own, whose daemon it may stop or end. */
const inItsKeyring = (action: string) =>
  runProcess([withKeyring, 'sh', '-c', `"$@" ${action} "$ROLLCALL_KEYRING_PID"`, 'sh', ...vaultProcess])

describe('without a keyring', () => {
  test('says in one line that the library cannot be loaded', async () => {
    await writeFile(join(folder, 'libsecret-1.so.0'), 'not a library')
    const ended = await runProcess([...vaultProcess, 'check'], { LD_LIBRARY_PATH: folder })
    expect(ended).toEqual({
      status: 1,
      stderr: 'The keychain library cannot be loaded: install libsecret (Debian and Ubuntu: libsecret-1-0).\n',
    })
  })
})

const isInKeyring = process.env['ROLLCALL_KEYRING'] === 'unlocked'
const why = 'skipped unless run by tools/with-keyring.sh, which needs gnome-keyring'

describe.skipIf(!isInKeyring)(`over the real Secret Service (${why})`, () => {
  const vault = createKeychainVault({ vaultId: `test-${process.pid}` })

  test('stores, replaces and removes a secret of any text', async () => {
    await vault.prepare()
    await vault.check()
    await vault.set('smtp', 'first')
    await vault.set('smtp', 'Zweites Geheimnis 🔑 '.repeat(500))
    expect(await vault.get('smtp')).toBe('Zweites Geheimnis 🔑 '.repeat(500))
    await vault.delete('smtp')
    expect(await vault.get('smtp')).toBeUndefined()
    await vault.delete('smtp')
  })

  test('answers many callers at once', async () => {
    const names = Array.from({ length: 40 }, (_, index) => `many-${index}`)
    await Promise.all(names.map((name) => vault.set(name, `value of ${name}`)))
    expect(await Promise.all(names.map((name) => vault.get(name)))).toEqual(names.map((name) => `value of ${name}`))
  })

  test('misses its items in a keychain that is not the one set up', async () => {
    const other = createKeychainVault({ vaultId: `never-prepared-${process.pid}` })
    await expect(other.get('smtp')).rejects.toMatchObject({ code: 'lost', message: lost })
  })
})

describe.skipIf(!isInKeyring)(`in a process of its own (${why})`, () => {
  test.each(['prepare', 'check', 'get', 'set', 'delete'])(
    'says in one line that the keychain is locked: %s',
    async (action) => {
      expect(await runProcess([withKeyring, '--locked', ...vaultProcess, action])).toEqual({
        status: 1,
        stderr: `${locked}\n`,
      })
    },
  )

  test('says in one line that there is no session bus', async () => {
    const ended = await runProcess([...vaultProcess, 'check'], { XDG_RUNTIME_DIR: folder })
    expect(ended).toEqual({
      status: 1,
      stderr:
        'There is no session bus to reach the keychain through: run Rollcall inside the session of the user who owns the keychain.\n',
    })
  })

  test('says in one line that no Secret Service is on the bus', async () => {
    const bus = join(folder, 'bus.conf')
    await writeFile(
      bus,
      `<busconfig><type>session</type><listen>unix:tmpdir=${folder}</listen><policy context="default"><allow send_destination="*"/><allow receive_sender="*"/><allow own="*"/></policy></busconfig>`,
    )
    const ended = await runProcess(['dbus-run-session', `--config-file=${bus}`, '--', ...vaultProcess, 'check'])
    expect(ended.status).toBe(1)
    expect(ended.stderr).toContain(
      'There is no Secret Service on the session bus: start one, such as GNOME Keyring or KWallet, and unlock it.\n',
    )
  })

  test('says in one line that the daemon died in between', async () => {
    const { status, stderr } = await inItsKeyring('kill')
    expect(status).toBe(1)
    expect(stderr).toMatch(/^The keychain [^\n]+ try again\.\n$/)
  })

  test('gives up a daemon that hangs and ends with its status while the call is still pending', async () => {
    expect(await inItsKeyring('stop')).toEqual({
      status: 1,
      stderr: 'The keychain did not answer within 1 s: unlock it (it may be showing a prompt), then try again.\n',
    })
  })
})
