import type { NewVault, VaultKind } from './vault.ts'
import { VaultError } from './vault.ts'

/** What the database has to say to a move. */
export interface MoveLedger {
  names(): readonly string[]
  /** Rises with every secret that is written. */
  newest(): number
  /** Remembers that secrets are being put there, so that they are taken away again if this ends half-way. */
  begin(to: VaultKind): Promise<void>
  /** Makes it the vault in force, in one transaction. Resolves to false when a secret has been written since `newest`: nothing was changed then. */
  switchTo(to: VaultKind, newest: number): Promise<boolean>
  /** The old vault is empty. */
  left(): Promise<void>
}

export interface MovedVault {
  /** How many secrets were moved. */
  readonly secrets: number
  /** Why the old vault could not be emptied, which is tried again at the next start; the move itself has been made. */
  readonly leftover: string | undefined
}

/** So often is begun anew when somebody keeps writing secrets. */
const mostAttempts = 5

async function copy(from: NewVault, to: NewVault, names: readonly string[]): Promise<number> {
  let copied = 0
  for (const name of names) {
    const value = await from.get(name)
    // Noted, and gone: a token whose removal was interrupted.
    if (value === undefined) continue
    await to.set(name, value)
    copied += 1
  }
  for (const name of names)
    if ((await to.get(name)) !== (await from.get(name)))
      throw new VaultError('failed', 'A secret did not come back as it was put in', 'nothing was moved; try again')
  return copied
}

/**
 * Moves all secrets into another vault: copied and compared first, then the new vault is in force from one transaction on, then the old one is
 * emptied. Ended at any moment, all secrets are in the vault in force. Rejects with `VaultError`, having changed nothing.
 */
export async function moveVault(parts: {
  readonly from: NewVault
  readonly to: NewVault
  readonly ledger: MoveLedger
}): Promise<MovedVault> {
  const { from, to, ledger } = parts
  await from.check()
  // Before anything is remembered: a vault that cannot be used, as a keychain where nobody is signed in, holds nothing to be taken away again.
  await to.prepare()
  await ledger.begin(to.kind)
  let secrets = 0
  let names: readonly string[] = []
  for (let attempt = 1; ; attempt += 1) {
    const newest = ledger.newest()
    names = ledger.names()
    secrets = await copy(from, to, names)
    if (await ledger.switchTo(to.kind, newest)) break
    if (attempt >= mostAttempts)
      throw new VaultError('busy', 'Secrets are being written all the time', 'nothing was moved; try again later')
  }
  return { secrets, leftover: await leave(from, ledger, names) }
}

/** Empties the vault that was left, of what is in the list and of these; resolves to why it could not be. */
export async function leave(
  from: NewVault,
  ledger: MoveLedger,
  names: readonly string[] = [],
): Promise<string | undefined> {
  try {
    await from.dissolve([...new Set([...names, ...ledger.names()])])
    await ledger.left()
    return undefined
  } catch (error) {
    if (!(error instanceof VaultError)) throw error
    return error.message
  }
}
