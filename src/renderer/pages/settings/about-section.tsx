import { useQuery } from '@tanstack/react-query'
import { CopyField } from '../../components/file/copy-field.tsx'
import { Facts } from '../../components/viewer/facts.tsx'
import { Panel } from '../../components/page/panel.tsx'
import { QueryView } from '../../components/state/query-view.tsx'
import { RelativeTime } from '../../components/text/relative-time.tsx'
import { useEngine } from '../../rpc/engine.ts'
import { Stack } from '@mantine/core'
import { DoctorPanel } from './doctor-panel.tsx'
import { LicencesPanel } from './licences-panel.tsx'
import { TroublesPanel } from './troubles-panel.tsx'

/** What this is, whether it is well, what went wrong, and what it is made of. */
export function AboutSection() {
  const engine = useEngine()
  const query = useQuery(engine.system.status.queryOptions())
  return (
    <>
      <Panel title="This Rollcall">
        <QueryView query={query} lines={5}>
          {({ version, node, startedAt, dataDir, endpoint, vault }) => (
            <Stack gap="md">
              <Facts
                facts={[
                  ['Version', `Rollcall ${version}, on Node ${node}`],
                  ['Started', <RelativeTime key="since" at={startedAt} isPast />],
                  ['SCIM endpoint', <code key="url">{endpoint.url}</code>],
                  ['Secrets', `in the ${vault.kind}`],
                ]}
              />
              <CopyField label="Data directory" value={dataDir} />
            </Stack>
          )}
        </QueryView>
      </Panel>
      <DoctorPanel />
      <TroublesPanel />
      <LicencesPanel />
    </>
  )
}
