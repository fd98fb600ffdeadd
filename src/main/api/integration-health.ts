import type { Integration } from '../../contract/integrations.ts'
import type { Attention, Health, IntegrationTraffic } from '../../contract/overview.ts'

const recentMs = 10 * 60_000
/** A lookup that finds nothing, or a conflict, is everyday; so many failures in a row are not. */
const failuresInARow = 5
const dayMs = 86_400_000

/** How an integration does, from what the log shows. */
export function healthOf(
  integration: Integration,
  traffic: IntegrationTraffic,
  now: number,
  isListening: boolean,
): Health {
  if (integration.state === 'disabled') return 'disabled'
  if (integration.state === 'paused') return 'paused'
  if (!isListening) return 'stopped'
  if (integration.token === null || integration.administratorProblem !== null) return 'blocked'
  const { lastRequestAt, lastSuccessAt, failedInARow, failingSince } = traffic
  // A token that was issued after the failures has not been tried yet.
  const isOld = failingSince !== null && lastRequestAt !== null && integration.token.createdAt > lastRequestAt
  if (failedInARow > 0 && !isOld) {
    if (lastSuccessAt === null && integration.token.lastUsedAt === null) return 'refused'
    if (integration.token.lastUsedAt === null || integration.token.lastUsedAt < (failingSince ?? 0)) return 'refused'
    if (failedInARow >= failuresInARow) return 'failing'
  }
  if (lastSuccessAt === null) return 'waiting'
  return now - (lastRequestAt ?? 0) <= recentMs ? 'receiving' : 'quiet'
}

/** What a person should see to about one integration, the most urgent first. */
export function attentionOf(integration: Integration, now: number): readonly Attention[] {
  const { slug, name, token, administratorProblem } = integration
  if (integration.state === 'disabled') return []
  const found: Attention[] = []
  if (administratorProblem !== null) found.push({ kind: 'administrator', slug, name, problem: administratorProblem })
  if (token === null) found.push({ kind: 'no-token', slug, name })
  if (token && token.expiresAt !== null && token.expiresAt - now < 30 * dayMs)
    found.push({ kind: 'token-expires', slug, name, at: token.expiresAt })
  else if (token && token.dueAt - now < 7 * dayMs)
    found.push({ kind: 'token-due', slug, name, createdAt: token.createdAt })
  return found
}
