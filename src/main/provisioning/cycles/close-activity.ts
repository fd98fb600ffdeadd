import type { Rhythm } from '../../../idp/rhythm.ts'
import type { Activity, ActivityKind } from './activity.ts'
import type { ActivityEvent } from './activity-event.ts'
import { kindOf } from './activity-kind.ts'
import { isWholeCycle } from './cycle.ts'
import { recognizeFirstCycle } from './first-cycle.ts'
import type { IntegrationTrack, PastActivity } from './integration-track.ts'

const remembered = 12

export interface Transition {
  readonly track: IntegrationTrack
  readonly events: readonly ActivityEvent[]
}

export function withOpen(track: IntegrationTrack, activity: Activity): IntegrationTrack {
  const isThere = track.open.some((each) => each.lane === activity.lane)
  const open = isThere
    ? track.open.map((each) => (each.lane === activity.lane ? activity : each))
    : [...track.open, activity]
  return { ...track, open }
}

function withoutOpen(track: IntegrationTrack, activity: Activity): IntegrationTrack {
  return { ...track, open: track.open.filter((each) => each.lane !== activity.lane) }
}

function pastOf(activity: Activity, kind: ActivityKind): PastActivity {
  return {
    id: activity.id,
    kind,
    startedAt: activity.startedAt,
    endedAt: activity.lastAt,
    isSubstantial: activity.ordinary > 0,
    failed: activity.counts.failed,
    operations: activity.counts.operations,
  }
}

/** An initial cycle looks at everybody; after that the number follows what is created and deleted. */
function knownUsersAfter(track: IntegrationTrack, activity: Activity, kind: ActivityKind): number {
  const { users } = activity.counts
  if (kind === 'initial') return users.seen - users.deleted
  return Math.max(0, track.knownUsers + users.created - users.deleted)
}

/** Marks an activity as likely over. It stays open for the case that it goes on. */
export function endActivity(track: IntegrationTrack, activity: Activity, rhythm: Rhythm): Transition {
  if (activity.endedAt !== null) return { track, events: [] }
  const ended = { ...activity, endedAt: activity.lastAt, candidate: null }
  const first = recognizeFirstCycle(track, ended, rhythm)
  return {
    track: withOpen(first.track, ended),
    events: [...first.events, { kind: 'ended', activity: ended, as: kindOf(ended, first.track, rhythm) }],
  }
}

/** Takes an activity away for good; what it was is remembered. */
export function closeActivity(before: IntegrationTrack, open: Activity, rhythm: Rhythm): Transition {
  const ended = endActivity(before, open, rhythm)
  const { track } = ended
  const activity: Activity = { ...open, endedAt: open.lastAt, candidate: null }
  const kind = kindOf(activity, track, rhythm)
  const closed: ActivityEvent = { kind: 'closed', activity, as: kind }
  const events = [...ended.events, closed]
  if (activity.lane !== 'main') return { track: withoutOpen(track, activity), events }
  return {
    track: {
      ...withoutOpen(track, activity),
      past: [...track.past.slice(1 - remembered), pastOf(activity, kind)],
      cycles: track.cycles + (isWholeCycle(kind) ? 1 : 0),
      knownUsers: knownUsersAfter(track, activity, kind),
    },
    events,
  }
}
