import type { JournalRecord } from '../../store/journal/journal-record.ts'
import type { Activity, Phase } from './activity.ts'
import { idOfHit } from './exchange-effects.ts'
import { nounOf, type Noun } from './exchange-role.ts'
import type { IntegrationTrack } from './integration-track.ts'
import { subjectNumber } from './subject-ledger.ts'
import { marks, type ResourceCounts } from './subject-marks.ts'

/*
 * Four of five requests find or read somebody in the middle of an activity. They begin and end nothing and change one or two counts, so they are
 * added up and counted together: the same as counting each by itself (a test holds it to that), at a third of the cost.
 */

/** A request that found or read one user or group. */
export interface PlainRead {
  readonly at: number
  readonly noun: Noun
  /** Its number in the ledger. */
  readonly subject: number
  /** Found by a filter, and not read by its id. */
  readonly isMatch: boolean
  readonly idp: string | undefined
  readonly certainty: string | undefined
}

const minute = 60_000

/** The classification of a read by id, and of a lookup that found one. */
const classes: { readonly [noun in Noun]: { readonly read: string; readonly match: string } } = {
  user: { read: 'read user', match: 'user match lookup' },
  group: { read: 'read group', match: 'group match lookup' },
}

/** Reads a stored exchange as a plain read; undefined for everything else. */
export function plainRead(record: JournalRecord): PlainRead | undefined {
  if (record.method !== 'GET' || record.status !== 200) return undefined
  const noun = nounOf(record.endpoint)
  if (noun === undefined) return undefined
  const { at, idp, certainty } = record
  const isMatch = record.matched === 1 && record.classification === classes[noun].match
  if (!isMatch && record.classification !== classes[noun].read) return undefined
  const key = isMatch ? idOfHit(record.responseBody) : record.resourceId
  return key === undefined ? undefined : { at, noun, subject: subjectNumber(noun, key), isMatch, idp, certainty }
}

/** Whether a request may show another IdP than is known. */
function mayTellIdp({ detected }: IntegrationTrack, { idp, certainty }: PlainRead): boolean {
  if (idp === undefined || idp === 'generic' || idp === detected) return false
  return detected === null || certainty !== 'guess'
}

/** The activity that such a request can only belong to; undefined where it may begin, end or decide something. */
export function activityAmid(track: IntegrationTrack, read: PlainRead): Activity | undefined {
  if (track.refusals !== null || track.strangers !== null || mayTellIdp(track, read)) return undefined
  const activity = track.open.find((each) => each.lane === 'main')
  if (activity === undefined || activity.endedAt !== null || activity.candidate !== null) return undefined
  return Math.abs(read.at - activity.lastAt) < minute ? activity : undefined
}

/** Plain reads of one activity that have not been counted yet. */
export class ReadTally {
  readonly activityId: number
  requests = 0
  firstAt = Number.MAX_SAFE_INTEGER
  lastAt = 0
  latestAt = 0
  lastExchange = 0
  phase: Phase = 'users'
  filterMatches = 0
  /** How much `seen`, `matched` and `unchanged` grow, of users and of groups. */
  readonly users = [0, 0, 0]
  readonly groups = [0, 0, 0]

  constructor(activityId: number) {
    this.activityId = activityId
  }

  /** Adds a request; returns the subject's marks after it, given those before. */
  add(id: number, read: PlainRead, before: number): number {
    const { at } = read
    this.requests += 1
    if (at < this.firstAt) this.firstAt = at
    if (at > this.lastAt) this.lastAt = at
    this.latestAt = at
    this.lastExchange = id
    this.phase = read.noun === 'user' ? 'users' : 'groups'
    if ((before & marks.matched) !== 0) return before
    const counts = read.noun === 'user' ? this.users : this.groups
    if (before === 0) {
      counts[0] = (counts[0] ?? 0) + 1
      if (read.isMatch && read.noun === 'user') this.filterMatches += 1
    }
    if ((before & marks.created) === 0) counts[1] = (counts[1] ?? 0) + 1
    // Whoever has been touched counts as unchanged already, and whoever was changed or failed does not.
    if (before === 0) counts[2] = (counts[2] ?? 0) + 1
    return before | marks.matched
  }
}

function grown(counts: ResourceCounts, [seen = 0, matched = 0, unchanged = 0]: readonly number[]): ResourceCounts {
  if (seen + matched + unchanged === 0) return counts
  return {
    ...counts,
    seen: counts.seen + seen,
    matched: counts.matched + matched,
    unchanged: counts.unchanged + unchanged,
  }
}

/** What is known of an integration after the plain reads that have been added up. */
export function withReads(track: IntegrationTrack, tally: ReadTally): IntegrationTrack {
  return {
    ...track,
    lastAcceptedAt: tally.latestAt,
    lastRequestAt: tally.latestAt,
    open: track.open.map((activity) =>
      activity.id === tally.activityId
        ? {
            ...activity,
            startedAt: Math.min(activity.startedAt, tally.firstAt),
            lastAt: Math.max(activity.lastAt, tally.lastAt),
            lastOrdinaryAt: Math.max(activity.lastOrdinaryAt, tally.lastAt),
            lastExchange: Math.max(activity.lastExchange, tally.lastExchange),
            requests: activity.requests + tally.requests,
            ordinary: activity.ordinary + tally.requests,
            phase: tally.phase,
            lastWasMembership: false,
            filterMatches: activity.filterMatches + tally.filterMatches,
            counts: {
              ...activity.counts,
              users: grown(activity.counts.users, tally.users),
              groups: grown(activity.counts.groups, tally.groups),
            },
          }
        : activity,
    ),
  }
}
