import { assertName, assertValue } from './entry.ts'
import { keychainOverdue, toKeychainError } from './keychain-error.ts'
import { type Keytar, loadKeytar } from './keytar.ts'
import { type Lane, processLane } from './lane.ts'
import { type NewVault, VaultError } from './vault.ts'

export interface KeychainVaultOptions {
  /** Stable id of the data directory, so that several of them share a keychain without meeting. */
  readonly vaultId: string
  /** How long one call may take, in ms. */
  readonly timeoutMs?: number
  readonly load?: () => Promise<Keytar>
  readonly lane?: Lane
}

// The canary is there as long as the keychain is open and is the one that was set up. Names of secrets cannot hold a "@".
const canary = '@canary'
const probe = '@probe'
const mark = 'rollcall'

/** Secrets in the keychain of the operating system, one item a secret, under the service `rollcall:<vaultId>`. */
export function createKeychainVault(options: KeychainVaultOptions): NewVault {
  const { timeoutMs = 5000, load = loadKeytar, lane = processLane } = options
  const service = `rollcall:${options.vaultId}`

  async function ask<Answer>(call: (keytar: Keytar) => Promise<Answer>): Promise<Answer> {
    try {
      return await lane.run(
        async () => call(await load()),
        timeoutMs,
        () => keychainOverdue(timeoutMs),
      )
    } catch (error) {
      throw toKeychainError(error)
    }
  }

  const read = (account: string) => ask((keytar) => keytar.getPassword(service, account))
  const write = (account: string, value: string) => ask((keytar) => keytar.setPassword(service, account, value))
  const remove = (account: string) => ask((keytar) => keytar.deletePassword(service, account))

  async function proveWritable(): Promise<void> {
    await write(probe, mark)
    const seen = await read(probe)
    await remove(probe)
    if (seen !== mark)
      throw new VaultError('failed', 'The keychain does not give back what is put into it', 'see that it is unlocked')
  }

  /** A locked keychain answers null for an item that it holds, so null is believed only beside a canary that is seen. */
  async function check(): Promise<void> {
    if ((await read(canary)) !== null) return
    // Writing tells the two apart: a locked keychain refuses it.
    await proveWritable()
    throw new VaultError(
      'lost',
      "Rollcall's items are not in this keychain",
      'run Rollcall as the user and on the machine that set it up, or restore that keychain',
    )
  }

  return {
    kind: 'keychain',
    check,

    async prepare() {
      await proveWritable()
      await write(canary, mark)
    },

    async dissolve(names) {
      for (const name of names) {
        assertName(name)
        await remove(name)
      }
      // Last, so that a keychain that locks half-way is still known to be ours.
      if (!(await remove(canary))) await proveWritable()
    },

    async get(name) {
      assertName(name)
      const value = await read(name)
      if (value !== null) return value
      await check()
      // It may have been unlocked in between.
      return (await read(name)) ?? undefined
    },

    async set(name, value) {
      assertName(name)
      assertValue(value)
      await write(name, value)
    },

    async delete(name) {
      assertName(name)
      if (await remove(name)) return
      await check()
      await remove(name)
    },
  }
}
