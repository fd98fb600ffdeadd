import { Stack } from '@mantine/core'
import type { IntegrationStatus } from '../../../contract/provisioning.ts'
import { amountText } from '../../components/text/amount-text.ts'
import { Facts } from '../../components/viewer/facts.tsx'
import { Notice } from '../../components/state/notice.tsx'
import { Panel } from '../../components/page/panel.tsx'
import { RelativeTime } from '../../components/text/relative-time.tsx'
import { ShortTime } from '../../components/text/short-time.tsx'
import { sentenceText } from '../../components/text/time-text.ts'
import { TextLink } from '../../components/text/text-link.tsx'
import { useNow } from '../../stores/clock.ts'
import { phaseWords } from './cycle-text.ts'
import { ExpectedUsers } from './expected-users.tsx'
import { ProgressBar } from './progress-bar.tsx'
import { quarantineText } from './quarantine-text.ts'

/** What stands in the place of the next cycle while nobody is let in. */
const holdWords: { readonly [hold in NonNullable<IntegrationStatus['hold']>]: string } = {
  paused: 'Paused: none gets in until it is resumed',
  disabled: 'Disabled: none gets in until it is enabled',
  'no token': 'No valid token: none gets in until there is one',
}

function NextCycle({ status }: { readonly status: IntegrationStatus }) {
  const { nextExpectedAt, overdueSince } = status
  if (overdueSince !== null)
    return (
      <>
        overdue since <ShortTime at={overdueSince} />
      </>
    )
  if (nextExpectedAt === null) return 'not known yet'
  return (
    <>
      expected <RelativeTime at={nextExpectedAt} />
    </>
  )
}

function factsOf(status: IntegrationStatus): Parameters<typeof Facts>[0]['facts'] {
  const { slug, running, refusals, strangers, hasCycles, hold, quarantine } = status
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
      ? [['Next cycle', hold === null ? <NextCycle key="next" status={status} /> : holdWords[hold]] as const]
      : [['Next change', hold === null ? 'whenever there is one; silence is normal' : holdWords[hold]] as const]),
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
    ...(strangers
      ? [
          [
            'Other clients',
            <span key="strangers">
              {amountText(strangers.count, 'request')} with a wrong token refused since{' '}
              <ShortTime at={strangers.since} />.{' '}
              <TextLink href={`/requests/${strangers.request}`}>See the last one</TextLink>
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
            {quarantine.because.join(' ')} In quarantine {status.idpSpoken} comes once a day, and gives up after four
            weeks. Mend what fails, then restart provisioning in its portal.
          </Notice>
        )}
        <Facts facts={factsOf(status)} />
        {hasCycles && <ExpectedUsers status={status} />}
      </Stack>
    </Panel>
  )
}
