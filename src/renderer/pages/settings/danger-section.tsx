import { Text } from '@mantine/core'
import { Link } from 'wouter'
import { Panel } from '../../components/panel.tsx'
import { PurgePanel } from './purge-panel.tsx'
import { SamplePanel } from './sample-panel.tsx'
import { sectionPath } from './sections.ts'

/** What cannot be undone, or changes much. */
export function DangerSection() {
  return (
    <>
      <PurgePanel />
      <SamplePanel />
      <Panel title="Elsewhere">
        <Text size="sm">
          Old requests are deleted under <Link href={sectionPath('log')}>Request log</Link>, the data is replaced by a
          backup under <Link href={sectionPath('backups')}>Backups</Link>, and tokens are revoked on the page of their
          integration.
        </Text>
      </Panel>
    </>
  )
}
