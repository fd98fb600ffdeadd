import type { ProvisioningState } from '../../contract/provisioning.ts'
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
  'some fail': { meaning: 'attention', word: 'Some fail' },
  degraded: { meaning: 'failure', word: 'Degraded' },
  silent: { meaning: 'attention', word: 'Silent', icon: 'quiet' },
  paused: { meaning: 'attention', word: 'Paused', icon: 'paused' },
  stopped: { meaning: 'failure', word: 'Stopped', icon: 'stopped' },
}

export function provisioningWord(state: ProvisioningState): ProvisioningWord {
  return words[state]
}

/** How an integration is, in a word. */
export function ProvisioningBadge({ state }: { readonly state: ProvisioningState }) {
  return <StateBadge {...words[state]} />
}
