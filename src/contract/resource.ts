import { z } from 'zod'
import type { JsonObject } from '../scim/json/json.ts'
import { moment } from './moment.ts'

export type { JsonObject, JsonValue } from '../scim/json/json.ts'

/** A SCIM resource as JSON, keyed by attribute names and extension URNs. */
export const resource = z.custom<JsonObject>(
  (value) => typeof value === 'object' && value !== null && !Array.isArray(value),
  'A resource is a JSON object.',
)

export const resourceId = z.string().min(1).max(100)

export const source = z.enum(['local', 'scim'])
export const role = z.enum(['user', 'user-manager', 'administrator'])

/** An integration by which it is looked up, and by which a person knows it. */
export const namedIntegration = z.object({ slug: z.string(), name: z.string() })

/** The integration whose IdP manages a record; null for a local one. */
export const manager = namedIntegration.nullable()

/** One audited modification of a resource. */
export const change = z.object({
  id: z.number(),
  at: moment,
  action: z.enum([
    'create',
    'replace',
    'patch',
    'archive',
    'restore',
    'purge',
    'import',
    'members',
    'role',
    'rename',
    'release',
  ]),
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
  /** `title`, `urn:…:User:department`; `members` of a group is told apart (`memberDrift`). */
  attribute: z.string(),
  /** What the IdP wrote last; null for nothing. */
  idpValue: z.json(),
  value: z.json(),
  at: moment,
  actor: z.string(),
})

/** A part of the history; `next` is the `before` of the part behind it. */
export const history = z.object({ items: z.array(change), next: z.number().nullable() })

export const historyInput = z.object({
  before: z.number().nullable().default(null),
  limit: z.int().min(1).max(200).default(50),
})

/** A resource as one integration's IdP would see it. */
export const seen = z.object({
  isVisible: z.boolean(),
  /** Why it is not seen, or what is left out: a sentence. */
  remark: z.string().nullable(),
  resource: resource.nullable(),
})

/** Which of the drifted attributes are taken back; null is all of them. */
export const takeBackAttributes = z.array(z.string().max(400)).max(500).nullable().default(null)

/** The externalId by which one integration's IdP knows a record. */
export const externalId = z.object({ integration: namedIntegration, value: z.string() })

export type History = z.infer<typeof history>
export type Seen = z.infer<typeof seen>
export type Change = z.infer<typeof change>
export type Drift = z.infer<typeof drift>
