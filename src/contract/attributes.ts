import { z } from 'zod'
import { guideStep, offeredIdp } from './integrations.ts'
import { procedure } from './procedure.ts'
import { directorySlug } from './slug.ts'
import { streamOf, subscription } from './stream.ts'

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

const which = z.object({ directory: directorySlug, name: z.string().max(100), urn: z.string().max(200) })

/** Where an attribute is entered in one IdP's portal, with its exact names. */
export const attributeGuide = z.object({
  idp: offeredIdp,
  name: z.string(),
  /** Integrations of this IdP in the directory, by name. */
  integrations: z.array(z.string()),
  steps: z.array(guideStep),
})

export const attributes = {
  list: procedure.input(z.object({ directory: directorySlug })).output(z.array(customAttribute)),
  /** The URN under which an attribute stands when none is given. */
  defaultUrn: procedure.output(z.string()),
  /** Refused with `fields` for what is wrong with name, type or urn. */
  add: procedure
    .input(
      z.object({
        directory: directorySlug,
        name: z.string().trim().max(200, 'The name of an attribute has at most 200 characters.'),
        type: attributeType,
        multiValued: z.boolean().default(false),
        /** Null is Rollcall's own extension. */
        urn: z.string().trim().max(400, 'The URN of an extension has at most 400 characters.').nullable().default(null),
      }),
    )
    .output(customAttribute),
  /** How many users have a value, archived ones included, by mapping name. It looks at all of them. */
  usage: procedure.input(z.object({ directory: directorySlug })).output(z.record(z.string(), z.int())),
  /** The IdPs of the directory's integrations first. */
  guides: procedure.input(which).output(z.array(attributeGuide)),
  /** Takes the attribute out of the schema at once, and its values out of the users in short steps; each portion tells of how many so far. */
  remove: procedure
    .input(which.extend({ subscription, after: z.int().nullable().default(null) }))
    .output(streamOf(z.object({ users: z.int(), isDone: z.boolean() }))),
}

export type CustomAttribute = z.infer<typeof customAttribute>
export type AttributeGuide = z.infer<typeof attributeGuide>
