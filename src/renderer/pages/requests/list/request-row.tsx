import { Check, Ellipsis, Pin, TriangleAlert } from 'lucide-react'
import { memo, type MouseEvent } from 'react'
import { Link } from 'wouter'
import type { Request } from '../../../../contract/requests.ts'
import { amountText, bytesText, numberText } from '../../../components/text/amount-text.ts'
import { requestSentence, requestText } from '../../../components/text/request-text.ts'
import { AnswerCode } from '../../../components/state/status-code.tsx'
import { clockText, dateText, durationText, exactTimeText } from '../../../components/text/time-text.ts'
import type { LogRow } from '../log/log-row.ts'
import classes from './request-grid.module.css'

interface RequestRowProps {
  readonly row: LogRow
  readonly domId: string
  /** Counted from 1, the header included. */
  readonly rowIndex: number
  /** In px from the beginning of the list. */
  readonly top: number
  readonly isActive: boolean
  readonly isOpen: boolean
  readonly isMarked: boolean
  /** What is not of this day shows its date. */
  readonly today: string
  readonly href: string
  /** Whose token it came with, by name or else by slug; null where it was not let in. */
  readonly integration: string | null
  readonly onPress: (row: LogRow, event: MouseEvent) => void
  readonly onMark: (request: Request) => void
  readonly onMenu: (request: Request, button: HTMLElement) => void
}

/** One line of the list. */
export const RequestRow = memo(function RequestRow(props: RequestRowProps) {
  const { row, domId, rowIndex, top, isActive, isOpen, isMarked, href, integration, onPress } = props
  const place = { transform: `translateY(${top}px)` }
  const common = {
    id: domId,
    'aria-rowindex': rowIndex,
    'data-active': isActive || undefined,
    style: place,
  }
  if (row.kind === 'passed' || row.request.lost !== null) return <Gap row={row} common={common} />
  const { request } = row
  const [time, rest] = timeOf(request.at, props.today)
  // To the thousandth of a second: who goes through the buttons of the page hears them without their rows.
  const which = `the request of ${time}${rest}`
  return (
    // Keys are handled by the grid, which has the focus.
    // oxlint-disable-next-line jsx-a11y/click-events-have-key-events
    <div
      {...common}
      role="row"
      className={classes['row']}
      aria-label={requestSentence(request, time + rest)}
      aria-current={isOpen ? 'true' : undefined}
      aria-selected={isMarked}
      onClick={(event) => onPress(row, event)}
    >
      <div role="gridcell" className={classes['mark']}>
        <button
          type="button"
          tabIndex={-1}
          aria-label={`${isMarked ? 'Do not compare' : 'Compare'} ${which}`}
          aria-pressed={isMarked}
          onClick={() => props.onMark(request)}
        >
          <Check size={14} aria-hidden />
        </button>
      </div>
      <div role="gridcell" title={exactTimeText(request.at)}>
        {time}
        <span className={classes['rest']}>{rest}</span>
      </div>
      <div role="gridcell" className={classes['vast']}>
        {request.method}
      </div>
      <div role="gridcell" className={classes['what']} title={request.target}>
        {request.isPinned && <Pin size={12} aria-label="Pinned" className={classes['pin']} />}
        <a href={href} tabIndex={-1} onClick={stayInPage} draggable={false}>
          {requestText(request)}
        </a>
      </div>
      <div role="gridcell" className={classes['wide']} title={integration ?? 'Not let in'}>
        <Sender request={request} integration={integration} />
      </div>
      <div role="gridcell">
        <AnswerCode request={request} isShort />
      </div>
      <div role="gridcell" className={`${classes['number']} ${classes['medium']}`}>
        {request.status === 0 ? '–' : durationText(request.durationMicros)}
      </div>
      <div role="gridcell" className={`${classes['number']} ${classes['vast']}`}>
        {bytesText(request.responseBytes)}
      </div>
      <div role="gridcell" className={classes['more']}>
        <button
          type="button"
          tabIndex={-1}
          aria-label={`What to do with ${which}`}
          aria-haspopup="menu"
          onClick={(event) => props.onMenu(request, event.currentTarget)}
        >
          <Ellipsis size={15} aria-hidden />
        </button>
      </div>
    </div>
  )
})

/** A link is there to be opened in a tab of its own; a plain click is the row's. */
function stayInPage(event: MouseEvent): void {
  if (!event.ctrlKey && !event.metaKey && event.button === 0) event.preventDefault()
}

/** When it came: what has to be told, and what follows where there is room. */
function timeOf(at: number, today: string): readonly [string, string] {
  const [text, needed] = dateText(at) === today ? [clockText(at), 8] : [exactTimeText(at).slice(5, 19), 11]
  return [text.slice(0, needed), text.slice(needed)]
}

interface SenderProps {
  readonly request: Request
  readonly integration: string | null
}

function Sender({ request: { sender, certainty }, integration }: SenderProps) {
  // Whose token it was is known even where the client does not give itself away.
  if (sender === null)
    return (
      <span className={classes['certainty']}>
        {integration === null ? '–' : <bdi className="cut">{integration}</bdi>}
      </span>
    )
  return (
    <span className={classes['sender']}>
      <span>{sender}</span>
      {certainty !== null && <span className={classes['certainty']}> ({certainty})</span>}
    </span>
  )
}

interface GapProps {
  readonly row: LogRow
  readonly common: Readonly<Record<string, unknown>>
}

/** Stands where requests are missing: from the log, or from this list alone. */
function Gap({ row, common }: GapProps) {
  return (
    <div {...common} role="row" className={`${classes['row']} ${classes['note']}`}>
      <div role="gridcell">
        <TriangleAlert size={14} aria-hidden className={classes['pin']} />
        {row.kind === 'passed' ? (
          <>
            {amountText(row.count, 'request')} came faster than they could be shown here.{' '}
            <Link href={`/requests?${new URLSearchParams({ filter: `id:${row.from}..${row.to}` }).toString()}`}>
              Show them
            </Link>
          </>
        ) : (
          `${numberText(row.request.lost ?? 0)} requests were not recorded: more came than could be stored`
        )}
      </div>
    </div>
  )
}
