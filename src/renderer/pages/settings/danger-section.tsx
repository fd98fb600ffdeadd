import { Anchor, Text } from '@mantine/core'
import { Link } from 'wouter'
import { Panel } from '../../components/panel.tsx'
import { PurgePanel } from './purge-panel.tsx'
import { SamplePanel } from './sample-panel.tsx'
import { sectionPath, type SectionId } from './sections.ts'

function SectionLink({ id, children }: { readonly id: SectionId; readonly children: string }) {
  return (
    <Anchor component={Link} href={sectionPath(id)} inherit>
      {children}
    </Anchor>
  )
}

/** What cannot be undone, or changes much. */
export function DangerSection() {
  return (
    <>
      <PurgePanel />
      <SamplePanel />
      <Panel title="Elsewhere">
        <Text size="sm">
          Old requests are deleted under <SectionLink id="log">Request log</SectionLink>, the data is replaced by a
          backup under <SectionLink id="backups">Backups</SectionLink>, and tokens are revoked on the page of their
          integration.
        </Text>
      </Panel>
    </>
  )
}
