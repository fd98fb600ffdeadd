import { useCallback, useState } from 'react'
import type { Column } from './data-table.tsx'
import { measuredLength } from './measured-length.ts'

/** What a column without a width of its own has at least, in px; then the table scrolls sideways. */
const narrowestText = 170

/** What a column has at least, in px, until the person changes it. */
export function usualWidth({ width, narrowest }: Pick<Column<never>, 'width' | 'narrowest'>): number {
  return width ?? narrowest ?? narrowestText
}

/**
 * The columns that a frame has room for: those that give way are left out in their turn until the others fit. `room` and `taken`, which other
 * things than the columns take, are in px at the usual size of text. The first column takes half of the room at most.
 */
export function fittingColumns<Row>(
  columns: readonly Column<Row>[],
  room: number,
  taken: number,
): readonly Column<Row>[] {
  const needed = columns.reduce((sum, column, n) => {
    const width = usualWidth(column)
    return sum + (n === 0 ? Math.min(width, room / 2) : width)
  }, taken)
  const turns = columns.flatMap(({ givesWay }) => givesWay ?? [])
  if (needed <= room || turns.length === 0) return columns
  const next = Math.min(...turns)
  return fittingColumns(
    columns.filter(({ givesWay }) => givesWay !== next),
    room,
    taken,
  )
}

/** The columns that there is room for, and the ref of the frame that has it. */
export function useFittingColumns<Row>(columns: readonly Column<Row>[], taken: number) {
  const [room, setRoom] = useState(Infinity)
  // The first look comes before anything is drawn.
  const frameRef = useCallback((frame: HTMLElement | null) => {
    if (!frame) return undefined
    const look = () => setRoom(measuredLength(frame.clientWidth))
    look()
    const observer = new ResizeObserver(look)
    observer.observe(frame)
    return () => observer.disconnect()
  }, [])
  return { fitting: fittingColumns(columns, room, taken), frameRef }
}
