import { numberText } from '../../components/text/amount-text.ts'
import classes from './held-requests.module.css'
import { useHeldRequests } from './log/use-request-log.ts'

/** How many requests have come since the list was paused, wherever the person is now. */
export function HeldRequests() {
  const held = useHeldRequests()
  if (held === undefined || held === 0) return null
  return (
    <span className={classes['count']} title="The list of requests is paused">
      {numberText(held)}
      <span className="unseen"> new, paused</span>
    </span>
  )
}
