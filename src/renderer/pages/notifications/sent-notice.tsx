import type { Sent } from '../../../contract/notifications.ts'
import { Notice } from '../../components/state/notice.tsx'

interface SentNoticeProps {
  readonly sent: Sent | undefined
  readonly to: string
}

/** What became of a test. */
export function SentNotice({ sent, to }: SentNoticeProps) {
  if (sent === undefined) return null
  return sent.isDelivered ? (
    <Notice meaning="ok" isNew>
      It was taken for {to}.
    </Notice>
  ) : (
    <Notice meaning="failure" title="It was not taken" isNew>
      {sent.problem}
    </Notice>
  )
}
