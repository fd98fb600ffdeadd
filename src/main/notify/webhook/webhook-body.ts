import type { Notification } from '../notification.ts'

/** What a receiver gets: the documented form of a notification (docs/webhooks.md). */
export function webhookBody(notification: Notification): string {
  const { key, rule, phase, at, integration, title, lines, facts } = notification
  return JSON.stringify({
    id: key,
    event: rule,
    phase,
    at: new Date(at).toISOString(),
    integration: integration ?? null,
    title,
    text: lines.join('\n\n'),
    facts,
  })
}
