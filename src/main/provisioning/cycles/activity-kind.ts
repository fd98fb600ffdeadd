import type { Rhythm } from '../../../idp/rhythm.ts'
import type { Activity, ActivityKind } from './activity.ts'
import { recognizeFirstCycle } from './first-cycle.ts'
import type { IntegrationTrack } from './integration-track.ts'

const minute = 60_000
const longestOnDemand = minute
const longestTest = minute
/** Entra ID provisions one group with at most so many members on demand. */
const mostMembersOnDemand = 5
const initialShare = 0.8
const fewestForShare = 3

function length(activity: Activity): number {
  return activity.lastAt - activity.startedAt
}

function isOnDemand(activity: Activity): boolean {
  if (activity.isOnGrid || activity.probes < 2 || length(activity) >= longestOnDemand) return false
  const { users, groups, membersAdded, membersRemoved } = activity.counts
  if (groups.seen === 0) return users.seen <= 1
  return groups.seen === 1 && users.seen <= mostMembersOnDemand && membersAdded + membersRemoved <= mostMembersOnDemand
}

/** JumpCloud tests with a real user and a real group, which it takes away again. */
function isTestWithDeletion(activity: Activity): boolean {
  const { users, groups } = activity.counts
  const isGone = users.deleted + users.disabled >= users.created && groups.deleted >= groups.created
  return users.created === 1 && groups.created <= 1 && isGone && users.seen <= 1 && groups.seen <= 1
}

/** Nothing but lookups of somebody who is not here: some test their connection so. */
function isTestByLookup(activity: Activity): boolean {
  const { users, groups, operations, listedUsers } = activity.counts
  return users.seen + groups.seen + operations + listedUsers === 0 && activity.requests <= 3
}

function isInitial(activity: Activity, track: IntegrationTrack): boolean {
  if (track.cycles === 0) return true
  return track.knownUsers >= fewestForShare && activity.filterMatches >= track.knownUsers * initialShare
}

/** What an activity looks like so far. It may change while it runs; at its end it is settled. */
export function kindOf(activity: Activity, track: IntegrationTrack, rhythm: Rhythm): ActivityKind {
  if (activity.lane === 'test') return 'connection-test'
  if (activity.lane === 'import') return 'import'
  if (rhythm.kind === 'events') {
    const isShort = length(activity) <= longestTest
    return isShort && (isTestWithDeletion(activity) || isTestByLookup(activity)) ? 'connection-test' : 'activity'
  }
  if (activity.ordinary === 0) return activity.isOnGrid ? 'incremental' : 'connection-test'
  if (rhythm.hasProbes && isOnDemand(activity)) return 'on-demand'
  const known = recognizeFirstCycle(track, activity, rhythm).track
  return isInitial(activity, known) ? 'initial' : 'incremental'
}
