import { Text } from '@mantine/core'
import { Panel } from '../../components/page/panel.tsx'
import { TextLink } from '../../components/text/text-link.tsx'
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
          Old requests are deleted under <TextLink href={sectionPath('log')}>Request log</TextLink>, the data is
          replaced by a backup under <TextLink href={sectionPath('backups')}>Backups</TextLink>, and tokens are revoked
          on the page of their integration.
        </Text>
      </Panel>
    </>
  )
}
