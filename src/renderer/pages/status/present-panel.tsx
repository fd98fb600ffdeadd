import { Stack } from '@mantine/core'
import type { IntegrationStatus } from '../../../contract/provisioning.ts'
import { amountText } from '../../components/amount-text.ts'
import { Facts } from '../../components/facts.tsx'
import { Notice } from '../../components/notice.tsx'
import { Panel } from '../../components/panel.tsx'
import { RelativeTime } from '../../components/relative-time.tsx'
import { ShortTime } from '../../components/short-time.tsx'
import { sentenceText } from '../../components/time-text.ts'
import { TextLink } from '../../components/text-link.tsx'
import { useNow } from '../../stores/clock.ts'
import { phaseWords } from './cycle-text.ts'
import { ExpectedUsers } from './expected-users.tsx'
import { ProgressBar } from './progress-bar.tsx'
import { quarantineText } from './quarantine-text.ts'

function factsOf(status: IntegrationStatus): Parameters<typeof Facts>[0]['facts'] {
  const { slug, running, refusals, hasCycles, nextExpectedAt, overdueSince, quarantine } = status
  const distance = quarantineText(status)
  return [
    ['Last request', <RelativeTime key="last" at={status.lastRequestAt} never="never" isPast />],
    ...(running
      ? [
          [
            'Running now',
            <TextLink key="running" href={`/status/${slug}/cycles/${running.id}`}>
              {running.name}, at {phaseWords[running.phase]}
            </TextLink>,
          ] as const,
        ]
      : []),
    ...(hasCycles
      ? [
          [
            'Next cycle',
            overdueSince === null ? (
              nextExpectedAt === null ? (
                'not known yet'
              ) : (
                <span key="next">
                  expected <RelativeTime at={nextExpectedAt} />
                </span>
              )
            ) : (
              <span key="overdue">
                overdue since <ShortTime at={overdueSince} />
              </span>
            ),
          ] as const,
        ]
      : [['Next change', 'whenever there is one; silence is normal'] as const]),
    ...(refusals
      ? [
          [
            'Refused',
            <span key="refused">
              {amountText(refusals.count, 'request')} since <ShortTime at={refusals.since} />: {refusals.because}.{' '}
              <TextLink href={`/requests/${refusals.request}`}>See the last one</TextLink>
            </span>,
          ] as const,
        ]
      : []),
    ...(distance !== undefined && quarantine?.isSuspected === false && status.lastRequestAt !== null
      ? [['Quarantine', distance] as const]
      : []),
  ]
}

/** What the IdP is doing at this moment. */
export function PresentPanel({ status }: { readonly status: IntegrationStatus }) {
  const { sentence, progress, quarantine, hasCycles } = status
  const now = useNow()
  return (
    <Panel title="Now">
      <Stack gap="sm">
        <p className="sentence breakable" role="status">
          {sentenceText(sentence, now)}
        </p>
        {progress !== null && <ProgressBar progress={progress} />}
        {quarantine?.isSuspected === true && (
          <Notice meaning="failure" title="Quarantine suspected">
            {quarantine.because.join(' ')} In quarantine {status.idpName} comes once a day, and gives up after four
            weeks. Mend what fails, then restart provisioning in its portal.
          </Notice>
        )}
        <Facts facts={factsOf(status)} />
        {hasCycles && <ExpectedUsers key={status.expectedUsers} status={status} />}
      </Stack>
    </Panel>
  )
}
