import { randomUUID } from 'node:crypto'
import { assertName, assertValue } from './entry.ts'
import type { NewVault } from './vault.ts'
import { changeVaultFile, makeVaultFolder, missingVaultFile, readVaultFile, removeVaultFile } from './vault-file.ts'
import type { Secrets } from './vault-file-content.ts'

export interface FileVaultOptions {
  /** The path of `vault.json`; its folder is for its owner alone. */
  readonly file: string
  readonly newToken?: () => string
  /** How long to wait for another process that is writing, in ms. */
  readonly waitMs?: number
  /** The age from which another's lock counts as left over, in ms. */
  readonly staleMs?: number
}

/**
 * Secrets in a JSON file that only its owner can read. Nothing is kept in memory: each call reads the file, so that what
 * another process wrote is seen. A file that was set up and is missing is an error, never an empty vault.
 */
export function createFileVault(options: FileVaultOptions): NewVault {
  const { file, newToken = randomUUID, waitMs = 10_000, staleMs = 5000 } = options
  let last: Promise<void> = Promise.resolve()

  /** One change at a time within the process; the lock file is for other processes. */
  function change(by: (secrets: Secrets | undefined) => Secrets | undefined): Promise<void> {
    const outcome = last.then(() => changeVaultFile({ file, change: by, newToken, waitMs, staleMs }))
    last = outcome.catch(() => undefined)
    return outcome
  }

  function changeExisting(by: (secrets: Secrets) => Secrets | undefined): Promise<void> {
    return change((secrets) => {
      if (secrets === undefined) throw missingVaultFile(file)
      return by(secrets)
    })
  }

  return {
    kind: 'file',

    async check() {
      await readVaultFile(file)
    },

    async prepare() {
      await makeVaultFolder(file)
      await change((secrets) => (secrets === undefined ? new Map() : undefined))
    },

    async dissolve() {
      await removeVaultFile(file)
    },

    async get(name) {
      assertName(name)
      return (await readVaultFile(file)).get(name)
    },

    async set(name, value) {
      assertName(name)
      assertValue(value)
      await changeExisting((secrets) => new Map(secrets).set(name, value))
    },

    async delete(name) {
      assertName(name)
      await changeExisting((secrets) => {
        if (!secrets.has(name)) return undefined
        const rest = new Map(secrets)
        rest.delete(name)
        return rest
      })
    },
  }
}
