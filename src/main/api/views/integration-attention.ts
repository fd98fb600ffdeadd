import type { Integration } from '../../../contract/integrations.ts'
import type { Attention } from '../../../contract/overview.ts'

const dayMs = 86_400_000

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
