import type { PreviewStanding } from '../../../contract/conversions.ts'
import { Notice } from '../../components/state/notice.tsx'

interface PreviewOutcomeProps {
  readonly standing: PreviewStanding
  /** The one that this page waits for. */
  readonly awaited: string
}

/** What became of a preview that did not come to its end. */
export function PreviewOutcome({ standing, awaited }: PreviewOutcomeProps) {
  if (standing.state === 'idle')
    return (
      <Notice meaning="attention" title="The server was restarted before the preview was made" isNew>
        Nothing was changed. Make it again.
      </Notice>
    )
  if (standing.id !== awaited) return null
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
