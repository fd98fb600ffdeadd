import { z } from 'zod'
import type { JsonValue } from '../scim/json/json.ts'
import { moment } from './moment.ts'
import { numberedPageInput, numberedPageOf } from './numbered-page.ts'
import { procedure } from './procedure.ts'
import { requestFilter } from './request-filter.ts'
import { slug } from './slug.ts'
import { streamOf, subscription } from './stream.ts'

/** What an IdP was doing. `activity` are single changes of one that has no cycles. */
export const cycleKind = z.enum(['connection-test', 'on-demand', 'initial', 'incremental', 'import', 'activity'])

export const failureKind = z.enum([
  'ambiguous',
  'conflict',
  'invalid',
  'not-found',
  'not-allowed',
  'too-large',
  'server-error',
  'other',
])

/** What is to be put right of an integration whose requests do not get in. */
export const refusalRemedy = z.enum(['token', 'address', 'administrator'])

/** How many users, or groups, each counted once. */
const resourceCounts = z.object({
  checked: z.int(),
  matched: z.int(),
  created: z.int(),
  updated: z.int(),
  unchanged: z.int(),
  disabled: z.int(),
  restored: z.int(),
  deleted: z.int(),
})

/** Requests that belong together, as far as they show it: everything about a cycle is inferred from requests. */
export const cycle = z.object({
  /** The number of its first request. */
  id: z.int(),
  kind: cycleKind,
  /** "Incremental cycle". */
  name: z.string(),
  startedAt: moment,
  /** Null while it runs. */
  endedAt: moment.nullable(),
  durationMs: z.number(),
  phase: z.enum(['users', 'groups', 'references']),
  /** "412 users checked, 9 updated, 1 failed". */
  result: z.string(),
  requests: z.int(),
  /** Requests that the journal could not take, so that the counts are too low. */
  notRecorded: z.int(),
  users: resourceCounts,
  groups: resourceCounts,
  members: z.object({ added: z.int(), removed: z.int() }),
  /** Of an import: how far the lists were read. */
  listed: z.object({ users: z.int(), groups: z.int() }),
  failed: z.int(),
  /** Those that there were. */
  failures: z.array(z.object({ kind: failureKind, count: z.int() })),
  /** What the failures are judged against. */
  operations: z.int(),
  /** Answered with "come back later". */
  deferred: z.int(),
  lastRequest: z.int(),
})

/** How near an integration is to its IdP's quarantine. */
export const quarantine = z.object({
  isSuspected: z.boolean(),
  /** Why, each a sentence. */
  because: z.array(z.string()),
  failures: z.int(),
  operations: z.int(),
  /** 0 to 1. */
  failingShare: z.number(),
  /** From so many failures on the share is judged. */
  judgedFrom: z.int(),
  /** The share that is too many then, 0 to 1. */
  tooManyShare: z.number(),
  failuresLeft: z.int(),
})

/** `healthy` is an integration whose last cycle was a clean one, though who failed before may not have been tried again: `failing` says how many. */
export const provisioningState = z.enum(['not set up', 'waiting', 'healthy', 'degraded', 'silent', 'paused', 'stopped'])

/** How an integration is. Everything but the admin's own settings is inferred from requests. */
export const integrationStatus = z.object({
  slug: z.string(),
  name: z.string(),
  idp: z.string(),
  idpName: z.string(),
  /** What it is called within a sentence. */
  idpSpoken: z.string(),
  /** It compares everybody at intervals; else it sends a change when it happens, and silence is normal. */
  hasCycles: z.boolean(),
  state: provisioningState,
  /** What keeps the IdP out on this side; no cycle is expected then. */
  hold: z.enum(['paused', 'disabled', 'no token']).nullable(),
  /** The state in a sentence that can be read aloud; its moments are marked (spoken-moment.ts). */
  sentence: z.string(),
  lastRequestAt: moment.nullable(),
  lastAcceptedAt: moment.nullable(),
  /** Requests that did not get in since the last one that did. */
  refusals: z
    .object({
      count: z.int(),
      because: z.string(),
      remedy: refusalRemedy,
      since: moment,
      lastAt: moment,
      request: z.int(),
    })
    .nullable(),
  /** The same of clients that are not the IdP's, as far as is known; they change nothing of the state. */
  strangers: z.object({ count: z.int(), since: moment, request: z.int() }).nullable(),
  running: cycle.nullable(),
  /** The newest ones, the running one included, newest first. */
  cycles: z.array(cycle),
  nextExpectedAt: moment.nullable(),
  overdueSince: moment.nullable(),
  progress: z
    .object({
      done: z.int(),
      total: z.int(),
      /** Whose figure the total is. */
      source: z.string(),
    })
    .nullable(),
  quarantine: quarantine.nullable(),
  /** Users and groups that fail at present. */
  failing: z.int(),
  expectedUsers: z.int().nullable(),
  /** Where the IdP's own account is found. */
  ownLog: z.string().nullable(),
})

/** Somebody who fails, with what to do. */
export const failing = z.object({
  resource: z.enum(['user', 'group']),
  /** Null for somebody who could not be created or found. */
  id: z.string().nullable(),
  /** userName or displayName, as well as it is known. */
  who: z.string(),
  kind: failureKind,
  status: z.int(),
  scimType: z.string().nullable(),
  /** In the answer's own words. */
  answer: z.string(),
  advice: z.string(),
  firstAt: moment,
  lastAt: moment,
  attempts: z.int(),
  /** When the IdP is expected to try again; null where it does not by itself. */
  nextRetryAt: moment.nullable(),
  /** It would be tried again by itself, were the IdP not kept out: paused, disabled or without a token. */
  isHeld: z.boolean(),
  /** Not tried again although that was due: no matter of the present any more. */
  isPast: z.boolean(),
  /** The number of the last request that failed. */
  request: z.int(),
})

/** An attribute that is set to the same value in cycle after cycle. */
export const repeatedUpdate = z.object({
  resource: z.enum(['user', 'group']),
  path: z.string(),
  /** Which attribute reads back differently, and why. */
  sentence: z.string(),
  resources: z.int(),
  times: z.int(),
  since: moment,
  lastAt: moment,
  examples: z.array(z.object({ resourceId: z.string(), request: z.int() })),
})

const sentAttribute = z.object({
  resource: z.enum(['user', 'group']),
  path: z.string(),
  firstAt: moment,
  lastAt: moment,
  isIgnored: z.boolean(),
})

/** How the attribute mapping looks from here. */
export const mappingHealth = z.object({
  sent: z.array(sentAttribute),
  /** Of the recommended mapping, what never came. */
  missing: z.array(
    z.object({
      resource: z.enum(['user', 'group']),
      source: z.string(),
      target: z.string(),
      weight: z.enum(['needed', 'usual', 'optional']),
    }),
  ),
  /** Enough has come for `missing` to mean something. */
  isConclusive: z.boolean(),
})

/** A value as SCIM has it; null where it was absent. */
const attributeValue = z.custom<JsonValue>((value) => value !== undefined, 'A value is JSON.')

/** A record that was edited by hand since the IdP last wrote it. */
export const driftedRecord = z.object({
  resource: z.enum(['User', 'Group']),
  id: z.string(),
  name: z.string(),
  attributes: z.array(z.object({ name: z.string(), written: attributeValue, now: attributeValue })),
  since: moment,
  lastActor: z.string(),
})

const which = z.object({ slug })

export const provisioning = {
  /** Every integration, in the order of their creation. */
  list: procedure.output(z.array(integrationStatus)),
  get: procedure.input(which).output(integrationStatus),
  /** All of `list` at once, and again whenever something about it has changed, at most once a second. */
  watch: procedure.input(z.object({ subscription })).output(streamOf(z.array(integrationStatus))),
  /** The cycles of an integration, newest first. */
  cycles: procedure
    .input(
      which.extend({
        /** The `next` of the page before. */
        before: z.int().positive().nullable().default(null),
        limit: z.int().min(1).max(500).default(50),
      }),
    )
    .output(z.object({ items: z.array(cycle), next: z.int().nullable() })),
  /** One cycle, or the newest, with the filter that finds its requests. */
  cycle: procedure.input(which.extend({ id: z.union([z.int().positive(), z.literal('newest')]) })).output(
    z.object({
      cycle,
      filter: requestFilter,
      /** The cycle before it. */
      earlier: z.int().nullable(),
    }),
  ),
  /** Who fails, the latest first, those of the past last. */
  failing: procedure
    .input(which.extend(numberedPageInput.shape))
    .output(numberedPageOf(failing).extend({ present: z.int() })),
  repeatedUpdates: procedure.input(which).output(z.array(repeatedUpdate)),
  mapping: procedure.input(which).output(mappingHealth),
  /** What of this integration was edited by hand, the latest edit first; at most 200 records. */
  drift: procedure.input(which).output(z.array(driftedRecord)),
  /** How many users the IdP is going to send, for the progress of its initial cycle; null: that is not known. */
  setExpectedUsers: procedure
    .input(which.extend({ users: z.int().min(1, 'Expect at least one.').max(10_000_000).nullable() }))
    .output(z.object({ expectedUsers: z.int().nullable() })),
}

export type Cycle = z.infer<typeof cycle>
export type CycleKind = z.infer<typeof cycleKind>
export type RefusalRemedy = z.infer<typeof refusalRemedy>
export type FailureKind = z.infer<typeof failureKind>
export type IntegrationStatus = z.infer<typeof integrationStatus>
export type ProvisioningState = z.infer<typeof provisioningState>
export type Failing = z.infer<typeof failing>
export type MappingHealth = z.infer<typeof mappingHealth>
export type DriftedRecord = z.infer<typeof driftedRecord>
