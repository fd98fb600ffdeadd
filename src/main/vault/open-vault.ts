import { join } from 'node:path'
import { unreachable } from '../../scim/unreachable.ts'
import { createFileVault } from './file-vault.ts'
import { createKeychainVault } from './keychain-vault.ts'
import type { Keytar } from './keytar.ts'
import type { Lane } from './lane.ts'
import { type NewVault, type Vault, VaultError, type VaultKind } from './vault.ts'

export interface OpenVaultOptions {
  readonly dataDir: string
  /** Stable id of the data directory: it names the items in the keychain. */
  readonly vaultId: string
  /** What `--vault` says. */
  readonly chosen?: VaultKind | undefined
  /** The kind settled at the first use of this data directory. */
  readonly remembered?: VaultKind | undefined
  /** The admin accepts that the secrets of a lost vault are gone: makes the vault anew instead of failing with code `lost`. */
  readonly renew?: boolean | undefined
  /** How long one call to the keychain may take, in ms. */
  readonly timeoutMs?: number
  readonly loadKeytar?: () => Promise<Keytar>
  readonly lane?: Lane
}

export interface OpenedVault {
  readonly vault: Vault
  /** For the caller to remember before it stores a first secret. */
  readonly kind: VaultKind
  /** One sentence for the admin: why this kind. */
  readonly why: string
}

/** The file that holds the secrets of a data directory whose vault is a file. */
export function vaultFileOf(dataDir: string): string {
  return join(dataDir, 'vault', 'vault.json')
}

/**
 * Opens the vault of a data directory and proves that it is usable. The remembered kind stays; without one the chosen kind is
 * set up; without either the keychain, or the file where no keychain is usable.
 * Throws `VaultError`: a remembered keychain that cannot be used never gives way to a file.
 */
export async function openVault(options: OpenVaultOptions): Promise<OpenedVault> {
  const { chosen, remembered } = options
  if (remembered !== undefined) {
    if (chosen !== undefined && chosen !== remembered) throw contradiction(chosen, remembered)
    const vault = createVault(remembered, options)
    await reopen(vault, options.renew === true)
    return { vault, kind: remembered, why: `This data directory keeps its secrets in the ${remembered}.` }
  }
  if (chosen !== undefined) {
    const vault = createVault(chosen, options)
    await vault.prepare()
    return { vault, kind: chosen, why: `--vault ${chosen} was given.` }
  }
  const keychain = createVault('keychain', options)
  try {
    await keychain.prepare()
    return { vault: keychain, kind: 'keychain', why: 'The keychain of this user is usable.' }
  } catch (error) {
    if (!(error instanceof VaultError)) throw error
    const file = createVault('file', options)
    await file.prepare()
    return { vault: file, kind: 'file', why: `${error.reason}, so secrets are in ${vaultFileOf(options.dataDir)}.` }
  }
}

async function reopen(vault: NewVault, renew: boolean): Promise<void> {
  try {
    await vault.check()
  } catch (error) {
    if (!renew || !(error instanceof VaultError) || error.code !== 'lost') throw error
    await vault.prepare()
  }
}

function contradiction(chosen: VaultKind, remembered: VaultKind): VaultError {
  return new VaultError(
    'contradiction',
    `The secrets of this data directory are in the ${remembered} and stay there, whatever --vault says`,
    `leave --vault out, or set up another data directory with --vault ${chosen} and issue new tokens there`,
  )
}

/** A vault of a kind, not looked at yet. */
export function createVault(kind: VaultKind, options: OpenVaultOptions): NewVault {
  switch (kind) {
    case 'keychain':
      return createKeychainVault({
        vaultId: options.vaultId,
        ...(options.timeoutMs !== undefined && { timeoutMs: options.timeoutMs }),
        ...(options.loadKeytar && { load: options.loadKeytar }),
        ...(options.lane && { lane: options.lane }),
      })
    case 'file':
      return createFileVault({ file: vaultFileOf(options.dataDir) })
    default:
      return unreachable(kind)
  }
}
