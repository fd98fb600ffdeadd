import type { AdministrationScope } from '../administration-scope.ts'
import { integrationRow } from './integrations.ts'

/** The row of a new token; the caller has put its hash into the vault under its prefix, before anybody can use it. */
export interface IssuedToken {
  readonly id: number
  readonly voided: readonly number[]
  /** Until when the tokens before it work at most; null when none of them does any more. */
  readonly overlapUntil: number | null
}

/**
 * Issues a token. Those before it are void at once, or with an overlap when the new one is first used and `overlapMs` later at the latest.
 * A token that was retiring already keeps its own end: it may be the one that the IdP uses, where the one after it was never pasted.
 */
export function issueToken(
  scope: AdministrationScope,
  input: {
    readonly slug: string
    readonly prefix: string
    readonly overlapMs: number
    readonly expiresAt: number | null
  },
): IssuedToken {
  const { store, now } = scope
  const integration = integrationRow(scope, input.slug)
  const voided: number[] = []
  let overlapUntil: number | null = null
  for (const token of store.tokens.ofIntegration(integration.id)) {
    if (token.state === 'void') continue
    const isRetiring = token.state === 'retiring' && (token.retires_at ?? 0) > now
    const isActive = token.state === 'active' && (token.expires_at ?? now + 1) > now
    if (input.overlapMs === 0 || !(isRetiring || isActive)) {
      store.tokens.makeVoid(token.id, now)
      voided.push(token.id)
    } else if (!isRetiring) {
      overlapUntil = Math.min(now + input.overlapMs, token.expires_at ?? Number.MAX_SAFE_INTEGER)
      store.tokens.retire(token.id, overlapUntil)
    }
  }
  return { id: store.tokens.insert(integration.id, input.prefix, now, input.expiresAt), voided, overlapUntil }
}

/** Voids every token of an integration; returns their ids. */
export function voidTokens(scope: AdministrationScope, input: { readonly slug: string }): readonly number[] {
  const integration = integrationRow(scope, input.slug)
  const usable = scope.store.tokens.ofIntegration(integration.id).filter((each) => each.state !== 'void')
  for (const token of usable) scope.store.tokens.makeVoid(token.id, scope.now)
  return usable.map((each) => each.id)
}

/** The first use of a token ends the overlap with its predecessors. */
export function tokenFirstUsed(
  scope: AdministrationScope,
  input: { readonly tokenId: number; readonly integrationId: number },
): void {
  const { store, now } = scope
  store.tokens.used(input.tokenId, now)
  for (const token of store.tokens.ofIntegration(input.integrationId))
    if (token.state === 'retiring' && token.id < input.tokenId) store.tokens.makeVoid(token.id, now)
}
