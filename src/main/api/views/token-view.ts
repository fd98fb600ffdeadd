import type { Token } from '../../../contract/tokens.ts'
import { rotationDays } from '../../known-settings.ts'
import type { StoreReads } from '../../store/store-reads.ts'
import type { TokenRow } from '../../store/configuration/tokens.ts'

const dayMs = 86_400_000

/** When a token should be replaced, by the setting `rotation-days`. */
export function rotationDueAt(reads: StoreReads, token: Pick<TokenRow, 'created_at'>): number {
  return token.created_at + rotationDays(reads) * dayMs
}

/** A token as people see it. One whose time is up is expired, whatever the database still says. */
export function tokenView(reads: StoreReads, token: TokenRow, now: number): Token {
  const ends = [token.expires_at, token.state === 'retiring' ? token.retires_at : null].filter((each) => each !== null)
  const state = token.state !== 'void' && ends.some((end) => end <= now) ? 'expired' : token.state
  return {
    prefix: token.prefix,
    state,
    createdAt: token.created_at,
    firstUsedAt: token.first_used_at,
    lastUsedAt: token.last_used_at,
    expiresAt: token.expires_at,
    overlapUntil: token.retires_at,
    voidedAt: token.voided_at,
    dueAt: state === 'active' ? rotationDueAt(reads, token) : null,
  }
}
