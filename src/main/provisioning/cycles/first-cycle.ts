import type { Rhythm } from '../../../idp/rhythm.ts'
import type { Activity } from './activity.ts'
import type { ActivityEvent } from './activity-event.ts'
import { gridAnchor } from './grid.ts'
import type { IntegrationTrack } from './integration-track.ts'

/** An initial cycle creates more than that, an incremental one after it hardly ever does. */
const mostCreatedAfterFirst = 5

/**
 * The first cycle of somebody who assigned one person looks like a run on demand; that the next one, `follower`, begins by the clock shows what it was.
 */
export function recognizeFirstCycle(
  track: IntegrationTrack,
  follower: Activity,
  rhythm: Rhythm,
): { readonly track: IntegrationTrack; readonly events: readonly ActivityEvent[] } {
  const isFollower = follower.isOnGrid && follower.counts.users.created <= mostCreatedAfterFirst
  const first = track.cycles === 0 && isFollower ? gridAnchor(track.past, follower.startedAt, rhythm) : undefined
  if (first === undefined || !first.isSubstantial) return { track, events: [] }
  const past = track.past.map((each) => (each === first ? { ...each, kind: 'initial' as const } : each))
  return { track: { ...track, past, cycles: 1 }, events: [{ kind: 'reclassified', id: first.id, as: 'initial' }] }
}
