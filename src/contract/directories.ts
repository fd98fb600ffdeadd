import { z } from 'zod'
import { procedure } from './procedure.ts'
import { slug } from './slug.ts'

export const directory = z.object({
  slug: z.string(),
  name: z.string(),
  /** Those that SCIM may see. */
  users: z.int(),
  groups: z.int(),
  integrations: z.int(),
})

/** How much of the sample organisation is there. */
export const sample = z.object({ users: z.int(), groups: z.int() })

/** What was deleted and can be restored. */
export const archive = z.object({
  users: z.int(),
  groups: z.int(),
  /** Of the users, those that an integration acts as: a purge leaves them. */
  kept: z.int(),
})

export const directories = {
  list: procedure.output(z.array(directory)),
  create: procedure
    .input(z.object({ slug, name: z.string().trim().max(200).nullable().default(null) }))
    .output(directory),
  /** Fills a directory with about thirty people and five groups, each marked as a sample. Refused when they are there already. */
  addSample: procedure.input(z.object({ directory: slug.default('main') })).output(sample),
  /** Removes the sample for good; what an IdP manages by now is kept. */
  removeSample: procedure.input(z.object({ directory: slug.default('main') })).output(sample.extend({ kept: z.int() })),
  archive: procedure.input(z.object({ directory: slug.default('main') })).output(archive),
  /** Removes archived users and groups for good, so many at most; to be called until there are no more. */
  purgeArchived: procedure
    .input(z.object({ directory: slug.default('main'), limit: z.int().min(1).max(1000).default(250) }))
    .output(archive.extend({ hasMore: z.boolean() })),
  /** Removes what is left of the sample and fills the directory with it anew. */
  resetSample: procedure.input(z.object({ directory: slug.default('main') })).output(sample),
  sample: procedure.input(z.object({ directory: slug.default('main') })).output(sample),
}

export type Archive = z.infer<typeof archive>
export type Directory = z.infer<typeof directory>
