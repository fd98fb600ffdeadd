import { createMailAdmin, type MailAdmin } from './mail-admin.ts'
import type { NotifyParts } from './notify-parts.ts'
import { createOutboxAdmin, type OutboxAdmin } from './outbox-admin.ts'
import { createRulesAdmin, type RulesAdmin } from './rules-admin.ts'
import { createWebhooksAdmin, type WebhooksAdmin } from './webhooks-admin.ts'
import { createWelcomeAdmin, type WelcomeAdmin } from './welcome-admin.ts'

/** The admin's side of notifications, for the command line and the console. */
export interface NotifyAdmin {
  readonly mail: MailAdmin
  readonly rules: RulesAdmin
  readonly webhooks: WebhooksAdmin
  readonly outbox: OutboxAdmin
  readonly welcome: WelcomeAdmin
}

export function createNotifyAdmin(parts: NotifyParts): NotifyAdmin {
  const mail = createMailAdmin(parts)
  return {
    mail,
    rules: createRulesAdmin(parts),
    webhooks: createWebhooksAdmin(parts),
    outbox: createOutboxAdmin(parts),
    welcome: createWelcomeAdmin(parts, mail),
  }
}
