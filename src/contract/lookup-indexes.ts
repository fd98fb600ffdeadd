import { z } from 'zod'
import { moment } from './moment.ts'
import { procedure } from './procedure.ts'
import { directorySlug } from './slug.ts'

/** An index of an attribute, by which users are found at once. */
export const lookupIndex = z.object({
  directory: z.string(),
  /** As it stands in a filter. */
  attribute: z.string(),
  /** `declined`: removed by the admin, and not made again by itself. */
  state: z.enum(['building', 'ready', 'dropping', 'declined']),
  /** How much of it is made. */
  percent: z.int(),
  /** Why it was made: asked for, because an integration matches by it, or because users were looked up by it. */
  origin: z.enum(['admin', 'matching-attribute', 'lookups']),
  /** Whether an integration matches by it at present. */
  isMatched: z.boolean(),
  createdAt: moment,
})

const which = z.object({
  directory: directorySlug,
  attribute: z
    .string()
    .trim()
    .min(1, 'Name an attribute.')
    .max(400, 'The path of an attribute has at most 400 characters.'),
})

export const lookupIndexes = {
  /** Those of all directories. */
  list: procedure.output(z.array(lookupIndex)),
  /** Refused with `fields` where there can be no index of the attribute. It is made by and by. */
  add: procedure.input(which).output(lookupIndex),
  /** No lookup uses it from now on. */
  remove: procedure.input(which).output(lookupIndex),
}

export type LookupIndex = z.infer<typeof lookupIndex>
