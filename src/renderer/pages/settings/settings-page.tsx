import { Stack } from '@mantine/core'
import { useParams } from 'wouter'
import { PageHeader } from '../../components/page/page-header.tsx'
import { TabLinks } from '../../components/page/tab-links.tsx'
import { unreachable } from '../../unreachable.ts'
import { NotFoundPage } from '../not-found-page.tsx'
import { AboutSection } from './about-section.tsx'
import { AccessSection } from './access-section.tsx'
import { AppearanceSection } from './appearance-section.tsx'
import { BackupsSection } from './backups-section.tsx'
import { DangerSection } from './danger-section.tsx'
import { EndpointSection } from './endpoint-section.tsx'
import { LogSection } from './log-section.tsx'
import { SecretsSection } from './secrets-section.tsx'
import { sectionOf, sectionPath, sections, type SectionId } from './sections.ts'
import { panelsWidth } from '../../components/page/widths.ts'

function Section({ id }: { readonly id: SectionId }) {
  switch (id) {
    case 'endpoint':
      return <EndpointSection />
    case 'log':
      return <LogSection />
    case 'secrets':
      return <SecretsSection />
    case 'backups':
      return <BackupsSection />
    case 'access':
      return <AccessSection />
    case 'appearance':
      return <AppearanceSection />
    case 'about':
      return <AboutSection />
    case 'danger':
      return <DangerSection />
    default:
      return unreachable(id)
  }
}

/** How this Rollcall is set up. */
export function SettingsPage() {
  const params = useParams<{ readonly section?: string }>()
  const id = sectionOf(params.section)
  if (id === undefined) return <NotFoundPage />
  const label = sections.find((each) => each.id === id)?.label ?? ''
  return (
    <>
      <PageHeader title={`Settings: ${label}`} />
      <TabLinks
        label="Parts of the settings"
        tabs={sections.map((each) => ({ path: sectionPath(each.id), label: each.tab, isCurrent: each.id === id }))}
      />
      <Stack gap="md" maw={panelsWidth}>
        <Section id={id} />
      </Stack>
    </>
  )
}
