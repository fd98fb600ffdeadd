import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { startApi, type RunningApi } from '../api/api.fixture.ts'
import { FakeKeytar } from './fake-keytar.fixture.ts'
import { createFileVault } from './file-vault.ts'
import { createKeychainVault } from './keychain-vault.ts'
import { createLane } from './lane.ts'
import { moveVault, type MoveLedger } from './move-vault.ts'
import { VaultError, type NewVault, type VaultKind } from './vault.ts'

const values = new Map([
  ['token:rc_one', 'first'],
  ['token:rc_two', 'second'],
  ['console-password', 'scrypt$…'],
])

/** The database's part, in memory. */
class Ledger implements MoveLedger {
  kind: VaultKind
  id = 0
  readonly ids = new Map<string, number>()
  moving: VaultKind | undefined
  isLeft = false

  constructor(kind: VaultKind) {
    this.kind = kind
    for (const name of values.keys()) this.write(name)
  }

  write(name: string): void {
    this.id += 1
    this.ids.set(name, this.id)
  }

  readonly names = () => [...this.ids.keys()]
  readonly newest = () => Math.max(0, ...this.ids.values())

  begin(to: VaultKind): Promise<void> {
    this.moving = to
    return Promise.resolve()
  }

  switchTo(to: VaultKind, newest: number): Promise<boolean> {
    if (this.newest() > newest) return Promise.resolve(false)
    this.kind = to
    return Promise.resolve(true)
  }

  left(): Promise<void> {
    this.isLeft = true
    return Promise.resolve()
  }
}

function folder(): string {
  const path = mkdtempSync(join(tmpdir(), 'rollcall-move-'))
  onTestFinished(() => rmSync(path, { recursive: true, force: true }))
  return path
}

async function bothVaults() {
  const keytar = new FakeKeytar()
  const path = join(folder(), 'vault', 'vault.json')
  const keychain = createKeychainVault({ vaultId: 'test', load: () => Promise.resolve(keytar), lane: createLane() })
  const file = createFileVault({ file: path })
  await file.prepare()
  for (const [name, value] of values) await file.set(name, value)
  return { keytar, keychain, file, path }
}

async function allIn(vault: NewVault): Promise<ReadonlyMap<string, string | undefined>> {
  const found = new Map<string, string | undefined>()
  for (const name of values.keys()) found.set(name, await vault.get(name))
  return found
}

test('from the file into the keychain and back, with nothing left behind', async () => {
  const { keytar, keychain, file, path } = await bothVaults()
  const ledger = new Ledger('file')
  expect(await moveVault({ from: file, to: keychain, ledger })).toEqual({ secrets: 3, leftover: undefined })
  expect(ledger).toMatchObject({ kind: 'keychain', isLeft: true })
  expect(await allIn(keychain)).toEqual(values)
  expect(existsSync(path)).toBe(false)
  expect(await moveVault({ from: keychain, to: file, ledger })).toEqual({ secrets: 3, leftover: undefined })
  expect(await allIn(file)).toEqual(values)
  expect(keytar.items.size).toBe(0)
})

test('a locked keychain refuses, and everything is as before', async () => {
  const { keytar, keychain, file } = await bothVaults()
  keytar.isLocked = true
  const ledger = new Ledger('file')
  await expect(moveVault({ from: file, to: keychain, ledger })).rejects.toThrow('locked')
  expect(ledger.kind).toBe('file')
  expect(await allIn(file)).toEqual(values)
})

test('a secret that is written meanwhile is moved too', async () => {
  const { keychain, file } = await bothVaults()
  const ledger = new Ledger('file')
  let isFirst = true
  const busy: NewVault = {
    ...keychain,
    async set(name, value) {
      await keychain.set(name, value)
      if (!isFirst) return
      isFirst = false
      await file.set('token:rc_late', 'late')
      ledger.write('token:rc_late')
    },
  }
  expect(await moveVault({ from: file, to: busy, ledger })).toMatchObject({ secrets: 4 })
  expect(await keychain.get('token:rc_late')).toBe('late')
})

test('a vault that does not give back what it was given is not put in force', async () => {
  const { keychain, file } = await bothVaults()
  const ledger = new Ledger('file')
  const bad: NewVault = { ...keychain, get: () => Promise.resolve('something else') }
  await expect(moveVault({ from: file, to: bad, ledger })).rejects.toThrow('did not come back')
  expect(ledger.kind).toBe('file')
})

/** As if the process ended at so many calls of the parts. */
function dyingAfter(calls: number) {
  let left = calls
  return <Of extends object>(parts: Of): Of =>
    new Proxy(parts, {
      get(target, name, receiver) {
        const value: unknown = Reflect.get(target, name, receiver)
        if (typeof value !== 'function') return value
        return (...args: readonly unknown[]) => {
          left -= 1
          if (left === 0) throw new Error('ended')
          return Reflect.apply(value, target, args)
        }
      },
    })
}

test('wherever it is ended, all secrets are in the vault in force', async () => {
  const outcomes: string[] = []
  while (outcomes.at(-1) !== 'moved') {
    const { keychain, file } = await bothVaults()
    const ledger = new Ledger('file')
    const dying = dyingAfter(outcomes.length + 1)
    const outcome = await moveVault({ from: dying(file), to: dying(keychain), ledger: dying(ledger) }).then(
      () => 'moved',
      (error: unknown) => (error instanceof Error ? error.message : String(error)),
    )
    expect(await allIn(ledger.kind === 'file' ? file : keychain)).toEqual(values)
    outcomes.push(outcome)
  }
  expect(new Set(outcomes)).toEqual(new Set(['ended', 'moved']))
  expect(outcomes.length).toBeGreaterThan(20)
})

async function withKeychain(): Promise<RunningApi & { readonly keytar: FakeKeytar }> {
  const keytar = new FakeKeytar()
  return { ...(await startApi({ loadKeytar: () => Promise.resolve(keytar) })), keytar }
}

test('a running server goes on with the moved secrets: old tokens, new ones, and the password', async () => {
  const { api, scim, slug, as, parts, dataDir, keytar } = await withKeychain()
  await parts.password.set('correct horse battery')
  expect(await api.vault.move({ to: 'keychain' })).toEqual({ secrets: 2, leftover: null })
  expect(await api.vault.status()).toMatchObject({ kind: 'keychain', secrets: 2, file: null, problem: null })
  expect(existsSync(join(dataDir, 'vault', 'vault.json'))).toBe(false)
  expect((await scim.get('/Users')).status).toBe(200)
  const { token } = await api.tokens.rotate({ slug, keepOldDays: null, expiresInDays: null })
  await expect.poll(async () => (await as(token).get('/Users')).status).toBe(200)
  expect(await parts.password.check('correct horse battery')).toBe(true)
  expect([...keytar.items.keys()].some((key) => key.endsWith('console-password'))).toBe(true)
  expect(await api.vault.move({ to: 'file' })).toMatchObject({ secrets: 2 })
  expect(keytar.items.size).toBe(0)
  expect((await as(token).get('/Users')).status).toBe(200)
  await expect(api.vault.move({ to: 'file' })).rejects.toThrow('are in the file already')
})

test('what an interrupted move has left is taken away at the next start, and the secrets stay', async () => {
  const { engine, api, keytar } = await withKeychain()
  const keychain = createKeychainVault({
    vaultId: engine.reads.settings.get('vault_id') ?? '',
    load: () => Promise.resolve(keytar),
    lane: createLane(),
  })
  await engine.administer('begin-vault-move', { to: 'keychain' })
  await keychain.prepare()
  const [name = ''] = engine.reads.secretNames.names()
  await keychain.set(name, 'half')
  await engine.vaultService.tidy()
  expect(keytar.items.size).toBe(0)
  expect(engine.reads.settings.get('vault_moving')).toBe('')
  expect(await api.vault.test()).toMatchObject({ kind: 'file' })
  expect(await api.vault.status()).toMatchObject({ kind: 'file', secrets: 1, problem: null })
})

test('a move into a keychain that cannot be used leaves nothing to be taken away at every start', async () => {
  const { engine, api, keytar } = await withKeychain()
  keytar.isLocked = true
  await expect(api.vault.move({ to: 'keychain' })).rejects.toThrow('locked')
  expect(await engine.vaultService.tidy()).toBeUndefined()
  expect(await api.vault.status()).toMatchObject({ kind: 'file', secrets: 1, problem: null })
})

test('who had the vault open before it was moved writes into the new one', async () => {
  const { engine, api, dataDir, keytar } = await withKeychain()
  const { vault } = await engine.vault()
  const file = join(dataDir, 'vault', 'vault.json')
  await api.vault.move({ to: 'keychain' })
  await vault.set('token:rc_later', 'later')
  expect(await vault.get('token:rc_later')).toBe('later')
  expect([...keytar.items.values()]).toContain('later')
  await expect(createFileVault({ file }).get('token:rc_later')).rejects.toThrow(VaultError)
})
