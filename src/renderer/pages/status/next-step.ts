import type { IntegrationStatus, RefusalRemedy } from '../../../contract/provisioning.ts'
import { unreachable } from '../../unreachable.ts'

export interface NextStep {
  readonly label: string
  readonly href: string
}

/** Where that is put right which keeps requests out. */
const remedies: Readonly<Record<RefusalRemedy, { readonly label: string; readonly tab: string }>> = {
  token: { label: 'Look at its tokens', tab: 'tokens' },
  address: { label: 'Look at its SCIM URL', tab: 'setup/portal' },
  administrator: { label: 'Look at its policy', tab: 'policy' },
}

/** The next thing to do about an integration's state, where there is one. */
export function nextStepOf({
  slug,
  state,
  refusals,
  failing,
}: Pick<IntegrationStatus, 'slug' | 'state' | 'refusals' | 'failing'>): NextStep | undefined {
  const at = `/integrations/${slug}`
  switch (state) {
    case 'not set up':
      return { label: 'Issue a token', href: `${at}/tokens` }
    case 'waiting':
      return { label: 'Continue set-up', href: `${at}/setup` }
    case 'degraded':
      if (refusals === null)
        return failing > 0
          ? { label: 'See who fails', href: `/status/${slug}#failing` }
          : { label: 'See its cycles', href: `/status/${slug}` }
      return { label: remedies[refusals.remedy].label, href: `${at}/${remedies[refusals.remedy].tab}` }
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
