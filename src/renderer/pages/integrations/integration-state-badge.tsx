import { StateBadge } from '../../components/state-badge.tsx'
import type { Health } from '../../../contract/overview.ts'
import { healthWord } from '../overview/health-text.ts'

export function IntegrationStateBadge({ health }: { readonly health: Health }) {
  return <StateBadge {...healthWord(health)} />
}
