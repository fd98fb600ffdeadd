import { rem } from '@mantine/core'
import { useMergedRef } from '@mantine/hooks'
import { useVirtualizer } from '@tanstack/react-virtual'
import { useCallback, useEffect, useEffectEvent, useRef, useState, type KeyboardEvent } from 'react'
import { useLocation } from 'wouter'
import type { PlannedUser } from '../../../contract/conversions.ts'
import { useShortcut } from '../../app/use-shortcut.ts'
import { focusDetail, focusFirst } from '../../components/focus/focus-place.ts'
import { PrintedPart } from '../../components/page/printed-part.tsx'
import type { Column } from '../../components/table/data-table.tsx'
import { showMoreSideways } from '../../components/table/show-more-sideways.ts'
import { useFittingColumns, usualWidth } from '../../components/table/use-fitting-columns.ts'
import { StateBadge } from '../../components/state/state-badge.tsx'
import { mostPrinted, useIsPrinting } from '../../components/page/use-is-printing.ts'
import { usePreferences } from '../../stores/preferences.ts'
import { originText, outcomeText } from './outcome-text.ts'
import classes from './planned-users-table.module.css'

interface PlannedUsersTableProps {
  readonly users: readonly PlannedUser[]
  /** How many there are in all, where that is known. */
  readonly total: number | undefined
  readonly isUndo: boolean
  /** These are those of another filter, until the right ones are there. */
  readonly isStale: boolean
  readonly selectedId: string | undefined
  readonly hrefOf: (user: PlannedUser) => string
  /** The end of what is here comes near. */
  readonly onNearEnd: () => void
}

/** Stands in rows that keep the place of others. */
const nothing = ''

/** Of a row whose reason has one line, or none. */
const rowHeights = { compact: 32, comfortable: 40 } as const
const headHeight = 32
/** Rows that are drawn above and below what is seen. */
const spare = 12

const decisions = { address: 'other address', skip: 'leave', merge: 'merge' } as const

function sentence(user: PlannedUser, isUndo: boolean): string {
  const { userName, target, outcome, reason, rival } = user
  const becomes =
    outcome === 'merges'
      ? `, is archived${rival === null ? '' : `, ${rival.userName} stays`}`
      : target === null
        ? ''
        : `, becomes ${target}`
  return `${userName}${becomes}: ${outcomeText(outcome, isUndo).word}${reason === null ? '' : `. ${reason}`}`
}

function columnsOf(isUndo: boolean): readonly Column<PlannedUser>[] {
  return [
    { id: 'now', label: 'User ID now', narrowest: 115, cell: ({ userName }) => <Name text={userName} /> },
    {
      id: 'target',
      label: 'Becomes',
      narrowest: 115,
      cell: ({ outcome, target }) =>
        outcome === 'merges' ? 'archived' : <Name text={outcome === 'already' ? null : target} />,
    },
    { id: 'outcome', label: 'Outcome', width: 124, cell: (user) => <Outcome user={user} isUndo={isUndo} /> },
    { id: 'why', label: 'Why', narrowest: 240, givesWay: 2, cell: (user) => <Why user={user} /> },
    {
      id: 'from',
      label: 'From',
      width: 116,
      givesWay: 1,
      cell: ({ decision, origin }) => (
        <div className="truncated">
          {decision !== null ? `you: ${decisions[decision]}` : origin === null ? '' : originText(origin)}
        </div>
      ),
    },
  ]
}

/** How much of the table a column without a width of its own has; what the names leave is for the reason, where there is one. */
function shareOf(id: string, columns: number): string | undefined {
  return id === 'why' || columns < 4 ? undefined : columns < 5 ? '25%' : '20%'
}

/** Puts the focus on the conflict after the one that is open, or else on one before it, or on what is open. */
export function focusNextConflict(): void {
  const conflict = 'tr[data-outcome=conflict]'
  focusFirst(`main tr[aria-current] ~ ${conflict}`, `main ${conflict}:not([aria-current])`, 'main aside h2')
}

/** The people of a preview, of whom only those in sight are drawn. `j k`, arrows, Page keys, Home and End move; Enter opens. */
export function PlannedUsersTable(props: PlannedUsersTableProps) {
  const { users, total, isUndo, isStale, selectedId, hrefOf, onNearEnd } = props
  const [, navigate] = useLocation()
  const rowHeight = rowHeights[usePreferences((state) => state.density)]
  const frame = useRef<HTMLDivElement>(null)
  const { fitting: columns, frameRef: roomRef } = useFittingColumns(columnsOf(isUndo), 0)
  const frameRef = useMergedRef(frame, roomRef, showMoreSideways)
  const minWidth = rem(columns.reduce((sum, column) => sum + usualWidth(column), 0))
  const [active, setActive] = useState(0)
  const isWanted = useRef(false)
  /** Whose row has the focus. */
  const focusedId = useRef<string>(undefined)
  const current = Math.min(active, Math.max(0, users.length - 1))
  // Its functions are called here and handed on to nobody.
  // oxlint-disable-next-line react/incompatible-library
  const virtualizer = useVirtualizer({
    count: users.length,
    getScrollElement: () => frame.current,
    initialRect: { width: 0, height: 600 },
    estimateSize: () => rowHeight,
    indexAttribute: 'data-row',
    getItemKey: useCallback((n: number) => users[n]?.id ?? n, [users]),
    overscan: spare,
    scrollMargin: headHeight,
    scrollPaddingStart: headHeight,
  })
  const items = virtualizer.getVirtualItems()
  const first = items[0]?.index ?? 0
  const last = (items.at(-1)?.index ?? -1) + 1
  const above = (items[0]?.start ?? headHeight) - headHeight
  const below = virtualizer.getTotalSize() + headHeight - (items.at(-1)?.end ?? headHeight)
  const isPrinting = useIsPrinting()
  const printed = Math.min(users.length, mostPrinted)
  const isNearEnd = last >= users.length - spare
  const nearEnd = useEffectEvent(onNearEnd)

  useEffect(() => {
    if (isNearEnd) nearEnd()
  }, [isNearEnd, users.length])

  useEffect(() => {
    if (!isWanted.current) return
    const row = frame.current?.querySelector<HTMLElement>(`[data-row="${current}"]`)
    if (!row) return
    isWanted.current = false
    row.focus({ preventScroll: true })
  }, [current, first, last])

  function focusRow(n: number): void {
    const next = Math.max(0, Math.min(users.length - 1, n))
    isWanted.current = true
    setActive(next)
    virtualizer.scrollToIndex(next, { align: 'auto' })
    // The one that has the focus already is not drawn anew.
    frame.current?.querySelector<HTMLElement>(`[data-row="${next}"]`)?.focus({ preventScroll: true })
  }

  const keepFocus = useEffectEvent(() => {
    const isGone = focusedId.current !== undefined && !users.some(({ id }) => id === focusedId.current)
    if (isGone && document.activeElement === document.body) focusRow(current)
  })

  // A decision settles others as well, whose rows leave the list.
  useEffect(() => keepFocus(), [users])

  useEffect(
    () => () => {
      if (focusedId.current !== undefined && document.activeElement === document.body) focusDetail()
    },
    [],
  )

  /** Its place now: rows before it may have gone since it got the focus. */
  function focusedRow(): number | undefined {
    const row = frame.current?.querySelector<HTMLElement>('tbody tr:focus')
    return row ? Number(row.dataset['row']) : undefined
  }

  function focusNext(): void {
    const isAtOpen = selectedId !== undefined && users[current]?.id === selectedId
    focusRow((focusedRow() ?? (isAtOpen ? current : current - 1)) + 1)
  }

  useShortcut({ key: 'j', label: 'Next row', onPress: focusNext })
  useShortcut({ key: 'k', label: 'Row before', onPress: () => focusRow((focusedRow() ?? current) - 1) })

  function onKeyDown(event: KeyboardEvent<HTMLTableRowElement>, n: number, user: PlannedUser): void {
    if (event.target !== event.currentTarget) return
    const { startIndex = 0, endIndex = 0 } = virtualizer.range ?? {}
    const page = Math.max(1, endIndex - startIndex - 1)
    const steps: Readonly<Record<string, number>> = {
      ArrowDown: n + 1,
      ArrowUp: n - 1,
      Home: 0,
      End: users.length - 1,
      PageDown: n + page,
      PageUp: n - page,
    }
    const to = steps[event.key]
    if (to !== undefined) {
      event.preventDefault()
      focusRow(to)
    } else if (event.key === 'Enter') {
      event.preventDefault()
      navigate(hrefOf(user))
    }
  }

  return (
    <div ref={frameRef} className={classes['frame']}>
      <table
        className={classes['table']}
        style={{ minWidth }}
        aria-label="People"
        aria-rowcount={total === undefined ? -1 : total + 1}
        aria-busy={isStale}
      >
        <colgroup>
          {columns.map(({ id, width }) => (
            <col key={id} style={{ width: width === undefined ? shareOf(id, columns.length) : rem(width) }} />
          ))}
        </colgroup>
        <thead>
          <tr aria-rowindex={1}>
            {columns.map(({ id, label }) => (
              <th key={id} scope="col">
                {label}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {above > 0 && !isPrinting && (
            <tr aria-hidden style={{ height: above }}>
              <td colSpan={columns.length}>{nothing}</td>
            </tr>
          )}
          {(isPrinting ? Array.from({ length: printed }, (_, n) => n) : items.map(({ index }) => index)).map((n) => {
            const user = users[n]
            if (!user) return null
            return (
              <tr
                key={user.id}
                ref={virtualizer.measureElement}
                data-row={n}
                data-outcome={user.outcome}
                className={classes['row']}
                style={{ height: rowHeight }}
                aria-rowindex={n + 2}
                aria-label={sentence(user, isUndo)}
                aria-current={selectedId === user.id ? 'true' : undefined}
                tabIndex={n === current ? 0 : -1}
                onFocus={() => {
                  focusedId.current = user.id
                  setActive(n)
                }}
                onBlur={() => {
                  focusedId.current = undefined
                }}
                onKeyDown={(event) => onKeyDown(event, n, user)}
                onClick={() => {
                  if ((window.getSelection()?.toString() ?? '') === '') navigate(hrefOf(user))
                }}
              >
                {columns.map(({ id, cell }) => (
                  <td key={id}>{cell(user)}</td>
                ))}
              </tr>
            )
          })}
          {below > 0 && !isPrinting && (
            <tr aria-hidden style={{ height: below }}>
              <td colSpan={columns.length}>{nothing}</td>
            </tr>
          )}
        </tbody>
      </table>
      {isPrinting && <PrintedPart printed={printed} total={total ?? users.length} whole="The CSV has all of them." />}
    </div>
  )
}

function Outcome({ user, isUndo }: { readonly user: PlannedUser; readonly isUndo: boolean }) {
  const { word, meaning, icon } = outcomeText(user.outcome, isUndo)
  return <StateBadge word={word} meaning={meaning} {...(icon === undefined ? {} : { icon })} />
}

function Why({ user: { reason, rival, others, outcome } }: { readonly user: PlannedUser }) {
  return (
    <div className="breakable">
      {reason}
      {rival && (
        <>
          {' '}
          ({others > 1 && 'such as '}
          <bdi>{rival.userName}</bdi>
          {outcome === 'merges' && ' stays'})
        </>
      )}
    </div>
  )
}

/** A user ID on its own, so that one that turns the direction of writing leaves the others alone. */
function Name({ text }: { readonly text: string | null }) {
  return text === null ? (
    '–'
  ) : (
    <bdi className="cut" title={text}>
      {text}
    </bdi>
  )
}
