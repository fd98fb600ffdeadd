import { isOnWayBack } from '../../../components/focus/use-kept-scroll.ts'
import type { RowSource } from './row-source.ts'

/** Where a list was left: the request that stood at its top, and how far above its edge, in px. */
interface Place {
  readonly id: number
  readonly above: number
}

/** Lists that were left elsewhere than at their end, by what they show. */
const places = new Map<string, Place>()

/** Remembers where a list stands; `top` is how far it is scrolled, in rows. Without it the list stands where it begins by itself. */
export function rememberPlace(list: string, rows: RowSource, top: number | undefined, rowHeight: number): void {
  places.delete(list)
  if (top === undefined) return
  for (let position = rows.first + Math.floor(top); position < rows.end; position++) {
    const row = rows.at(position)
    if (row?.kind !== 'request') continue
    places.set(list, { id: row.request.id, above: (rows.first + top - position) * rowHeight })
    return
  }
}

/** How far the list was scrolled when it was left, in px; undefined unless this is the way back to it and the place is still there. */
export function placeLeft(list: string, rows: RowSource, rowHeight: number): number | undefined {
  const place = isOnWayBack() ? places.get(list) : undefined
  if (!place) return undefined
  for (let position = rows.end - 1; position >= rows.first; position--) {
    const row = rows.at(position)
    if (row?.kind === 'request' && row.request.id === place.id) return (position - rows.first) * rowHeight + place.above
  }
  return undefined
}
