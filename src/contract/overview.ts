import { z } from 'zod'
import { integration } from './integrations.ts'
import { moment } from './moment.ts'
import { procedure } from './procedure.ts'
import { integrationStatus } from './provisioning.ts'

export const integrationTraffic = z.object({
  lastRequestAt: moment.nullable(),
  lastSuccessAt: moment.nullable(),
  /** The newest failure since the last success, in a sentence. */
  failingBecause: z.string().nullable(),
  /** In the last 24 hours. */
  requests: z.int(),
  failures: z.int(),
  /** Changes to people and groups that were answered well, in the last 24 hours. */
  userChanges: z.int(),
  groupChanges: z.int(),
})

export const overviewIntegration = z.object({
  integration,
  /** How it does, inferred from its requests. */
  status: integrationStatus,
  traffic: integrationTraffic,
})

/** Something that a person should see to, beside what `status` says already. */
export const attention = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('endpoint-stopped') }),
  z.object({ kind: z.literal('endpoint-private'), slug: z.string(), name: z.string() }),
  /** A change of an identity provider was answered with 503 then, and none that came later was stored. */
  z.object({ kind: z.literal('not-stored'), at: moment, problem: z.string() }),
  z.object({ kind: z.literal('not-recorded'), problem: z.string() }),
  z.object({ kind: z.literal('vault'), problem: z.string() }),
  z.object({ kind: z.literal('no-token'), slug: z.string(), name: z.string() }),
  z.object({ kind: z.literal('token-expires'), slug: z.string(), name: z.string(), at: moment }),
  z.object({ kind: z.literal('token-due'), slug: z.string(), name: z.string(), createdAt: moment }),
  z.object({ kind: z.literal('certificate-expires'), at: moment }),
  z.object({ kind: z.literal('backup-failed'), problem: z.string() }),
  z.object({ kind: z.literal('administrator'), slug: z.string(), name: z.string(), problem: z.string() }),
])

export const activityBucket = z.object({
  /** Its beginning. */
  at: moment,
  requests: z.int(),
  failures: z.int(),
  userChanges: z.int(),
  groupChanges: z.int(),
})

export const overview = {
  get: procedure.output(
    z.object({
      integrations: z.array(overviewIntegration),
      attention: z.array(attention),
      users: z.int(),
      groups: z.int(),
      sample: z.object({ users: z.int(), groups: z.int() }),
    }),
  ),
  /** Traffic of the last 24 hours by the hour, or by the day; of one integration, or of all. */
  activity: procedure
    .input(
      z.object({
        slug: z.string().nullable().default(null),
        /** Where the days of the person who looks begin, the oldest first; null is the last 24 hours. */
        days: z.array(moment).min(1).max(31).nullable().default(null),
      }),
    )
    .output(z.object({ buckets: z.array(activityBucket) })),
  /** How one integration does. */
  integration: procedure.input(z.object({ slug: z.string() })).output(overviewIntegration),
}

export type Attention = z.infer<typeof attention>
export type OverviewIntegration = z.infer<typeof overviewIntegration>
export type IntegrationTraffic = z.infer<typeof integrationTraffic>
export type ActivityBucket = z.infer<typeof activityBucket>
