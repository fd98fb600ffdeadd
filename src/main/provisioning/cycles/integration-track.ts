import { z } from 'zod'
import { idps } from '../../../idp/catalogue.ts'
import { idpIds, type IdpId } from '../../../idp/idp.ts'
import type { Rhythm } from '../../../idp/rhythm.ts'
import { jsonIn } from '../../../scim/json/json.ts'
import { activityKinds, activitySchema } from './activity.ts'
import { openTimeSchema } from './open-time.ts'

const pastSchema = z
  .object({
    id: z.number(),
    kind: z.enum(activityKinds),
    startedAt: z.number(),
    endedAt: z.number(),
    /** Whether it did anything but announce itself. */
    isSubstantial: z.boolean(),
    failed: z.number(),
    operations: z.number(),
  })
  .readonly()

/** What is remembered of an activity that is over, beside its row in the list of cycles. */
export type PastActivity = z.infer<typeof pastSchema>

const refusalsSchema = z
  .object({
    since: z.number(),
    lastAt: z.number(),
    count: z.number(),
    /** The code of the note that says why. */
    reason: z.string(),
    lastExchange: z.number(),
  })
  .readonly()

/** Requests that did not get in, one after another. */
export type Refusals = z.infer<typeof refusalsSchema>

const integrationTrackSchema = z
  .object({
    /** Which IdP the requests themselves point to; null until one does. */
    detected: z.enum(idpIds).nullable(),
    /** The last request that got in; null before the first. */
    lastAcceptedAt: z.number().nullable(),
    lastRequestAt: z.number().nullable(),
    /** Those since the last request that got in. */
    refusals: refusalsSchema.nullable(),
    /** Those of clients that are not the IdP's, since the last request that got in. */
    strangers: refusalsSchema.nullable().default(null),
    /** What the clients that got in call themselves. */
    clients: z.array(z.string()).readonly().default([]),
    /** At most one of each lane. */
    open: z.array(activitySchema).readonly(),
    /** The last ones of the main lane, oldest first. */
    past: z.array(pastSchema).readonly(),
    /** How many initial and incremental cycles there have been. */
    cycles: z.number(),
    /** About how many users the IdP knows here, by its initial cycle and what came after. */
    knownUsers: z.number(),
    /** Null until it is noted, as in what was stored before this was kept. */
    openTime: openTimeSchema.nullable().default(null),
  })
  .readonly()

/** What the tracker knows about one integration: small, plain data, stored with every batch of the journal. */
export type IntegrationTrack = z.infer<typeof integrationTrackSchema>

export const newTrack: IntegrationTrack = {
  detected: null,
  lastAcceptedAt: null,
  lastRequestAt: null,
  refusals: null,
  strangers: null,
  clients: [],
  open: [],
  past: [],
  cycles: 0,
  knownUsers: 0,
  openTime: null,
}

/** What is stored of an integration's track; a new one where that cannot be read: a damaged row is forgotten. */
export function trackIn(text: string): IntegrationTrack {
  return integrationTrackSchema.safeParse(jsonIn(text)).data ?? newTrack
}

/** Whose habits an integration is judged by: what the admin chose, or for `generic` what its requests look like. */
export function idpOf(track: IntegrationTrack, configured: string): IdpId {
  const chosen = idpIds.find((id) => id === configured) ?? 'generic'
  return chosen === 'generic' ? (track.detected ?? 'generic') : chosen
}

export function rhythmOf(track: IntegrationTrack, configured: string): Rhythm {
  return idps[idpOf(track, configured)].rhythm
}
