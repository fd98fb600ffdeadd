import { useQuery } from '@tanstack/react-query'
import { Facts } from '../../components/facts.tsx'
import { PageHeader } from '../../components/page-header.tsx'
import { Panel } from '../../components/panel.tsx'
import { QueryView } from '../../components/query-view.tsx'
import { RelativeTime } from '../../components/relative-time.tsx'
import { useEngine } from '../../rpc/engine.ts'
import { Stack } from '@mantine/core'

/** How this Rollcall is set up. */
export function SettingsPage() {
  const engine = useEngine()
  const status = useQuery(engine.system.status.queryOptions())
  const settings = useQuery(engine.settings.list.queryOptions())
  return (
    <>
      <PageHeader title="Settings" />
      <Stack gap="md" maw={860}>
        <Panel title="This server">
          <QueryView query={status}>
            {({ version, node, dataDir, startedAt, vault, endpoint }) => (
              <Facts
                facts={[
                  ['Version', `${version}, Node ${node}`],
                  ['Running since', <RelativeTime key="since" at={startedAt} />],
                  ['Data directory', dataDir],
                  ['SCIM endpoint', endpoint.url],
                  ['Secrets', vault.problem ?? `${vault.kind}: ${vault.why}`],
                ]}
              />
            )}
          </QueryView>
        </Panel>
        <Panel title="Settings">
          <QueryView query={settings}>
            {(list) => (
              <Facts
                facts={list.map(({ name, value, description }) => [
                  name,
                  value === null ? description : `${value} – ${description}`,
                ])}
              />
            )}
          </QueryView>
        </Panel>
      </Stack>
    </>
  )
}
