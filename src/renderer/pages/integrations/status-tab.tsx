import { Code, Stack, Text } from '@mantine/core'
import type { OverviewIntegration } from '../../../contract/overview.ts'
import { numberText } from '../../components/text/amount-text.ts'
import { CopyField } from '../../components/file/copy-field.tsx'
import { Facts } from '../../components/viewer/facts.tsx'
import { Notice } from '../../components/state/notice.tsx'
import { Panel } from '../../components/page/panel.tsx'
import { RelativeTime } from '../../components/text/relative-time.tsx'
import { TextLink } from '../../components/text/text-link.tsx'
import { sentenceText } from '../../components/text/time-text.ts'
import { useNow } from '../../stores/clock.ts'
import { ActivityPanel } from '../overview/activity-panel.tsx'
import classes from './status-tab.module.css'

/** How the integration does, and what it is. */
export function StatusTab({ view }: { readonly view: OverviewIntegration }) {
  const { integration, traffic, status } = view
  const now = useNow()
  return (
    <Stack gap="md">
      {integration.administratorProblem !== null && (
        <Notice meaning="failure">
          {integration.administratorProblem}{' '}
          <TextLink href={`/integrations/${integration.slug}/policy`}>Choose another</TextLink>
        </Notice>
      )}
      <Text size="sm" component="div" className="breakable">
        <div>{sentenceText(status.sentence, now)}</div>
        <TextLink href={`/status/${integration.slug}`}>See its cycles and who fails</TextLink>
      </Text>
      <div className={classes['figures']}>
        <Figure value={traffic.requests} label="requests in 24 hours" />
        <Figure value={traffic.failures} label="of them failed" />
        <Figure value={traffic.userChanges} label="changes to people" />
        <Figure value={traffic.groupChanges} label="changes to groups" />
      </div>
      <ActivityPanel slug={integration.slug} />
      <Panel title="About">
        <Stack gap="md">
          <CopyField label="SCIM URL" value={integration.scimUrl} />
          <Facts
            facts={[
              ['Identity provider', integration.idpName],
              ['Directory', integration.directory],
              ['Acts as', integration.administrator],
              ['Token', integration.token ? <Code key="token">{integration.token.prefix}…</Code> : 'none'],
              ['Last request', <RelativeTime key="last" at={traffic.lastRequestAt} never="never" isPast />],
              ['Created', <RelativeTime key="created" at={integration.createdAt} isPast />],
            ]}
          />
        </Stack>
      </Panel>
    </Stack>
  )
}

function Figure({ value, label }: { readonly value: number; readonly label: string }) {
  return (
    <div className={classes['figure']}>
      <span className={classes['value']}>{numberText(value)}</span>
      <Text size="xs" c="dimmed">
        {label}
      </Text>
    </div>
  )
}
