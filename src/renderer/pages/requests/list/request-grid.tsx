import { rem } from '@mantine/core'
import { useVirtualizer, type Range } from '@tanstack/react-virtual'
import { useCallback, useEffect, useEffectEvent, useImperativeHandle, useLayoutEffect, useRef, useState } from 'react'
import type { KeyboardEvent, MouseEvent, Ref } from 'react'
import type { Request } from '../../../../contract/requests.ts'
import { useShortcut } from '../../../app/use-shortcut.ts'
import { dateText } from '../../../components/text/time-text.ts'
import { PrintedPart } from '../../../components/page/printed-part.tsx'
import { mostPrinted, useIsPrinting } from '../../../components/page/use-is-printing.ts'
import { useIntegrationNames } from '../../../rpc/use-integration-names.ts'
import { useNow } from '../../../stores/clock.ts'
import { usePreferences } from '../../../stores/preferences.ts'
import type { LogRow } from '../log/log-row.ts'
import { GridHead } from './grid-head.tsx'
import { placeLeft, rememberPlace } from './left-place.ts'
import { requestColumns, type RequestSort } from './request-columns.ts'
import classes from './request-grid.module.css'
import { RequestRow } from './request-row.tsx'
import type { RowSource } from './row-source.ts'
import { TailBar } from './tail-bar.tsx'
import { useFollowing, useTail } from './use-tail.ts'

const rowHeight = 32
const overscan = 8
/** Elements that rows are drawn in: a row that leaves hands its element on to one that comes, which is cheaper than a new one. */
const fewestElements = 64
/** So few rows before either end, more are asked for. */
const nearOldest = 30

/** What others may tell the grid. */
export interface GridHandle {
  /** The row that the keys are at: the request, and where it stands. */
  active(): { readonly request: Request; readonly element: HTMLElement | null } | undefined
}

interface RequestGridProps {
  /** What the list shows: under this name it is remembered where it was left. */
  readonly list: string
  readonly ref?: Ref<GridHandle>
  readonly label: string
  readonly rows: RowSource
  /** How many there are in all, where more come as they are scrolled to. */
  readonly total: number | undefined
  /** New rows come at the end, and the list follows them. */
  readonly hasTail: boolean
  /** Older rows are being read. */
  readonly isLoadingOlder: boolean
  readonly openId: number | undefined
  readonly marked: ReadonlySet<number>
  readonly sort: RequestSort | undefined
  /** Without it the list stands in the order of arrival. */
  readonly onSort: ((sort: RequestSort | undefined) => void) | undefined
  readonly hrefOf: (id: number) => string
  readonly onOpen: (id: number) => void
  readonly onMark: (request: Request) => void
  readonly onMenu: (request: Request, anchor: HTMLElement) => void
  readonly onNearOldest: () => void
  readonly onNearEnd: () => void
  /** How many came since the list was held; undefined while it is not. */
  readonly held: number | undefined
  readonly onResume: () => void
}

/**
 * The requests as a grid that draws only what is in sight. The grid has the focus and the keys; `aria-activedescendant` names the row
 * that they are at, since rows come and go.
 */
export function RequestGrid(props: RequestGridProps) {
  const { rows, openId, onOpen, onMark, onMenu, onNearOldest, onNearEnd } = props
  const { first, end } = rows
  const scroller = useRef<HTMLDivElement>(null)
  const [active, setActive] = useState<number>()
  const nameOf = useIntegrationNames()
  const today = dateText(useNow())
  const preference = usePreferences((state) => state.tables['requests'])
  const [place] = useState(() => (openId === undefined ? placeLeft(props.list, rows, rowHeight) : undefined))
  const following = useFollowing(props.hasTail, place === undefined ? undefined : end)
  const { isFollowing } = following
  const count = end - first
  const isPrinting = useIsPrinting()

  // Its functions are called here and handed on to nobody.
  // oxlint-disable-next-line react/incompatible-library
  const virtualizer = useVirtualizer({
    count,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    getItemKey: useCallback((index: number) => first + index, [first]),
    overscan,
    scrollMargin: rowHeight,
    scrollPaddingStart: rowHeight,
    anchorTo: isFollowing ? 'start' : 'end',
    // At the end of a growing list the rows are known before the scrolling is: none may be missing for a frame.
    rangeExtractor: useCallback(
      ({ startIndex, endIndex, count: all }: Range) => {
        const visible = endIndex - startIndex + 1
        const to = isFollowing ? all - 1 : Math.min(all - 1, endIndex + overscan)
        const from = isFollowing ? to - visible - overscan : startIndex - overscan
        return Array.from({ length: Math.max(0, to - Math.max(0, from) + 1) }, (_, n) => Math.max(0, from) + n)
      },
      [isFollowing],
    ),
  })
  const height = virtualizer.scrollRect?.height ?? 0
  // After the virtualizer's own scrolling, which it would undo.
  const tail = useTail({
    scroller,
    first,
    end,
    following,
    isHeld: props.held !== undefined,
    height,
    isHeldByOpen: openId !== undefined,
  })
  useLayoutEffect(() => {
    if (place !== undefined) scroller.current?.scrollTo({ top: place })
  }, [place])

  function onScroll(): void {
    tail.onScroll()
    const scrolled = scroller.current?.scrollTop ?? 0
    rememberPlace(props.list, rows, tail.isAtEnd() ? undefined : scrolled / rowHeight, rowHeight)
  }

  const items = virtualizer.getVirtualItems()
  const drawn = isPrinting
    ? printedRows(count, props.hasTail)
    : items.map(({ index, start }) => ({ index, top: start - rowHeight }))
  const elements = Math.max(fewestElements, drawn.length)
  const top = virtualizer.range?.startIndex ?? 0
  const bottom = virtualizer.range?.endIndex ?? 0

  useEffect(() => {
    if (count > 0 && top < nearOldest && !isFollowing) onNearOldest()
  }, [count, top, isFollowing, onNearOldest])
  useEffect(() => {
    if (count > 0 && bottom > count - nearOldest) onNearEnd()
  }, [count, bottom, onNearEnd])

  /** Where the open request stands; it may be far from what is in sight. */
  function positionOfOpen(): number | undefined {
    for (let position = end - 1; position >= first; position--) {
      const row = rows.at(position)
      if (row?.kind === 'request' && row.request.id === openId) return position
    }
    return undefined
  }

  // A link from elsewhere may open what is far from sight; and what is open may take the room in which its row stands.
  const broughtId = useRef<number>(undefined)
  const bringOpenIntoSight = useEffectEvent(() => {
    const open = positionOfOpen()
    if (open === undefined) return
    const isDrawn = items.some(({ index }) => first + index === open)
    if (!isDrawn && broughtId.current === openId) return
    broughtId.current = openId
    if (!isDrawn) tail.leave()
    virtualizer.scrollToIndex(open - first, { align: isDrawn ? 'auto' : 'center' })
  })
  useEffect(() => {
    if (openId !== undefined && height > 0) bringOpenIntoSight()
  }, [openId, height])

  function move(to: number): void {
    const next = Math.max(first, Math.min(end - 1, to))
    tail.leave()
    setActive(next)
    virtualizer.scrollToIndex(next - first, { align: 'auto' })
    scroller.current?.focus({ preventScroll: true })
  }

  /** Where the keys begin: at the open row, else at the newest. */
  function current(): number | undefined {
    if (active !== undefined && active >= first && active < end) return active
    return openId === undefined ? undefined : positionOfOpen()
  }

  function step(by: number): void {
    const from = current()
    move(from === undefined ? end - 1 : from + by)
  }

  function follow(): void {
    setActive(undefined)
    following.follow()
    virtualizer.scrollToIndex(count - 1, { align: 'end' })
  }

  const perPage = Math.max(1, Math.floor((scroller.current?.clientHeight ?? 0) / rowHeight) - 2)
  const steps: Readonly<Record<string, () => void>> = {
    ArrowDown: () => step(1),
    ArrowUp: () => step(-1),
    PageDown: () => step(perPage),
    PageUp: () => step(-perPage),
    Home: () => move(first),
  }

  function onKeyDown(event: KeyboardEvent<HTMLDivElement>): void {
    if (event.ctrlKey || event.metaKey || event.altKey) return
    const act = steps[event.key]
    const at = current()
    const row = at === undefined ? undefined : rows.at(at)
    if (act) act()
    else if (event.key === 'Enter' && row?.kind === 'request' && row.request.lost === null) onOpen(row.request.id)
    else return
    event.preventDefault()
  }

  useShortcut({ key: 'j', label: 'Next request', onPress: () => step(1) })
  useShortcut({ key: 'k', label: 'Request before', onPress: () => step(-1) })
  useShortcut({ key: 'End', label: 'Newest request, and follow', onPress: follow })

  const domId = (position: number) => `request-row-${position}`
  useImperativeHandle(props.ref, () => ({
    active() {
      const at = current()
      const row = at === undefined ? undefined : rows.at(at)
      if (at === undefined || row?.kind !== 'request' || row.request.lost !== null) return undefined
      return { request: row.request, element: document.getElementById(domId(at)) }
    },
  }))

  const { leave } = tail
  const onPress = useCallback(
    (row: LogRow, event: MouseEvent) => {
      if (row.kind !== 'request' || isOwnControl(event.target)) return
      if (event.ctrlKey || event.metaKey) return
      if (event.shiftKey) return onMark(row.request)
      if (hasSelection()) return
      leave()
      onOpen(row.request.id)
    },
    [leave, onMark, onOpen],
  )

  const widths: Record<string, string> = {}
  for (const { id, width } of requestColumns)
    if (width !== undefined) widths[`--${id}`] = rem(preference?.widths[id] ?? width)
  const at = current()
  const isDrawn = at !== undefined && items.some(({ index }) => first + index === at)
  return (
    <div className={classes['frame']} style={widths}>
      <div
        ref={scroller}
        role="grid"
        tabIndex={0}
        aria-label={props.label}
        aria-rowcount={(props.total ?? count) + 1}
        aria-multiselectable
        aria-activedescendant={isDrawn ? domId(at) : undefined}
        className={classes['grid']}
        onScroll={onScroll}
        onKeyDown={onKeyDown}
      >
        <GridHead sort={props.sort} onSort={props.onSort} />
        <div role="rowgroup" className={classes['body']} style={{ height: virtualizer.getTotalSize() }}>
          {drawn.map(({ index, top: placeOfRow }) => {
            const position = first + index
            const row = rows.at(position)
            if (!row) return null
            const { id, integration = null, at: sentAt = 0 } = row.kind === 'request' ? row.request : {}
            return (
              <RequestRow
                key={((position % elements) + elements) % elements}
                row={row}
                domId={domId(position)}
                rowIndex={index + 2}
                top={placeOfRow}
                isActive={position === at}
                isOpen={id !== undefined && id === openId}
                isMarked={id !== undefined && props.marked.has(id)}
                today={today}
                href={id === undefined ? '' : props.hrefOf(id)}
                integration={integration === null ? null : (nameOf(integration, sentAt) ?? integration)}
                onPress={onPress}
                onMark={onMark}
                onMenu={onMenu}
              />
            )
          })}
        </div>
      </div>
      {isPrinting && (
        <PrintedPart printed={drawn.length} total={props.total ?? count} whole="Export has all of them." />
      )}
      {props.isLoadingOlder && (
        <div className={classes['older']} role="progressbar" aria-label="Reading older requests" />
      )}
      <TailBar
        held={props.held}
        missed={tail.missed}
        isFollowing={isFollowing || !props.hasTail}
        onResume={props.onResume}
        onFollow={follow}
      />
    </div>
  )
}

/** What is printed: the newest ones, or the first ones of another order; on paper they follow each other by themselves. */
function printedRows(count: number, hasTail: boolean) {
  const printed = Math.min(count, mostPrinted)
  const from = hasTail ? count - printed : 0
  return Array.from({ length: printed }, (_, n) => ({ index: from + n, top: 0 }))
}

/** A button inside the row does its own thing. */
function isOwnControl(target: EventTarget): boolean {
  return target instanceof Element && target.closest('button, a:not([tabindex="-1"])') !== null
}

/** Somebody who has just selected a text did not mean to open the row. */
function hasSelection(): boolean {
  return (window.getSelection()?.toString() ?? '') !== ''
}
