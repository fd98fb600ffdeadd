import type { NewMessage } from '../store/notify/outbox.ts'
import type { Notification } from './notification.ts'
import { ruleOf, type NotifySettings } from './notify-settings.ts'
import type { OutboxContent } from './outbox-content.ts'
import { slotOf } from './schedule.ts'

/** By which ways something can be told at present. */
export interface Channels {
  /** Mail has been set up. */
  readonly hasMail: boolean
  readonly hasDesktop: boolean
  readonly webhooks: readonly { readonly id: number; readonly rules: readonly string[] | null }[]
}

/** Who is told of a notification, and when: a message for each. */
export function messagesOf(
  notification: Notification,
  settings: NotifySettings,
  channels: Channels,
  now: number,
): readonly NewMessage[] {
  const rule = ruleOf(settings, notification.rule)
  if (rule === undefined || !rule.isEnabled) return []
  if (notification.phase === 'recovered' && !settings.tellsRecovery) return []
  const content: OutboxContent = { kind: 'notification', notification }
  const shared = { rule: rule.id, content: JSON.stringify(content) }
  // What is over is told as soon as what it was.
  const slot = slotOf(rule.isUrgent, settings, now)
  const messages: NewMessage[] = []
  if (rule.byMail && channels.hasMail)
    for (const recipient of settings.recipients)
      messages.push({ ...shared, ...slot, key: `${notification.key}:mail:${recipient}`, channel: 'mail', recipient })
  for (const { id, rules } of channels.webhooks)
    if (rules === null || rules.includes(rule.id))
      messages.push({
        ...shared,
        key: `${notification.key}:webhook:${id}`,
        channel: 'webhook',
        recipient: String(id),
        // A program sleeps at no time, and sorts for itself.
        notBefore: now,
        isDigest: false,
      })
  if (rule.byDesktop && channels.hasDesktop)
    messages.push({
      ...shared,
      key: `${notification.key}:desktop`,
      channel: 'desktop',
      recipient: 'desktop',
      notBefore: slot.notBefore,
      isDigest: false,
    })
  return messages
}
