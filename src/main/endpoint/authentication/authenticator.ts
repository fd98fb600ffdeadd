import { hash, timingSafeEqual } from 'node:crypto'
import type { StoreReads } from '../../store/store-reads.ts'
import { tokenSecretName } from '../../vault/token-secret.ts'
import type { Vault } from '../../vault/vault.ts'
import type { ConnectionMemory } from '../request-context.ts'

/** A token as requests are compared with it. */
export interface KnownToken {
  readonly id: number
  readonly integrationId: number
  /** SHA-256, the only form in which a token is kept. */
  readonly hash: Buffer
  /** From when on it is no longer accepted, in ms since the epoch. */
  readonly end: number
  /** Its prefix, where a newer one has replaced it and `end` is that of the overlap. */
  readonly replacedPrefix: string | undefined
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
  | { readonly kind: 'missing' }
  | { readonly kind: 'unknown' }
  | { readonly kind: 'expired'; readonly integrationId: number }
  /** Another token has replaced it, and the overlap of both is over. */
  | { readonly kind: 'replaced'; readonly integrationId: number; readonly prefix: string }

export interface Authenticator {
  /**
   * Compares a request's Authorization header with the tokens in use. Reads neither vault nor database. A connection that sends again what was
   * accepted from it before is not asked to prove it anew, until the tokens in use change.
   */
  authenticate(header: string | undefined, now: number, memory: Pick<ConnectionMemory, 'credentials'>): Authentication
  /** Takes over what changed in the database about the tokens that are known: one that is void by now stops here, whatever the vault does. */
  follow(): void
  /** The same, and reads the hashes of new tokens from the vault. Rejects with `VaultError`. */
  refresh(): Promise<void>
}

const bearer = /^bearer +([^\s]+) *$/i

/** The token that an Authorization header presents (RFC 6750 §2.1); undefined where it presents none. */
export function presentedToken(header: string | undefined): string | undefined {
  return header === undefined ? undefined : bearer.exec(header)?.[1]
}

/** Keeps the tokens' hashes in memory: the vault is read at the start and on change, never for a request. */
export function createAuthenticator(reads: StoreReads, vault: Vault): Authenticator {
  let byHash = new Map<string, KnownToken>()
  let hashes = new Map<number, string>()
  /** Counts up whenever other tokens are in use. */
  let generation = 0
  const used = new Set<number>()

  /** The token that the text is, undefined for none that is known. */
  function find(token: string): KnownToken | undefined {
    const digest = hash('sha256', token, 'buffer')
    const known = byHash.get(digest.toString('latin1'))
    // The map is keyed by a digest that nobody can steer; the comparison itself takes constant time.
    return known && timingSafeEqual(known.hash, digest) ? known : undefined
  }

  function accept(known: KnownToken, now: number): Authentication {
    const { integrationId, replacedPrefix } = known
    if (now >= known.end)
      return replacedPrefix === undefined
        ? { kind: 'expired', integrationId }
        : { kind: 'replaced', integrationId, prefix: replacedPrefix }
    const isFirstUse = known.isFresh && !used.has(known.id)
    if (isFirstUse) used.add(known.id)
    return { kind: 'accepted', tokenId: known.id, integrationId, isFirstUse }
  }

  function follow(): void {
    const next = new Map<string, KnownToken>()
    const nextHashes = new Map<number, string>()
    for (const row of reads.tokens.usable()) {
      const digest = hashes.get(row.id)
      if (digest === undefined) continue
      nextHashes.set(row.id, digest)
      const bytes = Buffer.from(digest, 'hex')
      const expiry = row.expires_at ?? Infinity
      const overlapEnd = (row.state === 'retiring' ? row.retires_at : null) ?? Infinity
      next.set(bytes.toString('latin1'), {
        id: row.id,
        integrationId: row.integration_id,
        hash: bytes,
        end: Math.min(expiry, overlapEnd),
        replacedPrefix: overlapEnd < expiry ? row.prefix : undefined,
        isFresh: row.first_used_at === null,
      })
    }
    byHash = next
    hashes = nextHashes
    generation += 1
  }

  return {
    authenticate(header, now, memory) {
      if (header === undefined) return { kind: 'missing' }
      const { credentials } = memory
      if (credentials?.header === header && credentials.generation === generation) return accept(credentials.token, now)
      const token = presentedToken(header)
      if (token === undefined) return { kind: 'missing' }
      const known = find(token)
      if (!known) return { kind: 'unknown' }
      memory.credentials = { header, generation, token: known }
      return accept(known, now)
    },
    follow,
    async refresh() {
      let failure: unknown
      for (const row of reads.tokens.usable()) {
        if (hashes.has(row.id)) continue
        try {
          const digest = await vault.get(tokenSecretName(row.prefix))
          if (digest !== undefined) hashes.set(row.id, digest)
        } catch (error) {
          failure = error
        }
      }
      follow()
      if (failure !== undefined) throw failure
    },
  }
}
