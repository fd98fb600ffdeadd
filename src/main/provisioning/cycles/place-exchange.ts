import type { Rhythm } from '../../../idp/rhythm.ts'
import { unreachable } from '../../../scim/unreachable.ts'
import type { Activity, Lane } from './activity.ts'
import type { ActivityEvent } from './activity-event.ts'
import { kindOf } from './activity-kind.ts'
import { closeActivity, withOpen, type Transition } from './close-activity.ts'
import type { IntegrationTrack } from './integration-track.ts'
import { closesAfter } from './silence.ts'
import { startActivity } from './start-activity.ts'
import type { TrackedExchange } from './tracked-exchange.ts'

const second = 1000
const minute = 60 * second

/** Two probes within this time announce something new. */
const probesWithin = minute
/** How long it must have been quiet before a probe can announce something new. */
const quietAfterProbes = 30 * second
const quietAfterOnDemand = 5 * second
const quietAmidCycle = minute
/** An IdP whose cycles take longer than their interval begins the next one at once. */
const earlyBy = 2 * minute
/** Events may never pause; after so long a new activity begins all the same, so that what failed is told of. */
const longestEvents = 60 * minute
/** Requests are recorded when they are answered, so that a slow one comes late; what is older than this shows a clock that was set back. */
const latest = 10 * minute

function isFirstGroupsPage({ role, noun, record }: TrackedExchange): boolean {
  return role === 'page' && noun === 'group' && /[?&]startIndex=1(?:&|$)/i.test(record.target)
}

/** Which of the things that an IdP may do at the same time a request belongs to. */
function laneOf(exchange: TrackedExchange, track: IntegrationTrack, rhythm: Rhythm): Lane {
  switch (exchange.role) {
    case 'page':
      // Okta's test of a connection with group import reads a page of groups as well.
      return track.open.some((each) => each.lane === 'test' && exchange.at - each.lastAt < minute) &&
        isFirstGroupsPage(exchange)
        ? 'test'
        : 'import'
    case 'test':
      return 'test'
    case 'probe':
      return rhythm.hasProbes ? 'main' : 'test'
    case 'lookup':
    case 'read':
    case 'reference':
    case 'create':
    case 'change':
    case 'membership':
    case 'delete':
    case 'bulk':
    case 'discovery':
    case 'refusal':
    case 'deferral':
    case 'other':
      return 'main'
    default:
      return unreachable(exchange.role)
  }
}

/** Whether a probe at this moment can be the beginning of something new; the second one decides. */
function mayAnnounce(open: Activity, track: IntegrationTrack, at: number, rhythm: Rhythm): boolean {
  if (open.ordinary === 0) return at - open.lastAt >= quietAfterProbes
  const quiet = at - open.lastOrdinaryAt
  if (quiet >= quietAmidCycle) return true
  if (quiet >= quietAfterOnDemand && kindOf(open, track, rhythm) === 'on-demand') return true
  return rhythm.intervalMs !== undefined && at - open.startedAt >= rhythm.intervalMs - earlyBy
}

/** The activity as it was before the probe that turns out to begin the next one. */
function withoutCandidate(open: Activity): Activity {
  if (open.candidate === null) return open
  const { lastAt, lastExchange } = open.candidate
  return { ...open, requests: open.requests - 1, probes: open.probes - 1, lastAt, lastExchange, candidate: null }
}

interface Placed extends Transition {
  readonly activity: Activity
}

function replace(
  track: IntegrationTrack,
  open: Activity,
  first: { readonly id: number; readonly at: number },
  rhythm: Rhythm,
): Placed {
  const closed = closeActivity(track, open, rhythm)
  const started = startActivity(closed.track, first, open.lane, rhythm)
  return { ...started, events: [...closed.events, ...started.events] }
}

/** The two probes begin the next activity. */
function split(track: IntegrationTrack, open: Activity, rhythm: Rhythm): Placed | undefined {
  const { candidate } = open
  if (candidate === null) return undefined
  const placed = replace(track, withoutCandidate(open), candidate, rhythm)
  const activity = { ...placed.activity, requests: 1, probes: 1 }
  return { track: withOpen(placed.track, activity), activity, events: placed.events }
}

/** Whether an activity is as long as one may be. */
export function mustEnd(open: Activity, at: number, rhythm: Rhythm): boolean {
  return rhythm.kind === 'events' && at - open.startedAt > longestEvents
}

function isOver(open: Activity, exchange: TrackedExchange, rhythm: Rhythm): boolean {
  const quiet = exchange.at - open.lastAt
  // Once it is likely over, a probe begins something new.
  if (open.endedAt !== null && exchange.role === 'probe') return true
  if (mustEnd(open, exchange.at, rhythm)) return true
  return quiet > closesAfter(open, rhythm)
}

/** A clock that was set back would keep an activity open until it has caught up. */
export function withClockSetBack(open: Activity, at: number): Activity {
  if (at >= open.lastAt - latest) return open
  return { ...open, lastAt: at, lastOrdinaryAt: at, startedAt: Math.min(open.startedAt, at), candidate: null }
}

function continued(track: IntegrationTrack, open: Activity, exchange: TrackedExchange, rhythm: Rhythm): Placed {
  if (exchange.role === 'probe' && rhythm.hasProbes) {
    const { candidate } = open
    if (candidate !== null && exchange.at - candidate.at <= probesWithin) {
      const begun = split(track, open, rhythm)
      if (begun) return begun
    }
    if (mayAnnounce(open, track, exchange.at, rhythm)) {
      const { lastAt, lastExchange } = open
      const activity = { ...open, candidate: { id: exchange.id, at: exchange.at, lastAt, lastExchange } }
      return { track, activity, events: [] }
    }
    return { track, activity: open, events: [] }
  }
  const activity = open.candidate === null ? open : { ...open, candidate: null }
  if (open.endedAt === null) return { track, activity, events: [] }
  const resumed: Activity = { ...activity, endedAt: null }
  const event: ActivityEvent = { kind: 'resumed', activity: resumed, as: kindOf(resumed, track, rhythm) }
  return { track, activity: resumed, events: [event] }
}

/** The activity that a request belongs to: the one that runs, or a new one. */
export function placeExchange(track: IntegrationTrack, exchange: TrackedExchange, rhythm: Rhythm): Placed {
  const lane = laneOf(exchange, track, rhythm)
  const found = track.open.find((each) => each.lane === lane)
  if (found === undefined) return startActivity(track, exchange, lane, rhythm)
  const open = withClockSetBack(found, exchange.at)
  if (isOver(open, exchange, rhythm)) return replace(track, open, exchange, rhythm)
  return continued(track, open, exchange, rhythm)
}
