import type { IntegrationStatus, ProvisioningState } from '../../../contract/provisioning.ts'
import { StateBadge, type Meaning, type StateIcon } from './state-badge.tsx'

/** A state in a word, with what it means. */
export interface ProvisioningWord {
  readonly meaning: Meaning
  readonly word: string
  readonly icon?: StateIcon
}

const words: { readonly [state in ProvisioningState]: ProvisioningWord } = {
  'not set up': { meaning: 'neutral', word: 'Not set up' },
  waiting: { meaning: 'information', word: 'Waiting' },
  healthy: { meaning: 'ok', word: 'Healthy' },
  degraded: { meaning: 'failure', word: 'Degraded' },
  silent: { meaning: 'attention', word: 'Silent', icon: 'quiet' },
  paused: { meaning: 'attention', word: 'Paused', icon: 'paused' },
  stopped: { meaning: 'failure', word: 'Stopped', icon: 'stopped' },
}

/** Healthy but for those who failed before the last cycle, and have not been tried again. */
const someFail: ProvisioningWord = { meaning: 'attention', word: 'Some fail' }

/** What of a status the word tells. */
export type ToldStatus = Pick<IntegrationStatus, 'state' | 'failing'>

export function provisioningWord({ state, failing }: ToldStatus): ProvisioningWord {
  return state === 'healthy' && failing > 0 ? someFail : words[state]
}

/** How an integration is, in a word. */
export function ProvisioningBadge({ status }: { readonly status: ToldStatus }) {
  return <StateBadge {...provisioningWord(status)} />
}
