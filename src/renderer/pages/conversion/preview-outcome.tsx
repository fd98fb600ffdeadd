import type { PreviewStanding } from '../../../contract/conversions.ts'
import { Notice } from '../../components/notice.tsx'

/** What became of the last preview where it did not come to its end. */
export function PreviewOutcome({ standing }: { readonly standing: PreviewStanding }) {
  if (standing.state === 'cancelled')
    return (
      <Notice meaning="information" title="The preview was cancelled" isNew>
        Nothing was changed, and nothing is kept of it.
      </Notice>
    )
  if (standing.state !== 'failed') return null
  return (
    <Notice meaning="failure" title="The preview was not made" isNew>
      {standing.problem}
    </Notice>
  )
}
