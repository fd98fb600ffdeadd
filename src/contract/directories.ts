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

export const directories = {
  list: procedure.output(z.array(directory)),
  create: procedure
    .input(z.object({ slug, name: z.string().trim().max(200).nullable().default(null) }))
    .output(directory),
  /** Fills a directory with about thirty people and five groups, each marked as a sample. Refused when they are there already. */
  addSample: procedure.input(z.object({ directory: slug.default('main') })).output(sample),
  /** Removes the sample for good; what an IdP manages by now is kept. */
  removeSample: procedure.input(z.object({ directory: slug.default('main') })).output(sample.extend({ kept: z.int() })),
  sample: procedure.input(z.object({ directory: slug.default('main') })).output(sample),
}

export type Directory = z.infer<typeof directory>
