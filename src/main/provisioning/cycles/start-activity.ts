import type { Rhythm } from '../../../idp/rhythm.ts'
import { newActivity, type Activity, type Lane } from './activity.ts'
import { withOpen, type Transition } from './close-activity.ts'
import { gridAnchor } from './grid.ts'
import type { IntegrationTrack } from './integration-track.ts'

/** Begins an activity with the request of this number and time; its lane must be free. */
export function startActivity(
  track: IntegrationTrack,
  first: { readonly id: number; readonly at: number },
  lane: Lane,
  rhythm: Rhythm,
): Transition & { readonly activity: Activity } {
  const anchor = lane === 'main' ? gridAnchor(track.past, first.at, rhythm) : undefined
  const activity = newActivity(first, lane, anchor !== undefined)
  return {
    activity,
    track: withOpen(track, activity),
    events: [{ kind: 'started', activity }],
  }
}
