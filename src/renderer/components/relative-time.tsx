import { Tooltip } from '@mantine/core'
import { tickMs, useNow } from '../stores/clock.ts'
import { exactTimeText, relativeTimeText } from './time-text.ts'

interface RelativeTimeProps {
  /** Ms since the epoch; null for what has not been. */
  readonly at: number | null
  /** What stands there when it has not been. */
  readonly never?: string
}

/** "2 min ago", with the exact time on hover and for machines. */
export function RelativeTime({ at, never = '–' }: RelativeTimeProps) {
  const now = useNow()
  if (at === null) return <>{never}</>
  return (
    <Tooltip label={exactTimeText(at)}>
      <time dateTime={new Date(at).toISOString()} className="tabular">
        {relativeTimeText(Math.abs(at - now) < tickMs ? now : at, now)}
      </time>
    </Tooltip>
  )
}
