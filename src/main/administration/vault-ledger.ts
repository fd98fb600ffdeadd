import type { VaultKind } from '../vault/vault.ts'
import type { AdministrationScope } from './administration-scope.ts'

/** Notes that a secret was written to a vault; false when that vault is not in force any more. */
export function noteSecret(
  { store }: AdministrationScope,
  input: { readonly name: string; readonly kind: VaultKind },
): { readonly isInForce: boolean } {
  if (store.settings.get('vault_kind') !== input.kind) return { isInForce: false }
  store.secretNames.note(input.name)
  return { isInForce: true }
}

export function forgetSecret({ store }: AdministrationScope, input: { readonly name: string }): void {
  store.secretNames.forget(input.name)
}

/** Which vault a new data directory uses; remembered before a first secret is stored. */
export function settleVault({ store, now }: AdministrationScope, input: { readonly kind: VaultKind }): void {
  if (store.settings.get('vault_kind') !== undefined) return
  store.settings.set('vault_kind', input.kind)
  store.settings.set('vault_since', String(now))
}

/** Secrets are being put into another vault, which is not in force yet. */
export function beginVaultMove({ store }: AdministrationScope, input: { readonly to: VaultKind }): void {
  store.settings.set('vault_moving', input.to)
}

/** Puts the other vault in force; `isDone` is false when a secret was written since the copy. */
export function switchVault(
  { store, now }: AdministrationScope,
  input: { readonly to: VaultKind; readonly newest: number },
): { readonly isDone: boolean } {
  if (store.secretNames.newest() > input.newest) return { isDone: false }
  store.settings.set('vault_leaving', store.settings.get('vault_kind') ?? '')
  store.settings.set('vault_moving', '')
  store.settings.set('vault_kind', input.to)
  store.settings.set('vault_since', String(now))
  return { isDone: true }
}

/** No secret is left in a vault that is not in force. */
export function vaultLeft({ store }: AdministrationScope): void {
  store.settings.set('vault_leaving', '')
  store.settings.set('vault_moving', '')
}
