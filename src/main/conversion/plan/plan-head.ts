import { z } from 'zod'
import { parseConversionOptions } from '../targets/conversion-options.ts'

const headSchema = z.discriminatedUnion('purpose', [
  z.object({
    purpose: z.literal('conversion'),
    directoryId: z.int(),
    createdAt: z.number(),
    options: z.unknown().transform(parseConversionOptions),
  }),
  z.object({ purpose: z.literal('undo'), directoryId: z.int(), createdAt: z.number(), jobId: z.int() }),
])

/** What a plan is for. It stands in the plan's file under `head`. */
export type PlanHead = z.infer<typeof headSchema>

/** Reads a stored head; throws on what is none. */
export function parsePlanHead(value: unknown): PlanHead {
  return headSchema.parse(value)
}
