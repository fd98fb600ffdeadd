import type { IntegrationStatus } from '../../../contract/provisioning.ts'
import { unreachable } from '../../unreachable.ts'

export interface NextStep {
  readonly label: string
  readonly href: string
}

/** The next thing to do about an integration's state, where there is one. */
export function nextStepOf({ slug, state, refusals, failing }: IntegrationStatus): NextStep | undefined {
  const at = `/integrations/${slug}`
  switch (state) {
    case 'not set up':
      return { label: 'Issue a token', href: `${at}/tokens` }
    case 'waiting':
      return { label: 'Continue set-up', href: `${at}/setup` }
    case 'degraded':
      return refusals === null
        ? { label: 'See who fails', href: `/status/${slug}#failing` }
        : { label: 'Look at its tokens', href: `${at}/tokens` }
    case 'silent':
      return { label: 'See its cycles', href: `/status/${slug}` }
    case 'paused':
      return { label: 'Resume it', href: at }
    case 'stopped':
      return { label: 'See why', href: at }
    case 'healthy':
      return failing > 0 ? { label: 'See who fails', href: `/status/${slug}#failing` } : undefined
    default:
      return unreachable(state)
  }
}
