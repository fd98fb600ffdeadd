import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { FakeKeytar } from './fake-keytar.fixture.ts'
import { createFileVault } from './file-vault.ts'
import { createKeychainVault } from './keychain-vault.ts'
import { createLane } from './lane.ts'
import { createLiveVault, type SecretLedger } from './live-vault.ts'
import type { VaultKind } from './vault.ts'

test('a secret that is written while the vault is being moved goes into the one that is in force in the end', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'rollcall-live-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  const keytar = new FakeKeytar()
  const keychain = createKeychainVault({ vaultId: 'test', load: () => Promise.resolve(keytar), lane: createLane() })
  const file = createFileVault({ file: join(folder, 'vault', 'vault.json') })
  await file.prepare()
  let kind: VaultKind = 'file'
  const noted: string[] = []
  const ledger: SecretLedger = {
    kind: () => kind,
    async note(name, into) {
      // Another process moves the vault between the writing of the secret and its note.
      if (kind === 'file') {
        await keychain.prepare()
        kind = 'keychain'
      }
      if (into === kind) noted.push(name)
      return into === kind
    },
    forget: () => Promise.resolve(),
  }
  const current = createLiveVault({
    ledger,
    open: () => Promise.resolve({ vault: kind === 'file' ? file : keychain, kind, why: '' }),
  })
  const { vault } = await current()
  await vault.set('token:rc_late', 'late')
  expect(await keychain.get('token:rc_late')).toBe('late')
  expect(await file.get('token:rc_late')).toBeUndefined()
  expect(noted).toEqual(['token:rc_late'])
})
