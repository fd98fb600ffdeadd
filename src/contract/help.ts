import { z } from 'zod'
import { procedure } from './procedure.ts'

export const errorExplanation = z.object({
  id: z.string(),
  title: z.string(),
  meaning: z.string(),
  nextStep: z.string(),
})

export const help = {
  /** Every error that a person can meet: what Rollcall answers, and what the portals of the identity providers say. */
  errors: procedure.output(
    z.object({
      answers: z.array(errorExplanation.extend({ status: z.int() })),
      portals: z.array(errorExplanation.extend({ idp: z.string(), idpName: z.string(), words: z.array(z.string()) })),
    }),
  ),
}

export type ErrorExplanation = z.infer<typeof errorExplanation>
