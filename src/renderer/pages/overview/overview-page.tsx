import { Button, Stack } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link } from 'wouter'
import { CopyField } from '../../components/file/copy-field.tsx'
import { PageHeader } from '../../components/page/page-header.tsx'
import { Panel } from '../../components/page/panel.tsx'
import { QueryView } from '../../components/state/query-view.tsx'
import { amountText } from '../../components/text/amount-text.ts'
import { useEngine } from '../../rpc/engine.ts'
import { useNews } from '../../stores/news.ts'
import { ActivityPanel } from './activity-panel.tsx'
import { AttentionList } from './attention-list.tsx'
import { FirstRun } from './first-run.tsx'
import { IntegrationLines } from './integration-lines.tsx'
import { SampleNote } from './sample-note.tsx'

/** Is everything all right? A line for each integration, then what needs a person, then what happened. */
export function OverviewPage() {
  const engine = useEngine()
  const query = useQuery(engine.overview.get.queryOptions({ refetchInterval: 30_000 }))
  const isNew = query.data?.integrations.length === 0
  return (
    <>
      <PageHeader
        title="Overview"
        description={
          query.data && !isNew
            ? `${amountText(query.data.users, 'person', 'people')} and ${amountText(query.data.groups, 'group')} in the directory`
            : undefined
        }
        actions={
          query.data && !isNew ? (
            <Button component={Link} href="/integrations/new">
              Connect an identity provider
            </Button>
          ) : undefined
        }
      />
      <QueryView query={query} lines={6}>
        {({ integrations, attention, sample }) => (
          <Stack gap="md">
            {isNew ? (
              <FirstRun hasSample={sample.users > 0} />
            ) : (
              <Panel title="Integrations" isFlush>
                <IntegrationLines integrations={integrations} />
              </Panel>
            )}
            {attention.length > 0 && (
              <Panel title={`Needs attention (${attention.length})`} isFlush>
                <AttentionList items={attention} />
              </Panel>
            )}
            {sample.users + sample.groups > 0 && <SampleNote {...sample} />}
            {!isNew && <ActivityPanel />}
            <EndpointAddress />
          </Stack>
        )}
      </QueryView>
    </>
  )
}

function EndpointAddress() {
  const endpoint = useNews((state) => state.news?.endpoint)
  if (!endpoint) return null
  return (
    <Panel title="SCIM endpoint">
      <CopyField
        label="Address"
        value={`${endpoint.publicOrigin}/scim`}
        description={
          endpoint.hasPublicUrl
            ? `The public address; it listens on ${new URL(endpoint.url).host}. Each integration has its own URL below it.`
            : 'An address of this machine. Each integration has its own URL below it; one in the cloud needs a public address.'
        }
      />
    </Panel>
  )
}
