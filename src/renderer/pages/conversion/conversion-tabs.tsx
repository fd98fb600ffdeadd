import { PageHeader } from '../../components/page/page-header.tsx'
import { TabLinks } from '../../components/page/tab-links.tsx'
import { DirectorySwitch } from '../directory/directory-switch.tsx'
import { useDirectory } from '../directory/use-directory.ts'

const tabs = [
  { path: '/conversion', label: 'Convert' },
  { path: '/conversion/jobs', label: 'Jobs' },
  { path: '/conversion/old-ids', label: 'Old user IDs' },
] as const

/** The head of the three parts of the screen. */
export function ConversionTabs({ current }: { readonly current: (typeof tabs)[number]['path'] }) {
  const { to } = useDirectory()
  return (
    <>
      <PageHeader
        title="User IDs"
        open={tabs.find(({ path }) => path === current)?.label}
        description="Turn short user IDs into the e-mail addresses by which identity providers match people, and back."
        actions={<DirectorySwitch path={current} />}
      />
      <TabLinks
        label="Parts of the conversion"
        tabs={tabs.map(({ path, label }) => ({ path: to(path), label, isCurrent: path === current }))}
      />
    </>
  )
}
