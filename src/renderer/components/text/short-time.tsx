import { Tooltip } from '@mantine/core'
import { useNow } from '../../stores/clock.ts'
import { exactTimeText, shortTimeText } from './time-text.ts'

/** "14:03", or "4 Mar 14:03", with the exact time on hover and for machines: for sentences such as "since 14:03". */
export function ShortTime({ at }: { readonly at: number }) {
  const now = useNow()
  return (
    <Tooltip label={exactTimeText(at)}>
      <time dateTime={new Date(at).toISOString()} className="tabular">
        {shortTimeText(at, now)}
      </time>
    </Tooltip>
  )
}
