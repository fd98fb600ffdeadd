import { z } from 'zod'
import { procedure } from './procedure.ts'
import { directorySlug } from './slug.ts'

const plainAttribute = z.object({
  name: z.string(),
  type: z.enum(['string', 'boolean', 'decimal', 'integer', 'dateTime', 'reference', 'complex', 'binary']),
  multiValued: z.boolean(),
  description: z.string(),
  required: z.boolean(),
  /** False for what Rollcall sets itself, and for what it never keeps. */
  isWritable: z.boolean(),
  /** Usual values; others are possible. */
  canonicalValues: z.array(z.string()),
})

/** An attribute as SCIM defines it, with its sub-attributes. */
export const schemaAttribute = plainAttribute.extend({ subAttributes: z.array(plainAttribute) })

export const schema = z.object({
  urn: z.string(),
  name: z.string(),
  /** `core` stands in the resource itself, the others under their URN. */
  kind: z.enum(['core', 'standard-extension', 'custom']),
  attributes: z.array(schemaAttribute),
})

export const schemas = {
  /** The schemas of users or groups in a directory, the core one first, custom attributes last. */
  list: procedure
    .input(z.object({ directory: directorySlug, resource: z.enum(['User', 'Group']) }))
    .output(z.array(schema)),
}

export type Schema = z.infer<typeof schema>
export type SchemaAttribute = z.infer<typeof schemaAttribute>
export type PlainAttribute = z.infer<typeof plainAttribute>
