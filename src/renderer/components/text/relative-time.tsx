import { Tooltip } from '@mantine/core'
import { useNow } from '../../stores/clock.ts'
import { exactTimeText, isOfWrongClock, pastTimeText, relativeTimeText } from './time-text.ts'

interface RelativeTimeProps {
  /** Ms since the epoch; null for what has not been. */
  readonly at: number | null
  /** What stands there when it has not been. */
  readonly never?: string
  /** It has been: the page's clock may be behind. */
  readonly isPast?: boolean
}

/** "2 min ago", with the exact time on hover and for machines. */
export function RelativeTime({ at, never = '–', isPast = false }: RelativeTimeProps) {
  const now = useNow()
  if (at === null) return <>{never}</>
  return (
    <Tooltip
      label={`${exactTimeText(at)}${isPast && isOfWrongClock(at, now) ? ', later than it is by this computer’s clock' : ''}`}
    >
      <time dateTime={new Date(at).toISOString()} className="tabular">
        {isPast ? pastTimeText(at, now) : relativeTimeText(at, now)}
      </time>
    </Tooltip>
  )
}
