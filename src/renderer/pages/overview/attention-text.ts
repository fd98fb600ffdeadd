import type { Attention } from '../../../contract/overview.ts'
import { amountText } from '../../components/text/amount-text.ts'
import { isolated } from '../../components/text/isolated.ts'
import type { Meaning } from '../../components/state/state-badge.tsx'
import { daysBetween, pastTimeText, relativeTimeText } from '../../components/text/time-text.ts'
import { unreachable } from '../../unreachable.ts'

/** What needs a person, in a sentence, with the way to it. */
export interface AttentionText {
  readonly key: string
  readonly meaning: Meaning
  readonly sentence: string
  readonly action: { readonly label: string; readonly href: string } | undefined
}

export function attentionText(item: Attention, now: number): AttentionText {
  switch (item.kind) {
    case 'endpoint-stopped':
      return {
        key: item.kind,
        meaning: 'failure',
        sentence: 'The SCIM endpoint is stopped: no identity provider gets through. Start it in the menu at the top.',
        action: undefined,
      }
    case 'endpoint-private':
      return {
        key: `${item.kind} ${item.slug}`,
        meaning: 'information',
        sentence: `${isolated(item.name)} is in the cloud and cannot reach an address of this machine. Give the endpoint a public one.`,
        action: { label: 'See how', href: `/integrations/${item.slug}/setup/address` },
      }
    case 'not-stored':
      return {
        key: item.kind,
        meaning: 'failure',
        sentence: `A change of an identity provider could not be stored ${pastTimeText(item.at, now)}: ${item.problem}`,
        action: { label: 'See the disk', href: '/settings/log' },
      }
    case 'not-recorded':
      return {
        key: item.kind,
        meaning: 'failure',
        sentence: `Requests are not being recorded: ${item.problem}`,
        action: { label: 'See the disk', href: '/settings/log' },
      }
    case 'vault':
      return {
        key: item.kind,
        meaning: 'failure',
        sentence: item.problem,
        action: { label: 'See the secrets', href: '/settings/secrets' },
      }
    case 'no-token':
      return {
        key: `${item.kind} ${item.slug}`,
        meaning: 'failure',
        sentence: `${isolated(item.name)} has no token, so that no request of it gets in.`,
        action: { label: 'Issue a token', href: `/integrations/${item.slug}/tokens` },
      }
    case 'token-expires':
      return {
        key: `${item.kind} ${item.slug}`,
        meaning: item.at <= now ? 'failure' : 'attention',
        sentence:
          item.at <= now
            ? `The token of ${isolated(item.name)} has expired.`
            : `The token of ${isolated(item.name)} expires ${relativeTimeText(item.at, now)}.`,
        action: { label: 'Rotate it', href: `/integrations/${item.slug}/tokens` },
      }
    case 'token-due':
      return {
        key: `${item.kind} ${item.slug}`,
        meaning: 'attention',
        sentence: `The token of ${isolated(item.name)} is ${amountText(daysBetween(item.createdAt, now), 'day')} old.`,
        action: { label: 'Rotate it', href: `/integrations/${item.slug}/tokens` },
      }
    case 'certificate-expires':
      return {
        key: item.kind,
        meaning: item.at <= now ? 'failure' : 'attention',
        sentence:
          item.at <= now
            ? 'The certificate of the endpoint has expired: no identity provider connects.'
            : `The certificate of the endpoint expires ${relativeTimeText(item.at, now)}.`,
        action: { label: 'See it', href: '/settings/endpoint' },
      }
    case 'backup-failed':
      return {
        key: item.kind,
        meaning: 'failure',
        sentence: `The last backup failed: ${item.problem}`,
        action: { label: 'See the backups', href: '/settings/backups' },
      }
    case 'administrator':
      return {
        key: `${item.kind} ${item.slug}`,
        meaning: 'failure',
        sentence: `${isolated(item.name)}: ${item.problem}`,
        action: { label: 'Choose another', href: `/integrations/${item.slug}/policy` },
      }
    default:
      return unreachable(item)
  }
}
