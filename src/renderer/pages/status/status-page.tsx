import { Button, Stack } from '@mantine/core'
import { Link } from 'wouter'
import { Nothing } from '../../components/state/nothing.tsx'
import { PageHeader } from '../../components/page/page-header.tsx'
import { Panel } from '../../components/page/panel.tsx'
import { QueryView } from '../../components/state/query-view.tsx'
import { useStatuses } from '../../rpc/use-statuses.ts'
import { EndpointNotice } from './endpoint-notice.tsx'
import { Inferred } from './inferred.tsx'
import { StatusLines } from './status-lines.tsx'

/** What each identity provider is doing. */
export function StatusPage() {
  const query = useStatuses()
  return (
    <>
      <PageHeader
        title="Provisioning"
        description="What each identity provider is doing, and how it has been. It keeps itself up to date."
      />
      <QueryView query={query} lines={6}>
        {(statuses) =>
          statuses.length === 0 ? (
            <Nothing
              why="empty"
              title="No identity provider is connected yet"
              action={
                <Button component={Link} href="/integrations/new">
                  Connect an identity provider
                </Button>
              }
            >
              Once one sends requests, this says what it does with them: tests, cycles, who fails and why.
            </Nothing>
          ) : (
            <Stack gap="md">
              <EndpointNotice />
              <Panel title="Integrations" isFlush>
                <StatusLines statuses={statuses} />
              </Panel>
              <Inferred ownLog={null} />
            </Stack>
          )
        }
      </QueryView>
    </>
  )
}
