import { Button, Code } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link } from 'wouter'
import type { OverviewIntegration } from '../../../contract/overview.ts'
import { CopyButton } from '../../components/file/copy-button.tsx'
import { DataTable, type Column } from '../../components/table/data-table.tsx'
import { ListFrame } from '../../components/table/list-frame.tsx'
import { Nothing } from '../../components/state/nothing.tsx'
import { PageHeader } from '../../components/page/page-header.tsx'
import { ProvisioningBadge, provisioningWord } from '../../components/state/provisioning-badge.tsx'
import { QueryView } from '../../components/state/query-view.tsx'
import { RelativeTime } from '../../components/text/relative-time.tsx'
import { useEngine } from '../../rpc/engine.ts'
import classes from './integrations-page.module.css'

const columns: readonly Column<OverviewIntegration>[] = [
  {
    id: 'name',
    label: 'Name',
    width: 190,
    cell: ({ integration }) => (
      <bdi className={`cut ${classes['name']}`} title={integration.name}>
        {integration.name}
      </bdi>
    ),
  },
  { id: 'state', label: 'State', width: 112, cell: ({ status }) => <ProvisioningBadge status={status} /> },
  {
    id: 'idp',
    label: 'Identity provider',
    width: 126,
    givesWay: 2,
    cell: ({ integration }) => <span title={integration.idpName}>{integration.idpName}</span>,
  },
  {
    id: 'last',
    label: 'Last request',
    width: 108,
    givesWay: 4,
    cell: ({ traffic }) => <RelativeTime at={traffic.lastRequestAt} never="never" isPast />,
  },
  {
    id: 'token',
    label: 'Token',
    width: 118,
    givesWay: 1,
    cell: ({ integration }) => (integration.token ? <Code>{integration.token.prefix}…</Code> : 'none'),
  },
  {
    id: 'url',
    label: 'SCIM URL',
    givesWay: 3,
    cell: ({ integration }) => (
      <span className={classes['url']}>
        <ScimUrl url={integration.scimUrl} />
        <CopyButton value={integration.scimUrl} what={`SCIM URL of ${integration.name}`} />
      </span>
    ),
  },
]

/** What tells one from another is its end: where there is little room, the beginning goes. */
function ScimUrl({ url }: { readonly url: string }) {
  const { origin } = new URL(url)
  return (
    <span className={classes['parts']} title={url}>
      <span className="truncated">{origin}</span>
      <span className="truncated">{url.slice(origin.length)}</span>
    </span>
  )
}

/** Every identity provider that is connected. */
export function IntegrationsPage() {
  const engine = useEngine()
  const query = useQuery(engine.overview.get.queryOptions())
  const connect = (
    <Button component={Link} href="/integrations/new">
      Connect an identity provider
    </Button>
  )
  return (
    <>
      <PageHeader title="Integrations" actions={query.data?.integrations.length === 0 ? undefined : connect} />
      <ListFrame>
        <QueryView query={query} lines={4}>
          {({ integrations }) =>
            integrations.length === 0 ? (
              <Nothing why="empty" title="Nothing is connected yet" action={connect}>
                An integration is the connection of one identity provider: a SCIM URL, a token, and what it may do.
              </Nothing>
            ) : (
              <DataTable
                id="integrations"
                label="Integrations"
                columns={columns}
                rows={integrations}
                keyOf={({ integration }) => integration.slug}
                hrefOf={({ integration }) => `/integrations/${integration.slug}`}
                describe={({ integration, status }) =>
                  `${integration.name}, ${integration.idpName}, ${provisioningWord(status).word.toLowerCase()}`
                }
              />
            )
          }
        </QueryView>
      </ListFrame>
    </>
  )
}
