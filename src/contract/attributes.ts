import { z } from 'zod'
import { procedure } from './procedure.ts'
import { directorySlug } from './slug.ts'

export const attributeType = z.enum(['string', 'boolean', 'integer', 'decimal', 'dateTime', 'reference'])

export const customAttribute = z.object({
  name: z.string(),
  type: attributeType,
  multiValued: z.boolean(),
  urn: z.string(),
  /** What is pasted into the IdP's attribute mapping. */
  mappingName: z.string(),
  /** Its removal has begun and is not finished; removing it again goes on with it. */
  isBeingRemoved: z.boolean(),
})

export const attributes = {
  list: procedure.input(z.object({ directory: directorySlug })).output(z.array(customAttribute)),
  add: procedure
    .input(
      z.object({
        directory: directorySlug,
        name: z.string().trim().min(1).max(100),
        type: attributeType,
        multiValued: z.boolean().default(false),
        /** Null is Rollcall's own extension. */
        urn: z.string().trim().max(200).nullable().default(null),
      }),
    )
    .output(customAttribute),
  /** Takes the attribute out of the schema at once, and its values out of the users in short steps; tells of how many. */
  remove: procedure
    .input(z.object({ directory: directorySlug, name: z.string().max(100), urn: z.string().max(200) }))
    .output(z.object({ users: z.int() })),
}

export type CustomAttribute = z.infer<typeof customAttribute>
