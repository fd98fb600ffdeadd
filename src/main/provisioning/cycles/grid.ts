import type { Rhythm } from '../../../idp/rhythm.ts'
import { isWholeCycle } from './cycle.ts'
import type { PastActivity } from './integration-track.ts'

const minute = 60_000
const tolerance = 3 * minute
/** A cycle that took longer than the interval is followed by the next one at once. */
const atOnce = 5 * minute
/** Missed cycles blur the grid. */
const longestReach = 26 * 60 * minute

function isMultiple(distance: number, interval: number): boolean {
  const rest = distance % interval
  return distance > interval / 2 && Math.min(rest, interval - rest) <= tolerance
}

function leadsTo(earlier: PastActivity, startedAt: number, interval: number): boolean {
  const distance = startedAt - earlier.startedAt
  // What was no cycle proves a grid only by the very next start.
  if (!isWholeCycle(earlier.kind)) return Math.abs(distance - interval) <= tolerance
  const isNextAtOnce =
    earlier.endedAt - earlier.startedAt >= interval - tolerance && startedAt - earlier.endedAt <= atOnce
  return isNextAtOnce || (distance <= longestReach && isMultiple(distance, interval))
}

/** The earlier activity from whose start, by the IdP's interval, one was to begin now. */
export function gridAnchor(
  past: readonly PastActivity[],
  startedAt: number,
  { intervalMs }: Rhythm,
): PastActivity | undefined {
  if (intervalMs === undefined) return undefined
  return past.findLast((earlier) => earlier.startedAt < startedAt && leadsTo(earlier, startedAt, intervalMs))
}
