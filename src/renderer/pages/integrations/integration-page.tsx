import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link, useParams } from 'wouter'
import { unreachable } from '../../unreachable.ts'
import { DeletedNotice } from '../../components/state/deleted-notice.tsx'
import { Nothing } from '../../components/state/nothing.tsx'
import { PageHeader } from '../../components/page/page-header.tsx'
import { ProvisioningBadge } from '../../components/state/provisioning-badge.tsx'
import { QueryView } from '../../components/state/query-view.tsx'
import { TabLinks } from '../../components/page/tab-links.tsx'
import { TextLink } from '../../components/text/text-link.tsx'
import { useStaysUnsaved } from '../../components/form/use-stays-unsaved.ts'
import { useEngine } from '../../rpc/engine.ts'
import { isNotFound } from '../../rpc/problem-of.ts'
import { IntegrationActions } from './integration-actions.tsx'
import { FreshTokenDialog } from './fresh-token-dialog.tsx'
import { MappingTab } from './mapping-tab.tsx'
import { PolicyTab } from './policy-tab.tsx'
import { RequestsTab } from './requests-tab.tsx'
import { SetupTab } from './setup-tab.tsx'
import { StatusTab } from './status-tab.tsx'
import { TokensTab } from './tokens-tab.tsx'

const tabs = [
  { id: 'status', label: 'Status' },
  { id: 'setup', label: 'Set-up' },
  { id: 'tokens', label: 'Tokens' },
  { id: 'attributes', label: 'Attributes' },
  { id: 'policy', label: 'Policy' },
  { id: 'requests', label: 'Requests' },
] as const

type TabId = (typeof tabs)[number]['id']

/** One integration, a tab for each thing about it. */
export function IntegrationPage() {
  const { slug, tab, step } = useParams<{ slug: string; tab?: string; step?: string }>()
  const engine = useEngine()
  const query = useQuery(engine.overview.integration.queryOptions({ input: { slug }, refetchInterval: 30_000 }))
  const current = tabs.find(({ id }) => id === (tab ?? 'status'))
  const at = `/integrations/${slug}`
  const isGone = isNotFound(query.error)
  const stays = useStaysUnsaved(isGone)
  if (isGone && !stays)
    return (
      <>
        <PageHeader title="No such integration" above={[{ label: 'Integrations', path: '/integrations' }]} />
        <Nothing
          why="empty"
          title={`There is no integration “${slug}”`}
          action={
            <Button component={Link} href="/integrations">
              Show all integrations
            </Button>
          }
        />
      </>
    )
  return (
    <QueryView query={query}>
      {(view) => (
        <>
          <PageHeader
            title={view.integration.name}
            open={current?.label}
            above={[{ label: 'Integrations', path: '/integrations' }]}
            state={<ProvisioningBadge status={view.status} />}
            actions={<IntegrationActions integration={view.integration} isGone={isGone} />}
          />
          <TabLinks
            label="About this integration"
            tabs={tabs.map(({ id, label }) => ({
              path: id === 'status' ? at : `${at}/${id}`,
              label,
              isCurrent: id === current?.id,
            }))}
          />
          {current ? (
            <Tab id={current.id} view={view} step={step} />
          ) : (
            <Nothing why="empty" title="There is no such page of this integration">
              <TextLink href={at}>Show its status</TextLink>
            </Nothing>
          )}
          {isGone && <DeletedNotice name={view.integration.name} />}
          <FreshTokenDialog integration={view.integration} />
        </>
      )}
    </QueryView>
  )
}

interface TabProps {
  readonly id: TabId
  readonly view: Parameters<typeof StatusTab>[0]['view']
  readonly step: string | undefined
}

function Tab({ id, view, step }: TabProps) {
  const { integration } = view
  switch (id) {
    case 'status':
      return <StatusTab view={view} />
    case 'setup':
      return <SetupTab view={view} step={step} />
    case 'tokens':
      return <TokensTab integration={integration} />
    case 'attributes':
      return <MappingTab integration={integration} />
    case 'policy':
      return <PolicyTab slug={integration.slug} />
    case 'requests':
      return <RequestsTab integration={integration} />
    default:
      return unreachable(id)
  }
}
