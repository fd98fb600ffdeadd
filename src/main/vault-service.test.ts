import { mkdirSync, rmdirSync, rmSync, writeFileSync } from 'node:fs'
import { hostname } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { eventually } from '../../test/eventually.ts'
import { startEngine } from './running-engine.fixture.ts'
import { FakeKeytar } from './vault/fake-keytar.fixture.ts'

/** A server whose secrets were moved out of the keychain by a process that ended before that was empty. */
async function afterInterruptedMove() {
  const keychain = new FakeKeytar()
  const loadKeytar = () => Promise.resolve(keychain)
  const running = await startEngine({ loadKeytar })
  await running.engine.administer('set-setting', { name: 'vault_leaving', value: 'keychain' })
  const isTidy = () => !running.engine.reads.settings.get('vault_leaving')
  return { ...running, keychain, loadKeytar, isTidy, lockFile: join(running.dataDir, 'vault-move.lock') }
}

test('what an interrupted move has left is taken away, but not while another process is moving', async () => {
  const { engine, isTidy, lockFile } = await afterInterruptedMove()
  writeFileSync(lockFile, `${process.pid} another ${hostname()}`)
  expect(await engine.vaultService.tidy()).toBeUndefined()
  expect(isTidy()).toBe(false)
  rmSync(lockFile)
  expect(await engine.vaultService.tidy()).toBeUndefined()
  expect(isTidy()).toBe(true)
})

test('a vault that was left and cannot be emptied is named, and emptied another time', async () => {
  const { engine, isTidy, keychain } = await afterInterruptedMove()
  keychain.failure = 'No such interface'
  expect(await engine.vaultService.tidy()).toContain('keychain')
  expect(isTidy()).toBe(false)
  keychain.failure = undefined
  expect(await engine.vaultService.tidy()).toBeUndefined()
  expect(isTidy()).toBe(true)
})

test('what cannot be taken away is told at the start, and harms nothing else', async () => {
  const { engine, dataDir, isTidy, loadKeytar, lockFile } = await afterInterruptedMove()
  // What is in the place of the lock can be neither read nor replaced.
  mkdirSync(lockFile)
  expect(await engine.vaultService.tidy()).toContain('EISDIR')
  const next = await startEngine({ dataDir, loadKeytar })
  await eventually(
    () => Promise.resolve(next.troubles),
    (told) => told.length > 0,
  )
  expect(next.troubles).toEqual([expect.stringMatching(/^What a move of the secrets left behind[^\n]*EISDIR[^\n]*$/)])
  expect((await next.scim.get('/Users')).status).toBe(200)
  rmdirSync(lockFile)
  expect(await engine.vaultService.tidy()).toBeUndefined()
  expect(isTidy()).toBe(true)
})

test('a test of the vault that fails leaves nothing in it', async () => {
  /** Takes what it is given, and does not give it back. */
  class ForgetfulKeytar extends FakeKeytar {
    override getPassword(service: string, account: string): Promise<string | null> {
      return account.startsWith('test:') ? Promise.reject(new Error('timed out')) : super.getPassword(service, account)
    }
  }
  const keychain = new ForgetfulKeytar()
  const { engine } = await startEngine({ vault: 'keychain', loadKeytar: () => Promise.resolve(keychain) })
  const before = engine.vaultService.size()
  await expect(engine.vaultService.test()).rejects.toMatchObject({ code: 'silent' })
  expect(engine.vaultService.size()).toBe(before)
  expect([...keychain.items.keys()].filter((each) => each.includes(' test:'))).toEqual([])
})
