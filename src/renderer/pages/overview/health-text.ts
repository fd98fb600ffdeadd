import type { Health, OverviewIntegration } from '../../../contract/overview.ts'
import { amountText, numberText } from '../../components/amount-text.ts'
import type { Meaning, StateIcon } from '../../components/state-badge.tsx'
import { unreachable } from '../../unreachable.ts'
import { relativeTimeText, shortTimeText } from '../../components/time-text.ts'

/** A state in a word, with what it means. */
export interface HealthWord {
  readonly meaning: Meaning
  readonly word: string
  readonly icon?: StateIcon
}

const words: { readonly [state in Health]: HealthWord } = {
  waiting: { meaning: 'neutral', word: 'Waiting' },
  receiving: { meaning: 'ok', word: 'Receiving' },
  quiet: { meaning: 'neutral', word: 'Quiet', icon: 'quiet' },
  refused: { meaning: 'failure', word: 'Refused' },
  failing: { meaning: 'failure', word: 'Failing' },
  paused: { meaning: 'attention', word: 'Paused', icon: 'paused' },
  disabled: { meaning: 'neutral', word: 'Disabled', icon: 'disabled' },
  stopped: { meaning: 'failure', word: 'Stopped', icon: 'stopped' },
  blocked: { meaning: 'failure', word: 'Blocked' },
}

export function healthWord(health: Health): HealthWord {
  return words[health]
}

function today({ requests, failures, userChanges, groupChanges }: OverviewIntegration['traffic']): string {
  if (requests === 0) return 'nothing in 24 hours'
  const changes = userChanges + groupChanges
  const failed = failures === 0 ? '' : `, ${numberText(failures)} failed`
  const changed = changes === 0 ? '' : `, ${amountText(changes, 'change')}`
  return `${amountText(requests, 'request')} in 24 hours${changed}${failed}`
}

/** How an integration does, as a sentence that can be read aloud. */
export function healthSentence({ health, integration, traffic }: OverviewIntegration, now: number): string {
  const last = traffic.lastRequestAt === null ? '' : relativeTimeText(traffic.lastRequestAt, now)
  switch (health) {
    case 'waiting':
      return 'Waiting for its first request'
    case 'receiving':
    case 'quiet':
      return `Last request ${last}: ${traffic.lastRequest ?? ''}; ${today(traffic)}`
    case 'refused':
    case 'failing': {
      const what = health === 'refused' ? 'refused' : 'failed'
      const since = traffic.failingSince === null ? '' : ` since ${shortTimeText(traffic.failingSince, now)}`
      return `${amountText(traffic.failedInARow, 'request')} ${what}${since}. ${traffic.failingBecause ?? ''}`
    }
    case 'paused':
      return 'Paused by you: the identity provider is asked to come back later'
    case 'disabled':
      return 'Disabled: every request is refused'
    case 'stopped':
      return 'The endpoint is stopped, so that no request arrives'
    case 'blocked':
      return integration.administratorProblem ?? 'It has no token, so that no request gets in'
    default:
      return unreachable(health)
  }
}

/** The next thing to do about it, where there is one. */
export function healthAction({ health, integration }: OverviewIntegration) {
  const at = `/integrations/${integration.slug}`
  switch (health) {
    case 'waiting':
      return { label: 'Continue set-up', href: `${at}/setup` }
    case 'refused':
      return { label: 'Look at its tokens', href: `${at}/tokens` }
    case 'failing':
      return { label: 'See the requests', href: `${at}/requests` }
    case 'blocked':
      return integration.administratorProblem === null
        ? { label: 'Issue a token', href: `${at}/tokens` }
        : { label: 'Choose another', href: `${at}/policy` }
    case 'paused':
    case 'disabled':
      return { label: 'Change that', href: at }
    case 'receiving':
    case 'quiet':
    case 'stopped':
      return undefined
    default:
      return unreachable(health)
  }
}
