import type { OpenedVault } from './open-vault.ts'
import type { Vault, VaultKind } from './vault.ts'

/** The list of what is in the vault, which no keychain gives, and which vault is in force. It is in the database, so that all processes share it. */
export interface SecretLedger {
  /** Undefined before the first use. */
  kind(): VaultKind | undefined
  /** Notes that a secret has been written to the vault of a kind. Resolves to false when that is not in force any more. */
  note(name: string, kind: VaultKind): Promise<boolean>
  forget(name: string): Promise<void>
}

interface Parts {
  readonly ledger: SecretLedger
  /** Opens the vault in force. Rejects with `VaultError`. */
  readonly open: () => Promise<OpenedVault>
}

/** Opens the vault in force, again after it has been moved. */
export type CurrentVault = () => Promise<OpenedVault>

/** The vault in force, whichever it is by now: another process may move it at any moment. Every secret that is written is noted. */
export function createLiveVault({ ledger, open }: Parts): CurrentVault {
  let opened: Promise<OpenedVault> | undefined
  let openedKind: VaultKind | undefined

  async function openNow(): Promise<OpenedVault> {
    const result = await open()
    openedKind = result.kind
    return result
  }

  async function inForce(): Promise<OpenedVault> {
    const kind = ledger.kind()
    if (opened === undefined || (kind !== undefined && openedKind !== undefined && openedKind !== kind)) {
      openedKind = undefined
      opened = openNow()
    }
    const opening = opened
    try {
      return await opening
    } catch (error) {
      // A keychain that is unlocked by now is to be tried again.
      if (opened === opening) opened = undefined
      throw error
    }
  }

  /** What fails, or finds nothing, while the vault is being moved is tried again in the new one. */
  async function whereItIs<Result>(
    use: (vault: Vault) => Promise<Result>,
    isFinal: (result: Result) => boolean,
  ): Promise<Result> {
    for (;;) {
      const { vault, kind } = await inForce()
      try {
        const result = await use(vault)
        if (isFinal(result) || ledger.kind() === kind) return result
      } catch (error) {
        if (ledger.kind() === kind) throw error
      }
    }
  }

  return async () => {
    const { kind, why } = await inForce()
    const vault: Vault = {
      get kind() {
        return ledger.kind() ?? kind
      },
      get: (name) =>
        whereItIs(
          (each) => each.get(name),
          (value) => value !== undefined,
        ),
      async set(name, value) {
        for (;;) {
          const { vault: each, kind: there } = await inForce()
          await each.set(name, value)
          if (await ledger.note(name, there)) return
          // It went into the vault that was left meanwhile; that one is being emptied.
          await each.delete(name).catch(() => undefined)
        }
      },
      async delete(name) {
        await whereItIs(
          (each) => each.delete(name),
          () => false,
        )
        await ledger.forget(name)
      },
      check: () =>
        whereItIs(
          (each) => each.check(),
          () => true,
        ),
    }
    return { vault, kind, why }
  }
}
