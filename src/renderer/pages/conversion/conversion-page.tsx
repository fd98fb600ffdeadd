import { useParams } from 'wouter'
import { Nothing } from '../../components/state/nothing.tsx'
import { PageHeader } from '../../components/page/page-header.tsx'
import { TextLink } from '../../components/text/text-link.tsx'
import { useDirectory } from '../directory/use-directory.ts'
import { ConvertScreen } from './convert-screen.tsx'
import { LatestPreview } from './latest-preview.tsx'
import { JobListScreen } from './job-list-screen.tsx'
import { JobScreen } from './job-screen.tsx'
import { OldIdsScreen } from './old-ids-screen.tsx'
import { PreviewScreen } from './preview-screen.tsx'

/** The conversion of user IDs: options, preview, run, result; the jobs of the past; who had which user ID. */
export function ConversionPage() {
  const { part, id } = useParams<{ part?: string; id?: string }>()
  const { directory, to } = useDirectory()
  const number = Number(id)
  if (part === undefined) return <ConvertScreen key={directory} />
  if (part === 'preview' && id === 'latest') return <LatestPreview />
  if (part === 'preview' && id !== undefined) return <PreviewScreen key={id} id={id} />
  if (part === 'jobs' && Number.isSafeInteger(number) && number > 0) return <JobScreen key={id} id={number} />
  if (part === 'jobs' && id === undefined) return <JobListScreen />
  if (part === 'old-ids') return <OldIdsScreen />
  return (
    <>
      <PageHeader title="Nothing is here" above={[{ label: 'User IDs', path: to('/conversion') }]} />
      <Nothing why="empty" title="There is no such part of the conversion">
        <TextLink href={to('/conversion')}>Go to its beginning</TextLink>
      </Nothing>
    </>
  )
}
