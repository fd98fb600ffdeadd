import { z } from 'zod'
import { planOutcomes } from '../../store/plan/plan-row.ts'

/** How many users of each outcome a plan has, as it is stored. */
export const planCountsSchema = z.record(z.enum(planOutcomes), z.number())

/** What an identity provider would find, as it is stored. */
export const matchCountsSchema = z.object({
  sought: z.number(),
  linkedBefore: z.number(),
  linked: z.number(),
  created: z.number(),
  leftBehind: z.number(),
})
