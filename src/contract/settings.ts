import { z } from 'zod'
import { procedure } from './procedure.ts'

export const setting = z.object({
  /** As the command line calls it: `public-url`. */
  name: z.string(),
  /** Null is the default. */
  value: z.string().nullable(),
  description: z.string(),
})

export const settings = {
  list: procedure.output(z.array(setting)),
  /** An empty text gives the setting its default again. */
  set: procedure.input(z.object({ name: z.string().max(100), value: z.string().max(10_000) })).output(setting),
}

export type Setting = z.infer<typeof setting>
