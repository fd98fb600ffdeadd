import type { Notification } from '../notification.ts'
import { oneLine, plainLines } from '../plain-text.ts'

/**
 * What a receiver gets: the documented form of a notification (docs/webhooks.md). What is for people goes on to them as it is, into a chat or a
 * pager, so it is as plain as in a mail; what is for programs is exact.
 */
export function webhookBody(notification: Notification): string {
  const { key, rule, phase, at, integration, title, lines, facts } = notification
  return JSON.stringify({
    id: key,
    event: rule,
    phase,
    at: new Date(at).toISOString(),
    integration: integration ?? null,
    title: oneLine(title, 1000),
    text: lines.map((line) => plainLines(line)).join('\n\n'),
    facts,
  })
}
