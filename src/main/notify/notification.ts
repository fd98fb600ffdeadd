import { z } from 'zod'
import { ruleIds } from './rule.ts'

/** `raised`: something is wrong; `recovered`: it is over; `happened`: it was so, and there is nothing to be over. */
const phases = ['raised', 'recovered', 'happened'] as const

export const notificationSchema = z
  .object({
    /** Names it for ever: what has this key is told to a recipient once. */
    key: z.string(),
    rule: z.enum(ruleIds),
    phase: z.enum(phases),
    at: z.number(),
    integration: z.object({ slug: z.string(), name: z.string() }).readonly().optional(),
    /** One line; names in it came from the wire. */
    title: z.string(),
    /** Paragraphs. */
    lines: z.array(z.string()).readonly(),
    /** The same for programs. */
    facts: z.record(z.string(), z.unknown()).readonly(),
  })
  .readonly()

/** Something that is told to the admin, by whatever channel. */
export type Notification = z.infer<typeof notificationSchema>
