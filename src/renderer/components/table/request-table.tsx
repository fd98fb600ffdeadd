import type { Request } from '../../../contract/requests.ts'
import { DataTable, type Column } from './data-table.tsx'
import { bytesText } from '../text/amount-text.ts'
import { requestSentence, requestText } from '../text/request-text.ts'
import { AnswerCode } from '../state/status-code.tsx'
import { clockText, dateText, durationText, exactTimeText } from '../text/time-text.ts'

interface RequestTableProps {
  readonly id: string
  readonly label: string
  readonly rows: readonly Request[]
  readonly selectedId?: number | undefined
  readonly hrefOf: (request: Request) => string
  /** Where there is little room: only when, what and how it ended. */
  readonly isShort?: boolean
  /** Ms since the epoch: what is not of this day shows its date. */
  readonly now: number
}

function columns(time: (at: number) => string): readonly Column<Request>[] {
  return [
    { id: 'time', label: 'Time', width: 148, cell: ({ at }) => <span className="tabular">{time(at)}</span> },
    { id: 'method', label: 'Method', width: 76, givesWay: 2, cell: ({ method }) => method },
    {
      id: 'what',
      label: 'What',
      narrowest: 120,
      cell: (request) => <span title={request.target}>{requestText(request)}</span>,
    },
    {
      id: 'who',
      label: 'Who',
      width: 150,
      givesWay: 3,
      cell: ({ sender, certainty }) =>
        sender === null ? '–' : certainty === null ? sender : `${sender} (${certainty})`,
    },
    { id: 'status', label: 'Status', width: 84, cell: (request) => <AnswerCode request={request} isShort /> },
    {
      id: 'took',
      label: 'Took',
      width: 76,
      givesWay: 4,
      isNumber: true,
      cell: ({ durationMicros }) => durationText(durationMicros),
    },
    {
      id: 'size',
      label: 'Size',
      width: 76,
      givesWay: 1,
      isNumber: true,
      cell: ({ responseBytes }) => bytesText(responseBytes),
    },
  ]
}

/** The columns that stay where there is little room. */
const short: ReadonlySet<string> = new Set(['time', 'method', 'what', 'status'])

/** Requests, a line each: when, what, who, how it ended. */
export function RequestTable({ id, label, rows, selectedId, hrefOf, isShort = false, now }: RequestTableProps) {
  const time = (at: number) => (dateText(at) === dateText(now) ? clockText(at) : exactTimeText(at).slice(5, 19))
  return (
    <DataTable
      id={id}
      label={label}
      columns={isShort ? columns(time).filter((each) => short.has(each.id)) : columns(time)}
      rows={rows}
      keyOf={(request) => String(request.id)}
      selectedKey={selectedId === undefined ? undefined : String(selectedId)}
      hrefOf={hrefOf}
      describe={(request) => requestSentence(request, time(request.at))}
    />
  )
}
