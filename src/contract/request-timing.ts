import { z } from 'zod'
import { moment } from './moment.ts'

/** What the time of one request is compared with. */
export const requestTiming = z.object({
  /** The request of the same integration before it; null for the first, and for one that was not let in. */
  before: z.object({ id: z.int(), at: moment, durationMicros: z.number(), classification: z.string() }).nullable(),
  /** Others of the same kind around it; null when there are none. */
  alike: z
    .object({
      count: z.int(),
      medianMicros: z.number(),
      /** 95 of 100 took no longer. */
      p95Micros: z.number(),
      longestMicros: z.number(),
    })
    .nullable(),
})

export type RequestTiming = z.infer<typeof requestTiming>
