import { ArrowDown, ArrowUp } from 'lucide-react'
import { useRef, type PointerEvent } from 'react'
import { measuredLength } from '../../../components/table/measured-length.ts'
import { usePreferences } from '../../../stores/preferences.ts'
import { requestColumns, type RequestColumn, type RequestSort } from './request-columns.ts'
import classes from './request-grid.module.css'

interface GridHeadProps {
  readonly sort: RequestSort | undefined
  /** Without it the list stands in the order of arrival. */
  readonly onSort: ((sort: RequestSort | undefined) => void) | undefined
}

const narrowest = 48
/** Columns that give way where there is little room; see the container queries. */
const givingWay: Readonly<Record<string, string | undefined>> = {
  method: classes['vast'],
  took: classes['medium'],
  who: classes['wide'],
  size: classes['vast'],
}

/** The names of the columns: a click sorts, where that can be, and a third one takes the sorting back. */
export function GridHead({ sort, onSort }: GridHeadProps) {
  return (
    <div role="rowgroup" className={classes['headGroup']}>
      <div role="row" aria-rowindex={1} className={classes['head']}>
        <div role="columnheader">
          <span className="unseen">Compare</span>
        </div>
        {requestColumns.map((column) => (
          <Head key={column.id} column={column} sort={sort?.order === column.id ? sort : undefined} onSort={onSort} />
        ))}
        <div role="columnheader">
          <span className="unseen">More</span>
        </div>
      </div>
    </div>
  )
}

function nextSort(column: RequestColumn, sort: RequestSort | undefined): RequestSort | undefined {
  // Large numbers are what is looked for; names are read from A on.
  const isFirstDescending = column.isNumber === true || column.id === 'time' || column.id === 'status'
  if (!sort) return { order: column.id, descending: isFirstDescending }
  return sort.descending === isFirstDescending ? { order: column.id, descending: !isFirstDescending } : undefined
}

interface HeadProps extends GridHeadProps {
  readonly column: RequestColumn
}

function Head({ column, sort, onSort }: HeadProps) {
  const Arrow = sort?.descending === true ? ArrowDown : ArrowUp
  const order = sort === undefined ? undefined : sort.descending ? 'descending' : 'ascending'
  return (
    <div
      role="columnheader"
      aria-sort={order}
      className={`${column.isNumber === true ? classes['number'] : ''} ${givingWay[column.id] ?? ''}`}
    >
      <button
        type="button"
        className={classes['sort']}
        aria-disabled={!onSort}
        title={onSort ? undefined : 'Pause or filter the list to sort it'}
        onClick={() => onSort?.(nextSort(column, sort))}
      >
        <span className="truncated">{column.label}</span>
        {sort && <Arrow size={12} aria-hidden />}
      </button>
      {column.width !== undefined && <Grip column={column} />}
    </div>
  )
}

/** Changes the width of a column by pointer. */
function Grip({ column }: { readonly column: RequestColumn }) {
  const preference = usePreferences((state) => state.tables['requests'])
  const setTable = usePreferences((state) => state.setTable)
  const start = useRef<{ readonly x: number; readonly width: number }>(undefined)
  const width = preference?.widths[column.id] ?? column.width ?? narrowest

  function drag(event: PointerEvent<HTMLSpanElement>): void {
    if (!start.current) return
    const next = Math.max(narrowest, start.current.width + measuredLength(event.clientX - start.current.x))
    setTable('requests', { ...preference, widths: { ...preference?.widths, [column.id]: next } })
  }

  return (
    <span
      className={classes['grip']}
      aria-hidden
      onPointerDown={(event) => {
        event.currentTarget.setPointerCapture(event.pointerId)
        start.current = { x: event.clientX, width }
      }}
      onPointerMove={drag}
      onPointerUp={() => {
        start.current = undefined
      }}
    />
  )
}
