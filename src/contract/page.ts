import { z } from 'zod'

/** Which part of a list is wanted: behind or before a row that another part gave as `next` or `previous`. */
export const pageInput = z.object({
  cursor: z.string().max(3000).nullable().default(null),
  limit: z.int().min(1).max(200).default(50),
})

/** How a text is looked for. `beginning`: how names and addresses begin, which indexes answer. `anywhere`: inside them too. */
export const reach = z.enum(['beginning', 'anywhere'])

/** A part of a list. */
export function pageOf<Item extends z.ZodType>(item: Item) {
  return z.object({
    items: z.array(item),
    /** The part behind this one; null when nothing is there. */
    next: z.string().nullable(),
    previous: z.string().nullable(),
    /** The number of the first item, counted from 1; it is off when others were added or removed since the first part was read. */
    first: z.int(),
    /** How many are found in all; null where that would mean to look at everything. */
    total: z.int().nullable(),
    /** How many there are without any filter. */
    all: z.int(),
    /** How the text was looked for. A small directory is always looked through. */
    reach,
  })
}

/** What a list shows of one thing that was done to many. */
export const bulkResult = z.object({
  id: z.string(),
  /** userName or displayName, as it was. */
  name: z.string(),
  outcome: z.enum(['done', 'unchanged', 'refused']),
  /** Why it was refused: a sentence. */
  problem: z.string().nullable(),
})

/** What has been chosen of a list. */
export const selection = z.object({
  items: z.array(z.object({ id: z.string(), isManaged: z.boolean() })),
  /** False when there are more than can be chosen at once. */
  isWhole: z.boolean(),
})

/** A part of a list of these. */
export type PageOf<Item> = z.infer<ReturnType<typeof pageOf<z.ZodType<Item>>>>
export type Selection = z.infer<typeof selection>
export type BulkResult = z.infer<typeof bulkResult>
export type Reach = z.infer<typeof reach>
