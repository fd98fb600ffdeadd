import { z } from 'zod'
import { jsonIn } from '../../scim/json/json.ts'
import { notificationSchema } from './notification.ts'

const letterSchema = z
  .object({
    kind: z.literal('letter'),
    subject: z.string(),
    text: z.string(),
    html: z.string().optional(),
  })
  .readonly()

const newsSchema = z.object({ kind: z.literal('notification'), notification: notificationSchema }).readonly()

/** What stands in `outbox.content`: a notification, drawn when it is sent, or a letter that was drawn when it was queued. */
const outboxContentSchema = z.union([newsSchema, letterSchema])

export type OutboxContent = z.infer<typeof outboxContentSchema>

/** Undefined for a row that cannot be read. */
export function parseOutboxContent(text: string): OutboxContent | undefined {
  return outboxContentSchema.safeParse(jsonIn(text)).data
}
