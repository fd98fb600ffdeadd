import type { StoreReads } from '../store/store-reads.ts'
import type { KnownIntegration } from './thread/known-integration.ts'

/** What the journal's thread is told of the integrations, which it cannot look up. */
export function knownIntegrations(reads: StoreReads): readonly KnownIntegration[] {
  return reads.integrations
    .all()
    .map(({ id, slug, idp, enabled, paused_at }) => ({ id, slug, idp, isLetIn: enabled === 1 && paused_at === null }))
}
