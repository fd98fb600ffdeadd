import { hash, timingSafeEqual } from 'node:crypto'
import type { StoreReads } from '../store/store-reads.ts'
import { tokenSecretName } from '../vault/token-secret.ts'
import type { Vault } from '../vault/vault.ts'

/** A token as requests are compared with it. */
interface KnownToken {
  readonly id: number
  readonly integrationId: number
  /** SHA-256, the only form in which a token is kept. */
  readonly hash: Buffer
  readonly expiresAt: number | null
  readonly retiresAt: number | null
  /** Nobody has used it yet, so that its first use ends an overlap. */
  readonly isFresh: boolean
}

export type Authentication =
  | {
      readonly kind: 'accepted'
      readonly tokenId: number
      readonly integrationId: number
      readonly isFirstUse: boolean
    }
  | { readonly kind: 'missing' | 'unknown' | 'expired' }

export interface Authenticator {
  /** Compares a request's Authorization header with the tokens in use. Reads neither vault nor database. */
  authenticate(header: string | undefined, now: number): Authentication
  /** Takes over what changed in the database; a new token's hash is read from the vault. Rejects with `VaultError`. */
  refresh(): Promise<void>
}

const bearer = /^bearer +([^\s]+) *$/i

/** Keeps the tokens' hashes in memory: the vault is read at the start and on change, never for a request. */
export function createAuthenticator(reads: StoreReads, vault: Vault): Authenticator {
  let byHash = new Map<string, KnownToken>()
  let hashes = new Map<number, string>()
  const used = new Set<number>()

  return {
    authenticate(header, now) {
      if (header === undefined) return { kind: 'missing' }
      const token = bearer.exec(header)?.[1]
      if (token === undefined) return { kind: 'missing' }
      const digest = hash('sha256', token, 'buffer')
      const known = byHash.get(digest.toString('latin1'))
      // The map is keyed by a digest that nobody can steer; the comparison itself takes constant time.
      if (!known || !timingSafeEqual(known.hash, digest)) return { kind: 'unknown' }
      const end = Math.min(known.expiresAt ?? Infinity, known.retiresAt ?? Infinity)
      if (now >= end) return { kind: 'expired' }
      const isFirstUse = known.isFresh && !used.has(known.id)
      if (isFirstUse) used.add(known.id)
      return { kind: 'accepted', tokenId: known.id, integrationId: known.integrationId, isFirstUse }
    },
    async refresh() {
      const next = new Map<string, KnownToken>()
      const nextHashes = new Map<number, string>()
      let failure: unknown
      for (const row of reads.tokens.usable()) {
        let digest = hashes.get(row.id)
        try {
          digest ??= await vault.get(tokenSecretName(row.prefix))
        } catch (error) {
          failure = error
        }
        if (digest === undefined) continue
        nextHashes.set(row.id, digest)
        const bytes = Buffer.from(digest, 'hex')
        next.set(bytes.toString('latin1'), {
          id: row.id,
          integrationId: row.integration_id,
          hash: bytes,
          expiresAt: row.expires_at,
          retiresAt: row.state === 'retiring' ? row.retires_at : null,
          isFresh: row.first_used_at === null,
        })
      }
      byHash = next
      hashes = nextHashes
      if (failure !== undefined) throw failure
    },
  }
}
