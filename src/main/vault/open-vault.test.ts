import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { FakeKeytar } from './fake-keytar.fixture.ts'
import { createLane } from './lane.ts'
import { openVault, vaultFileOf } from './open-vault.ts'
import type { VaultKind } from './vault.ts'

let dataDir: string
let keytar: FakeKeytar

beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'rollcall-open-vault-'))
  keytar = new FakeKeytar()
})

afterEach(() => rm(dataDir, { recursive: true, force: true }))

function open(settled: { chosen?: VaultKind; remembered?: VaultKind; renew?: boolean } = {}) {
  const lane = createLane()
  return openVault({
    dataDir,
    vaultId: 'id',
    timeoutMs: 20,
    loadKeytar: () => Promise.resolve(keytar),
    lane,
    ...settled,
  })
}

test('takes the keychain where it is usable', async () => {
  const { vault, kind } = await open()
  await vault.set('smtp', 'value')
  expect([kind, vault.kind, keytar.items.get('rollcall:id smtp')]).toEqual(['keychain', 'keychain', 'value'])
  expect(await readdir(dataDir)).toEqual([])
})

test('takes a file where no keychain is usable, and says why', async () => {
  keytar.failure = 'The name org.freedesktop.secrets was not provided by any .service files'
  const { vault, kind, why } = await open()
  await vault.set('smtp', 'value')
  expect(kind).toBe('file')
  expect(why).toBe(`There is no Secret Service on the session bus, so secrets are in ${vaultFileOf(dataDir)}.`)
  expect(await (await open({ remembered: 'file' })).vault.get('smtp')).toBe('value')
})

test('takes a file where the keychain does not answer', async () => {
  keytar.hangs = true
  expect(await open()).toMatchObject({ kind: 'file' })
})

test('stays with a remembered file though the keychain has become usable', async () => {
  await open({ chosen: 'file' })
  expect(await open({ remembered: 'file' })).toMatchObject({ kind: 'file' })
  expect(keytar.items.size).toBe(0)
})

test.each<[string, string, () => void]>([
  ['locked', 'locked', () => (keytar.isLocked = true)],
  ['silent', 'silent', () => (keytar.hangs = true)],
  ['gone', 'unavailable', () => (keytar.failure = 'Cannot autolaunch D-Bus without X11 $DISPLAY')],
  ['another one', 'lost', () => keytar.items.clear()],
])('fails closed, without a file, when the remembered keychain is %s', async (_, code, fail) => {
  await open()
  fail()
  await expect(open({ remembered: 'keychain' })).rejects.toMatchObject({ name: 'VaultError', code })
  expect(await readdir(dataDir)).toEqual([])
})

test('does not fall back from a keychain that was asked for', async () => {
  keytar.isLocked = true
  await expect(open({ chosen: 'keychain' })).rejects.toMatchObject({ code: 'locked' })
  expect(await readdir(dataDir)).toEqual([])
})

test('says what to do when the kind asked for is not the kind in use', async () => {
  await expect(open({ chosen: 'file', remembered: 'keychain' })).rejects.toMatchObject({
    code: 'contradiction',
    message:
      'The secrets of this data directory are in the keychain and stay there, whatever --vault says: leave --vault out, or set up another data directory with --vault file and issue new tokens there.',
  })
})

test('accepts the kind in use being asked for', async () => {
  await open()
  expect(await open({ chosen: 'keychain', remembered: 'keychain' })).toMatchObject({ kind: 'keychain' })
})

test('makes a lost vault anew only when the admin accepts the loss', async () => {
  const first = await open({ chosen: 'file' })
  await first.vault.set('smtp', 'value')
  await rm(vaultFileOf(dataDir))
  await expect(open({ remembered: 'file' })).rejects.toMatchObject({ code: 'lost' })
  const again = await open({ remembered: 'file', renew: true })
  expect(await again.vault.get('smtp')).toBeUndefined()
})

test('does not make a locked keychain anew', async () => {
  await open()
  keytar.isLocked = true
  await expect(open({ remembered: 'keychain', renew: true })).rejects.toMatchObject({ code: 'locked' })
})
