import { useQuery } from '@tanstack/react-query'
import { CircleCheck, CircleX } from 'lucide-react'
import { amountText, numberText } from '../../components/text/amount-text.ts'
import { useEngine } from '../../rpc/engine.ts'
import type { RequestLog } from './log/request-log.ts'
import { useLogView } from './log/use-request-log.ts'
import classes from './requests-page.module.css'
import type { ActionNotice } from './use-request-actions.ts'

interface RequestsFooterProps {
  readonly log: RequestLog
  /** How many rows a sorted list holds; undefined where the live one is shown. */
  readonly sorted: number | undefined
  readonly notice: ActionNotice | undefined
  /** Beside that: what a sorted list leaves out. */
  readonly remark: string | undefined
}

/** How much is in view and how long it is kept, and what has just been done. */
export function RequestsFooter({ log, sorted, notice, remark }: RequestsFooterProps) {
  const { first, end, isLoading } = useLogView(log)
  const engine = useEngine()
  const retention = useQuery(engine.requests.retention.queryOptions({ staleTime: 60_000 }))
  const Icon = notice?.isProblem === true ? CircleX : CircleCheck
  return (
    <footer className={classes['footer']}>
      <span>
        {[
          ...(isLoading && sorted === undefined ? [] : [`${numberText(sorted ?? end - first)} in view`]),
          ...(retention.data
            ? [`${amountText(retention.data.keepDays, 'day')} or ${sizeText(retention.data.maxBytes)} on disk`]
            : []),
          ...(remark === undefined ? [] : [remark]),
        ].join(' · ')}
      </span>
      <span role={notice?.isProblem === true ? 'alert' : 'status'} className="breakable">
        {notice && (
          <span className={classes['notice']} data-problem={notice.isProblem || undefined}>
            <Icon size={13} aria-label={notice.isProblem ? 'Failed' : 'Done'} />
            {notice.text}
          </span>
        )}
      </span>
    </footer>
  )
}

/** The limit as it was set: `500 MB`, `2 GB`, in the powers of 1024 that the setting has. */
function sizeText(bytes: number): string {
  const mega = bytes / 1024 ** 2
  return mega % 1024 === 0 ? `${numberText(mega / 1024)} GB` : `${numberText(Math.round(mega))} MB`
}
