import type { Rhythm } from '../../idp/rhythm.ts'
import { newActivity, type Activity, type Lane } from './activity.ts'
import { withOpen, type Transition } from './close-activity.ts'
import { gridAnchor } from './grid.ts'
import type { IntegrationTrack, PastActivity } from './integration-track.ts'

/** The first cycle of somebody who assigned one person looks like a run on demand, until the next one begins by the clock. */
function withFirstCycle(track: IntegrationTrack, anchor: PastActivity | undefined): Transition {
  if (anchor === undefined || track.cycles > 0 || !anchor.isSubstantial) return { track, events: [] }
  const past = track.past.map((each) => (each === anchor ? { ...each, kind: 'initial' as const } : each))
  return {
    track: { ...track, past, cycles: 1 },
    events: [{ kind: 'reclassified', id: anchor.id, as: 'initial' }],
  }
}

/** Begins an activity with the request of this number and time; its lane must be free. */
export function startActivity(
  track: IntegrationTrack,
  first: { readonly id: number; readonly at: number },
  lane: Lane,
  rhythm: Rhythm,
): Transition & { readonly activity: Activity } {
  const anchor = lane === 'main' ? gridAnchor(track.past, first.at, rhythm) : undefined
  const activity = newActivity(first, lane, anchor !== undefined)
  const known = withFirstCycle(track, anchor)
  return {
    activity,
    track: withOpen(known.track, activity),
    events: [...known.events, { kind: 'started', activity }],
  }
}
