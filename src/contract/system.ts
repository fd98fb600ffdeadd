import { z } from 'zod'
import { moment } from './moment.ts'
import { procedure } from './procedure.ts'
import { streamOf, subscription } from './stream.ts'

export const endpointStatus = z.object({
  state: z.enum(['listening', 'stopped']),
  /** Since when it is in this state. */
  since: moment,
  /** Where it listens, or did, ending in `/scim`. */
  url: z.string(),
  /** The address that IdPs are given: the public URL where one is set, else where it listens. No path. */
  publicOrigin: z.string(),
  hasPublicUrl: z.boolean(),
  isTls: z.boolean(),
  /** Why it does not listen although it should: a sentence. */
  problem: z.string().nullable(),
})

export const systemStatus = z.object({
  version: z.string(),
  node: z.string(),
  dataDir: z.string(),
  startedAt: moment,
  /** The clock of the engine, for ages. */
  now: moment,
  endpoint: endpointStatus,
  vault: z.object({
    kind: z.enum(['keychain', 'file']),
    why: z.string(),
    /** Why it cannot be used: a sentence. */
    problem: z.string().nullable(),
  }),
})

/** A sign that something has changed: what a client holds of it is to be asked for anew. */
export const systemNews = z.object({
  endpoint: endpointStatus,
  /** Integrations, tokens, attributes, settings, directories. */
  configVersion: z.int(),
  /** Anything in the database. */
  dataVersion: z.int(),
  newestRequest: z.int(),
  /** When a change was last answered with 503 because nothing can be stored; null when changes are stored. */
  notStoredAt: moment.nullable(),
  /** Why requests are not recorded: a sentence; null when they are. */
  notRecorded: z.string().nullable(),
})

export const system = {
  status: procedure.output(systemStatus),
  /** The present state at once, then each change of it, at most twice a second. */
  watch: procedure.input(z.object({ subscription })).output(streamOf(systemNews)),
  /** Listens again. */
  startEndpoint: procedure.output(endpointStatus),
  /** Answers the requests under way and stops listening, until it is started again or the server is. */
  stopEndpoint: procedure.output(endpointStatus),
  /** Says that a batch of a stream has been drawn, so that another may be sent. */
  acknowledge: procedure.input(z.object({ subscription, seq: z.int().positive() })).output(z.void()),
}

export type EndpointStatus = z.infer<typeof endpointStatus>
export type SystemNews = z.infer<typeof systemNews>
