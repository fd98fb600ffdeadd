import { z } from 'zod'
import { reach } from './page.ts'
import { resourceId, source } from './resource.ts'
import { directorySlug, slug } from './slug.ts'
import { subscription } from './stream.ts'

/** Which user or group is meant. */
export const which = z.object({ directory: directorySlug, id: resourceId })

/** Whether the warning has been read that an IdP manages what is about to be changed. */
export const managed = { overManaged: z.boolean().default(false) }

/** What the lists of users and of groups can be filtered by alike. */
export const rosterFilter = z.object({
  directory: directorySlug,
  /** In names or an e-mail address; the whole of an id or externalId. */
  query: z.string().trim().max(200, 'A search has at most 200 characters.').default(''),
  /** What is wished for; a small directory is looked through anyway. */
  reach: reach.default('beginning'),
  source: source.nullable().default(null),
  /** Those that this integration's IdP manages. */
  integration: slug.nullable().default(null),
  /** Only those of which a person changed something that the IdP has not written since. */
  hasDrifted: z.boolean().default(false),
  archived: z.boolean().default(false),
  /** Archived ones are sorted by when they were archived. */
  descending: z.boolean().default(false),
})

/** So many can be chosen of a list at once. */
export const mostChosen = 10_000

/** One action on many; a stream that is resumed goes on behind `after`. */
export function bulkInput<Action extends z.ZodType>(action: Action) {
  return z.object({
    subscription,
    after: z.int().min(0).nullable().default(null),
    directory: directorySlug,
    ids: z.array(resourceId).min(1).max(mostChosen),
    action,
    ...managed,
  })
}

export type RosterFilter = z.infer<typeof rosterFilter>
