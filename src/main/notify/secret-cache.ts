import { Secret } from '../secret.ts'
import type { Vault } from '../vault/vault.ts'

/** Secrets of the vault as they were at a version that the caller names: the vault is asked on change, not for every message. */
export interface SecretCache {
  /** Rejects with `VaultError`. Undefined where the vault surely has none of that name. */
  get(name: string, version: string): Promise<Secret | undefined>
}

export function createSecretCache(vault: () => Promise<Vault>): SecretCache {
  const known = new Map<string, { readonly version: string; readonly secret: Secret }>()
  return {
    async get(name, version) {
      const cached = known.get(name)
      if (cached?.version === version) return cached.secret
      const value = await (await vault()).get(name)
      if (value === undefined) return undefined
      const secret = new Secret(value)
      known.set(name, { version, secret })
      return secret
    },
  }
}
