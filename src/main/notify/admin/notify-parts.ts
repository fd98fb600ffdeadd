import type { Administer } from '../../administration/administer.ts'
import type { StoreReads } from '../../store/store-reads.ts'
import type { Vault } from '../../vault/vault.ts'
import type { Resolve } from '../webhook/resolve-target.ts'

/** What the admin's side of notifications works with. */
export interface NotifyParts {
  readonly reads: StoreReads
  readonly administer: Administer
  /** Opened by the first question that needs it. Rejects with `VaultError`. */
  readonly vault: () => Promise<Vault>
  readonly now: () => number
  /** Whether this process shows notifications on a desktop. */
  readonly hasDesktop: () => boolean
  readonly resolve?: Resolve
}

/** So long a test may take, in ms. */
export const testMs = 45_000
