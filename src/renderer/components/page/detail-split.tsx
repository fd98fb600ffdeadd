import { Box, CloseButton, Group, Title } from '@mantine/core'
import { useMediaQuery } from '@mantine/hooks'
import { useEffect, useRef, useState, type KeyboardEvent, type PointerEvent, type ReactNode } from 'react'
import { useShortcut } from '../../app/use-shortcut.ts'
import { focusScreen } from '../focus/focus-place.ts'
import { usePreferences } from '../../stores/preferences.ts'
import classes from './detail-split.module.css'

interface DetailSplitProps {
  /** Under this name the place of the divider is remembered. */
  readonly id: string
  readonly list: ReactNode
  /** Nothing is open without it. */
  readonly detail: ReactNode | undefined
  readonly detailTitle: string
  readonly onClose: () => void
}

const smallest = 0.25
const largest = 0.75

/** The row that something in a list belongs to; the grid where that has the focus in the place of its rows. */
function rowOf(target: EventTarget): HTMLElement | null {
  return target instanceof Element ? target.closest<HTMLElement>('[role=grid], tbody tr') : null
}

/**
 * A list with what is open beside it, or below where it is narrow. Enter on a row takes the focus along to the name of what it opens, and Esc,
 * which closes, back to the row. The divider is moved by pointer or arrow keys.
 */
export function DetailSplit({ id, list, detail, detailTitle, onClose }: DetailSplitProps) {
  const frame = useRef<HTMLDivElement>(null)
  const listBox = useRef<HTMLDivElement>(null)
  const opened = useRef<HTMLElement>(null)
  const isOpen = detail !== undefined
  const isNarrow = useMediaQuery('(max-width: 75em)')
  // Beside each other and below each other are two arrangements, each with a divider of its own.
  const split = isNarrow ? `${id} below` : id
  const share = usePreferences((state) => state.splits[split]) ?? 0.5
  const setSplit = usePreferences((state) => state.setSplit)
  useShortcut({ key: 'Escape', shown: 'Esc', label: 'Close the detail', onPress: onClose, isOff: !isOpen })

  // In a low window it begins below what can be seen. Who opens it by a click goes on in the list.
  useEffect(() => {
    if (isOpen && isNarrow) opened.current?.scrollIntoView({ block: 'nearest' })
  }, [isOpen, isNarrow])

  const name = useRef<HTMLHeadingElement>(null)
  const [enters, setEnters] = useState(0)
  useEffect(() => {
    if (enters > 0) name.current?.focus()
  }, [enters])

  // What was left for the detail last in the list: a row or what holds the rows, though the keys may have passed other things since.
  const leftInList = useRef<HTMLElement>(undefined)
  const isInDetail = useRef(false)
  useEffect(() => {
    if (isOpen || !isInDetail.current) return
    isInDetail.current = false
    // The browser takes the focus away with what had it.
    if (document.activeElement !== null && document.activeElement !== document.body) return
    // Where its row has gone, another one stands in its place.
    const places = [leftInList.current, listBox.current?.querySelector<HTMLElement>('tbody tr[tabindex="0"]')]
    for (const place of places) {
      place?.focus({ preventScroll: true })
      if (place && document.activeElement === place) return
    }
    focusScreen()
  }, [isOpen])

  function move(to: number): void {
    setSplit(split, Math.min(largest, Math.max(smallest, to)))
  }

  function onPointerMove(event: PointerEvent<HTMLDivElement>): void {
    if (!event.currentTarget.hasPointerCapture(event.pointerId) || !frame.current) return
    const box = frame.current.getBoundingClientRect()
    move(isNarrow ? (event.clientY - box.top) / box.height : (event.clientX - box.left) / box.width)
  }

  function onKeyDown(event: KeyboardEvent<HTMLDivElement>): void {
    const step = { ArrowLeft: -0.05, ArrowUp: -0.05, ArrowRight: 0.05, ArrowDown: 0.05 }[event.key]
    if (step === undefined) return
    event.preventDefault()
    move(share + step)
  }

  const size = `${(share * 100).toFixed(1)}%`
  const listSize = isNarrow ? { height: size } : { width: size }
  return (
    <div
      ref={frame}
      className={classes['frame']}
      data-narrow={isNarrow || undefined}
      onFocus={({ target }) => {
        // Dialogs and menus tell of theirs as well, though they are drawn elsewhere.
        if (!frame.current?.contains(target)) return
        isInDetail.current = listBox.current?.contains(target) !== true
        if (!isInDetail.current) leftInList.current = rowOf(target) ?? (isOpen ? leftInList.current : target)
      }}
    >
      {/* The same element with and without a detail, so that a list keeps its place when one is opened. */}
      <Box
        ref={listBox}
        className={isOpen ? classes['list'] : classes['whole']}
        style={isOpen ? listSize : undefined}
        onKeyDown={(event) => {
          // The row has taken the key by now.
          if (event.key === 'Enter' && event.defaultPrevented && rowOf(event.target) === event.target)
            setEnters(enters + 1)
        }}
      >
        {list}
      </Box>
      {isOpen && (
        <>
          {/* A separator that can be moved is a widget (ARIA 1.2, separator). */}
          <div
            role="separator"
            tabIndex={0}
            aria-label="Divider between list and detail"
            aria-orientation={isNarrow ? 'horizontal' : 'vertical'}
            aria-valuenow={Math.round(share * 100)}
            aria-valuemin={smallest * 100}
            aria-valuemax={largest * 100}
            className={classes['divider']}
            onPointerDown={(event) => event.currentTarget.setPointerCapture(event.pointerId)}
            onPointerMove={onPointerMove}
            onKeyDown={onKeyDown}
          />
          <aside ref={opened} className={classes['detail']} aria-label={detailTitle}>
            <Group justify="space-between" align="flex-start" wrap="nowrap" className={classes['head']}>
              <Title ref={name} order={2} className={classes['name']} dir="auto" title={detailTitle} tabIndex={-1}>
                {detailTitle}
              </Title>
              <CloseButton aria-label="Close the detail" onClick={onClose} />
            </Group>
            <div className={classes['body']}>{detail}</div>
          </aside>
        </>
      )}
    </div>
  )
}
