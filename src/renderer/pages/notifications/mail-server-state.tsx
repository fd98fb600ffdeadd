import type { Smtp } from '../../../contract/notifications.ts'
import { RelativeTime } from '../../components/text/relative-time.tsx'
import { StateBadge } from '../../components/state/state-badge.tsx'

/** Whether mail gets out, as far as it is known: only a test tells. */
export function MailServerState({ smtp }: { readonly smtp: Smtp | null }) {
  if (smtp === null) return <StateBadge meaning="neutral" word="Not set up" />
  const { host, lastTest } = smtp
  if (lastTest === null)
    return (
      <>
        <StateBadge meaning="neutral" word={`Set to ${host}, not tested`} /> · Send a test below; how it went is known
        until Rollcall is restarted.
      </>
    )
  return (
    <>
      <StateBadge
        meaning={lastTest.problem === null ? 'ok' : 'failure'}
        word={`The last test by ${host} ${lastTest.problem === null ? 'succeeded' : 'failed'}`}
      />{' '}
      <RelativeTime at={lastTest.at} isPast />
    </>
  )
}
