import { z } from 'zod'
import { failureCountsSchema, noFailures } from '../failures/failure-kind.ts'
import { noResources, resourceCountsSchema } from './subject-marks.ts'

/** What an IdP was doing, inferred from its requests. */
export const activityKinds = ['connection-test', 'on-demand', 'initial', 'incremental', 'import', 'activity'] as const

export type ActivityKind = (typeof activityKinds)[number]

/** Things that an IdP may do at the same time, told apart by their requests. */
const lanes = ['main', 'import', 'test'] as const

export type Lane = (typeof lanes)[number]

/** Users always come first; memberships and managers refer to those who are there. */
export const phases = ['users', 'groups', 'references'] as const

export type Phase = (typeof phases)[number]

const activityCountsSchema = z
  .object({
    users: resourceCountsSchema,
    groups: resourceCountsSchema,
    membersAdded: z.number(),
    membersRemoved: z.number(),
    /** Requests about a user or group that failed. */
    failures: failureCountsSchema,
    failed: z.number(),
    /** Writes, and reads that failed: what Entra ID judges the failures against. */
    operations: z.number(),
    /** Answered with 429 or, in a pause, with 503: the IdP comes back. */
    deferred: z.number(),
    /** Of an import: how far the lists were read. */
    listedUsers: z.number(),
    listedGroups: z.number(),
  })
  .readonly()

export type ActivityCounts = z.infer<typeof activityCountsSchema>

const probeSchema = z
  .object({
    id: z.number(),
    at: z.number(),
    /** The state of the activity before it, for the case that it begins the next one. */
    lastAt: z.number(),
    lastExchange: z.number(),
  })
  .readonly()

export const activitySchema = z
  .object({
    /** The number of its first exchange in the journal. */
    id: z.number(),
    lane: z.enum(lanes),
    startedAt: z.number(),
    /** Arrival of its last request. */
    lastAt: z.number(),
    lastExchange: z.number(),
    /** Set once it has been quiet for so long that it is likely over; it may still go on. */
    endedAt: z.number().nullable(),
    /** It began when the cycle after an earlier one was to begin. */
    isOnGrid: z.boolean(),
    requests: z.number(),
    probes: z.number(),
    /** Requests that are neither probes, tests nor discovery, and were not put off. */
    ordinary: z.number(),
    lastOrdinaryAt: z.number(),
    phase: z.enum(phases),
    lastWasMembership: z.boolean(),
    /** Users found by a filter, which those that are linked already are not. */
    filterMatches: z.number(),
    /** Requests that the journal could not record, so that the counts are too low. */
    lost: z.number(),
    /** A probe amid other requests: with a second one the next activity began with it. */
    candidate: probeSchema.nullable(),
    counts: activityCountsSchema,
  })
  .readonly()

/** Requests that belong together. Everything about it is inferred. */
export type Activity = z.infer<typeof activitySchema>

const noCounts: ActivityCounts = {
  users: noResources,
  groups: noResources,
  membersAdded: 0,
  membersRemoved: 0,
  failures: noFailures,
  failed: 0,
  operations: 0,
  deferred: 0,
  listedUsers: 0,
  listedGroups: 0,
}

export function newActivity(
  first: { readonly id: number; readonly at: number },
  lane: Lane,
  isOnGrid: boolean,
): Activity {
  return {
    id: first.id,
    lane,
    startedAt: first.at,
    lastAt: first.at,
    lastExchange: first.id,
    endedAt: null,
    isOnGrid,
    requests: 0,
    probes: 0,
    ordinary: 0,
    lastOrdinaryAt: first.at,
    phase: 'users',
    lastWasMembership: false,
    filterMatches: 0,
    lost: 0,
    candidate: null,
    counts: noCounts,
  }
}
