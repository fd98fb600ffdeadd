import type { Rhythm } from '../../../idp/rhythm.ts'
import type { ActivityEvent } from './activity-event.ts'
import { clientName, withClient } from './client-name.ts'
import { closeActivity, endActivity, withOpen, type Transition } from './close-activity.ts'
import { countExchange, type SubjectMark, type SubjectMemory, type SubjectNumber } from './count-exchange.ts'
import { rhythmOf, type IntegrationTrack, type Refusals } from './integration-track.ts'
import { placeExchange, withClockSetBack } from './place-exchange.ts'
import { closesAfter, endsAfter } from './silence.ts'
import type { TrackedExchange } from './tracked-exchange.ts'

/** What the tracker needs beside the exchange. */
export interface TrackingContext {
  /** The IdP that the admin chose for the integration. */
  readonly configured: string
  readonly memory: SubjectMemory
  readonly numberOf: SubjectNumber
}

export interface TrackingStep extends Transition {
  /** What the ledger is to remember. */
  readonly marks: readonly SubjectMark[]
  /** The number of the activity that the exchange belongs to; undefined for a refusal or a request that was put off. */
  readonly activityId: number | undefined
}

/** Whoever sends what was never a token here may be anybody. */
const anybodysReasons: ReadonlySet<string> = new Set(['token-unknown', 'token-jwt'])

function isStranger({ clients }: IntegrationTrack, { record }: TrackedExchange, reason: string): boolean {
  return anybodysReasons.has(reason) && clients.length > 0 && !clients.includes(clientName(record.requestHeaders))
}

function withRefusal(before: Refusals | null, { at, id }: TrackedExchange, reason: string): Refusals {
  return { since: before?.since ?? at, lastAt: at, count: (before?.count ?? 0) + 1, reason, lastExchange: id }
}

/** A refused request belongs to no activity: anybody may have sent it. */
function refuse(before: IntegrationTrack, exchange: TrackedExchange, reason: string): TrackingStep {
  const step = { events: [], marks: [], activityId: undefined }
  // Whoever sends no token at all is a browser or a scanner, and says nothing about the IdP.
  if (reason === 'token-missing' || reason === 'not-bearer') return { ...step, track: before }
  if (isStranger(before, exchange, reason))
    return { ...step, track: { ...before, strangers: withRefusal(before.strangers, exchange, reason) } }
  const refusals = withRefusal(before.refusals, exchange, reason)
  return { ...step, track: { ...before, lastRequestAt: exchange.at, refusals } }
}

/** A guess counts where nothing better is known; a GUID that is looked for is as much as Entra ID ever shows. */
function detected(before: IntegrationTrack, exchange: TrackedExchange): IntegrationTrack['detected'] {
  const { idp } = exchange
  if (idp === undefined || idp === 'generic') return before.detected
  const isSure = exchange.record.certainty !== 'guess'
  return isSure || before.detected === null ? idp : before.detected
}

/** A conflict with somebody whom the IdP sees is how one that creates first learns that they are here. */
function isExpected({ failure, role, codes }: TrackedExchange, { createsFirst }: Rhythm): boolean {
  return createsFirst && failure === 'conflict' && role === 'create' && codes.includes('uniqueness-refused')
}

/** What is known of an integration after one more exchange. Exchanges come in the order in which they were answered. */
export function track(before: IntegrationTrack, exchange: TrackedExchange, context: TrackingContext): TrackingStep {
  if (exchange.refusal !== undefined) return refuse(before, exchange, exchange.refusal)
  const known: IntegrationTrack = {
    detected: detected(before, exchange),
    lastAcceptedAt: exchange.at,
    lastRequestAt: exchange.at,
    refusals: null,
    strangers: null,
    clients: withClient(before.clients, clientName(exchange.record.requestHeaders)),
    open: before.open,
    past: before.past,
    cycles: before.cycles,
    knownUsers: before.knownUsers,
    openTime: before.openTime,
  }
  // Who is put off has not begun anything.
  if (exchange.role === 'deferral' && !known.open.some((each) => each.lane === 'main' && each.endedAt === null))
    return { track: known, events: [], marks: [], activityId: undefined }
  const rhythm = rhythmOf(known, context.configured)
  const placed = placeExchange(known, exchange, rhythm)
  const told = isExpected(exchange, rhythm) ? { ...exchange, failure: undefined } : exchange
  const counted = countExchange(placed.activity, told, context.memory, context.numberOf)
  return {
    track: withOpen(placed.track, counted.activity),
    events: placed.events,
    marks: counted.marks,
    activityId: counted.activity.id,
  }
}

/** Exchanges that the journal could not record: what runs has counts that are too low. */
export function trackLoss(before: IntegrationTrack, lost: number): IntegrationTrack {
  return { ...before, open: before.open.map((each) => ({ ...each, lost: each.lost + lost })) }
}

/** What is known of an integration when nothing has come until `now`. Returns the same track when nothing has changed. */
export function advance(before: IntegrationTrack, now: number, configured: string): Transition {
  const rhythm = rhythmOf(before, configured)
  const open = before.open.map((each) => withClockSetBack(each, now))
  let after = open.some((each, n) => each !== before.open[n]) ? { ...before, open } : before
  const events: ActivityEvent[] = []
  for (const activity of open) {
    const quiet = now - activity.lastAt
    if (quiet <= endsAfter(activity, rhythm)) continue
    if (activity.endedAt !== null && quiet <= closesAfter(activity, rhythm)) continue
    const step =
      quiet > closesAfter(activity, rhythm)
        ? closeActivity(after, activity, rhythm)
        : endActivity(after, activity, rhythm)
    after = step.track
    events.push(...step.events)
  }
  return { track: after, events }
}
