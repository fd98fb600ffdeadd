import { z } from 'zod'
import type { JsonObject } from '../scim/json.ts'
import { moment } from './moment.ts'

/** A SCIM resource as JSON, keyed by attribute names and extension URNs. */
export const resource = z.custom<JsonObject>(
  (value) => typeof value === 'object' && value !== null && !Array.isArray(value),
  'A resource is a JSON object.',
)

export const resourceId = z.string().min(1).max(100)

export const source = z.enum(['local', 'scim'])
export const role = z.enum(['user', 'user-manager', 'administrator'])

/** The integration whose IdP manages a record; null for a local one. */
export const manager = z.object({ slug: z.string(), name: z.string() }).nullable()

/** One audited modification of a resource. */
export const change = z.object({
  id: z.number(),
  at: moment,
  action: z.enum(['create', 'replace', 'patch', 'archive', 'restore', 'purge', 'import', 'members', 'role', 'rename']),
  /** An integration's slug, `console` or `command line`. */
  actor: z.string(),
  /** The `X-Request-Id` of the request that did it; null where a person did. */
  requestId: z.string().nullable(),
  attributes: z.array(z.object({ name: z.string(), before: z.json(), after: z.json() })),
  /** What became of a group's members; null where they were not changed. Each side names at most a thousand. */
  members: z
    .object({
      added: z.array(z.string()),
      removed: z.array(z.string()),
      addedCount: z.int(),
      removedCount: z.int(),
    })
    .nullable(),
})

/** An attribute that a person changed on a record that an IdP manages, and that the IdP has not written since. */
export const drift = z.object({
  attribute: z.string(),
  before: z.json(),
  after: z.json(),
  at: moment,
  actor: z.string(),
})

/** The externalId by which one integration's IdP knows a record. */
export const externalId = z.object({ integration: z.string(), value: z.string() })

export type Change = z.infer<typeof change>
export type Drift = z.infer<typeof drift>
