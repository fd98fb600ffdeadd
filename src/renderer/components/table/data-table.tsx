import { Checkbox, UnstyledButton, rem } from '@mantine/core'
import { useMergedRef } from '@mantine/hooks'
import { ArrowDown, ArrowUp } from 'lucide-react'
import { useRef, useState, type KeyboardEvent, type PointerEvent, type ReactNode } from 'react'
import { useLocation } from 'wouter'
import { useShortcut } from '../../app/use-shortcut.ts'
import { usePreferences } from '../../stores/preferences.ts'
import classes from './data-table.module.css'
import { measuredLength } from './measured-length.ts'
import { showMoreSideways } from './show-more-sideways.ts'
import { useFittingColumns, usualWidth } from './use-fitting-columns.ts'
import { useKeptScroll } from '../focus/use-kept-scroll.ts'

export interface Column<Row> {
  readonly id: string
  readonly label: string
  readonly cell: (row: Row) => ReactNode
  /** Numbers are right-aligned with tabular digits. */
  readonly isNumber?: boolean
  /** In px at the usual size of text, until the person changes it; without one it takes what is left. */
  readonly width?: number
  readonly isSortable?: boolean
  /** In px: what it has at least where it has no width. */
  readonly narrowest?: number
  /** Long texts go on in a further line instead of being cut off. */
  readonly wraps?: boolean
  /** Its turn to be left out where there is no room for all columns; 1 is the first. What it tells, the row must lead to. */
  readonly givesWay?: number
}

/** Rows that can be chosen, for something to be done to all of them. */
export interface RowSelection<Row> {
  isSelected(row: Row): boolean
  /** `isRange`: with all between this row and the one chosen before. */
  toggle(row: Row, isRange: boolean): void
  /** Chooses all rows here, or none. */
  toggleAll(isOn: boolean): void
  /** The row for a screen reader: "Ana Moss". */
  nameOf(row: Row): string
}

interface DataTableProps<Row> {
  /** Under this name widths and sort are remembered. */
  readonly id: string
  /** What the table is about, for screen readers. */
  readonly label: string
  readonly columns: readonly Column<Row>[]
  readonly rows: readonly Row[]
  readonly keyOf: (row: Row) => string
  /** Where a row leads; each row is a link then. */
  readonly hrefOf?: (row: Row) => string
  /** The row as a sentence. */
  readonly describe?: (row: Row) => string
  readonly selectedKey?: string | undefined
  readonly sort?: { readonly column: string; readonly descending: boolean }
  readonly onSort?: (column: string, descending: boolean) => void
  /** Without it, rows have no box to tick. Space ticks the row that has the focus. */
  readonly selection?: RowSelection<Row> | undefined
  /** How many rows there are in all, where not all are here. */
  readonly total?: number
  /** Number of the first row here, counted from 1. */
  readonly firstRow?: number
  /** What of the list is shown, so that it is found again where it was left; undefined while that is still to come. */
  readonly place?: string | undefined
}

const narrowest = 48
/** The column of the boxes to tick, in px. */
const boxColumn = 36

/** The column that stays in sight while the others scroll leaves them half of the room. */
function stayingWidth(width: number): string {
  return `min(${rem(width)}, 50cqi)`
}

/**
 * A table with a sticky header, columns of any width, and rows that are links: `j k` or arrows move, Enter opens. Where it is wider than its
 * frame it scrolls in it, and the first column stays.
 */
export function DataTable<Row>(props: DataTableProps<Row>) {
  const { id, label, rows, keyOf, hrefOf, describe, selectedKey, sort, onSort, total, firstRow = 1 } = props
  const { selection } = props
  const [, navigate] = useLocation()
  const body = useRef<HTMLTableSectionElement>(null)
  const frame = useRef<HTMLDivElement>(null)
  const boxWidth = selection ? boxColumn : 0
  const { fitting: columns, frameRef: roomRef } = useFittingColumns(props.columns, boxWidth)
  const frameRef = useMergedRef(frame, roomRef, showMoreSideways)
  useKeptScroll(frame, { place: props.place, isReturn: selectedKey !== undefined })
  const [active, setActive] = useState(0)
  const preference = usePreferences((state) => state.tables[id])
  const setTable = usePreferences((state) => state.setTable)
  const widths = preference?.widths ?? {}
  const [stays = 0, ...others] = columns.map((each) => widths[each.id] ?? usualWidth(each))
  const rest = others.reduce((sum, each) => sum + each, boxWidth)
  const minWidth = `calc(${stayingWidth(stays)} + ${rem(rest)})`
  const current = Math.min(active, Math.max(0, rows.length - 1))

  function focusRow(n: number): void {
    const next = Math.max(0, Math.min(rows.length - 1, n))
    setActive(next)
    body.current?.rows[next]?.focus()
  }

  function focusNext(): void {
    const row = rows[current]
    const isThere = isInTable(body.current) || (row !== undefined && keyOf(row) === selectedKey)
    focusRow(isThere ? current + 1 : current)
  }

  useShortcut({ key: 'j', label: 'Next row', onPress: focusNext })
  useShortcut({ key: 'k', label: 'Row before', onPress: () => focusRow(current - 1) })

  function onKeyDown(event: KeyboardEvent<HTMLTableRowElement>, n: number, row: Row): void {
    if (event.target !== event.currentTarget) return
    const steps: Readonly<Record<string, number>> = {
      ArrowDown: n + 1,
      ArrowUp: n - 1,
      Home: 0,
      End: rows.length - 1,
      PageDown: n + 10,
      PageUp: n - 10,
    }
    const to = steps[event.key]
    if (to !== undefined) {
      event.preventDefault()
      focusRow(to)
    } else if (event.key === ' ' && selection) {
      event.preventDefault()
      selection.toggle(row, event.shiftKey)
    } else if (event.key === 'Enter' && hrefOf) {
      event.preventDefault()
      navigate(hrefOf(row))
    }
  }

  return (
    <div ref={frameRef} className={classes['frame']}>
      <table
        className={classes['table']}
        style={{ minWidth }}
        data-boxes={selection !== undefined || undefined}
        aria-label={label}
        aria-rowcount={(total ?? rows.length) + 1}
      >
        <colgroup>
          {selection && <col style={{ width: rem(boxColumn) }} />}
          {columns.map((column, n) => {
            const width = widths[column.id] ?? column.width
            const drawn = width === undefined ? undefined : n === 0 ? stayingWidth(width) : rem(width)
            return <col key={column.id} style={drawn === undefined ? undefined : { width: drawn }} />
          })}
        </colgroup>
        <thead>
          <tr aria-rowindex={1}>
            {selection && (
              <th scope="col" className={classes['box']}>
                <SelectAll rows={rows} selection={selection} />
              </th>
            )}
            {columns.map((column) => (
              <HeaderCell
                key={column.id}
                column={column}
                sort={sort?.column === column.id ? (sort.descending ? 'descending' : 'ascending') : undefined}
                onSort={onSort}
                onResize={(width) => setTable(id, { ...preference, widths: { ...widths, [column.id]: width } })}
              />
            ))}
          </tr>
        </thead>
        <tbody ref={body}>
          {rows.map((row, n) => {
            const key = keyOf(row)
            const href = hrefOf?.(row)
            return (
              <tr
                key={key}
                className={classes['row']}
                aria-rowindex={firstRow + n + 1}
                aria-label={describe?.(row)}
                aria-current={selectedKey === key ? 'true' : undefined}
                data-link={href !== undefined || undefined}
                tabIndex={n === current ? 0 : -1}
                onFocus={() => setActive(n)}
                onKeyDown={(event) => onKeyDown(event, n, row)}
                onClick={(event) => {
                  if (href === undefined || isOwnControl(event.target) || hasSelection()) return
                  if (event.ctrlKey || event.metaKey) window.open(href, '_blank', 'noopener')
                  else navigate(href)
                }}
              >
                {selection && (
                  <td className={classes['box']} data-control>
                    <Checkbox
                      size="xs"
                      aria-label={`Select ${selection.nameOf(row)}`}
                      checked={selection.isSelected(row)}
                      onChange={() => undefined}
                      onClick={(event) => selection.toggle(row, event.shiftKey)}
                    />
                  </td>
                )}
                {columns.map((column) => (
                  <td key={column.id} className={column.isNumber === true ? classes['number'] : undefined}>
                    {column.wraps === true ? (
                      <div className="breakable">{column.cell(row)}</div>
                    ) : (
                      <div className="truncated" onPointerEnter={tellWhole}>
                        {column.cell(row)}
                      </div>
                    )}
                  </td>
                ))}
              </tr>
            )
          })}
        </tbody>
      </table>
    </div>
  )
}

/** A text that is cut off is told whole where the pointer rests on it. */
function tellWhole({ currentTarget }: PointerEvent<HTMLElement>): void {
  const parts = [currentTarget, ...currentTarget.querySelectorAll<HTMLElement>('.cut, .truncated')]
  const isCut = parts.some(({ scrollWidth, clientWidth }) => scrollWidth > clientWidth)
  // Drawn again later, it may be another text, or not be cut any more.
  currentTarget.title = isCut ? currentTarget.innerText : ''
}

function isInTable(body: HTMLTableSectionElement | null): boolean {
  return body?.contains(document.activeElement) === true
}

/** A button or a link inside the row does its own thing. */
function isOwnControl(target: EventTarget): boolean {
  return target instanceof HTMLElement && target.closest('a, button, input, label, [data-control]') !== null
}

/** Somebody who has just selected a text did not mean to open the row. */
function hasSelection(): boolean {
  return (window.getSelection()?.toString() ?? '') !== ''
}

interface SelectAllProps<Row> {
  readonly rows: readonly Row[]
  readonly selection: RowSelection<Row>
}

function SelectAll<Row>({ rows, selection }: SelectAllProps<Row>) {
  const count = rows.filter((row) => selection.isSelected(row)).length
  return (
    <Checkbox
      size="xs"
      aria-label="Select all rows here"
      checked={rows.length > 0 && count === rows.length}
      indeterminate={count > 0 && count < rows.length}
      onChange={() => selection.toggleAll(count < rows.length)}
    />
  )
}

interface HeaderCellProps<Row> {
  readonly column: Column<Row>
  readonly sort: 'ascending' | 'descending' | undefined
  readonly onSort: ((column: string, descending: boolean) => void) | undefined
  readonly onResize: (width: number) => void
}

function HeaderCell<Row>({ column, sort, onSort, onResize }: HeaderCellProps<Row>) {
  const cell = useRef<HTMLTableCellElement>(null)
  const start = useRef<{ readonly x: number; readonly width: number }>(undefined)

  function begin(event: PointerEvent<HTMLSpanElement>): void {
    event.currentTarget.setPointerCapture(event.pointerId)
    start.current = { x: event.clientX, width: cell.current?.offsetWidth ?? 0 }
  }

  function drag(event: PointerEvent<HTMLSpanElement>): void {
    if (!start.current) return
    onResize(Math.max(narrowest, measuredLength(start.current.width + event.clientX - start.current.x)))
  }

  const Arrow = sort === 'descending' ? ArrowDown : ArrowUp
  return (
    <th ref={cell} scope="col" aria-sort={sort} className={column.isNumber === true ? classes['number'] : undefined}>
      {column.isSortable === true && onSort ? (
        <UnstyledButton className={classes['sort']} onClick={() => onSort(column.id, sort === 'ascending')}>
          {column.label}
          {sort !== undefined && <Arrow size={12} aria-hidden />}
        </UnstyledButton>
      ) : (
        <span className="truncated">{column.label}</span>
      )}
      <span
        className={classes['grip']}
        aria-hidden
        onPointerDown={begin}
        onPointerMove={drag}
        onPointerUp={() => {
          start.current = undefined
        }}
      />
    </th>
  )
}
