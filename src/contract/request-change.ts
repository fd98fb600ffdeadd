import { z } from 'zod'
import { moment } from './moment.ts'
import { change, drift } from './resource.ts'

/** A value set by hand that a request of the IdP has written over. */
const overwritten = z.object({ attribute: z.string(), at: moment, actor: z.string() })

/** What one request changed of one resource, or would. */
export const requestChange = z.object({
  kind: z.enum(['User', 'Group']),
  resourceId: z.string(),
  /** userName or displayName; null for a resource that is gone. */
  name: z.string().nullable(),
  /** Slug of its directory, for the link to it; null for a resource that is not there. */
  directory: z.string().nullable(),
  change,
  overwritten: z.array(overwritten),
  /** What a person changed by hand and the IdP has still not written. */
  drift: z.array(drift),
})

export const requestChanges = z.object({
  items: z.array(requestChange),
  /** A bulk request can change more than are shown. */
  total: z.int(),
  /** The names of members that are added and removed, by id. */
  names: z.record(z.string(), z.string()),
})

export type RequestChange = z.infer<typeof requestChange>
export type RequestChanges = z.infer<typeof requestChanges>
