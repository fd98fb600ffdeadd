import type { WebhookRow } from '../../store/notify/webhooks.ts'

/** Which rules a webhook hears of; null: of all. */
export function rulesOfWebhook({ rules }: WebhookRow): readonly string[] | null {
  if (rules === null) return null
  const value: unknown = JSON.parse(rules)
  return Array.isArray(value) ? value.filter((each): each is string => typeof each === 'string') : []
}
