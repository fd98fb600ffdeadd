import { hash } from 'node:crypto'
import { expect, onTestFinished, test } from 'vitest'
import { openTestDirectory } from '../../directory/test-directory.fixture.ts'
import { tokenSecretName } from '../../vault/token-secret.ts'
import type { Vault } from '../../vault/vault.ts'
import { createAuthenticator } from './authenticator.ts'

const token = 'rc_a-token-that-is-known'
const prefix = 'rc_a-token'

test('a token that is void is refused although the vault hangs over the hash of the next one', async () => {
  const directory = openTestDirectory()
  onTestFinished(directory.close)
  let hangs = false
  const vault: Vault = {
    kind: 'file',
    get: (name) =>
      hangs
        ? new Promise(() => undefined)
        : Promise.resolve(name === tokenSecretName(prefix) ? hash('sha256', token) : undefined),
    set: () => Promise.resolve(),
    delete: () => Promise.resolve(),
    check: () => Promise.resolve(),
  }
  const issue = (name: string) =>
    directory.administer('issue-token', { slug: 'entra', prefix: name, overlapMs: 0, expiresAt: null })
  issue(prefix)
  const authenticator = createAuthenticator(directory.store, vault)
  await authenticator.refresh()
  const memory = { credentials: undefined }
  const ask = () => authenticator.authenticate(`Bearer ${token}`, Date.now(), memory).kind
  expect(ask()).toBe('accepted')
  hangs = true
  issue('rc_another')
  void authenticator.refresh()
  authenticator.follow()
  expect(ask()).toBe('unknown')
})
