import type { OutboxMessage as MessageView, Smtp, Webhook as WebhookView } from '../../contract/notifications.ts'
import type { Engine } from '../engine.ts'
import type { MailTest, ShownSmtp } from '../notify/admin/mail-admin.ts'
import type { OutboxMessage } from '../notify/admin/outbox-admin.ts'
import type { Webhook } from '../notify/admin/webhooks-admin.ts'
import type { Welcome } from '../notify/admin/welcome-admin.ts'
import type { DeliveryOutcome } from '../notify/delivery.ts'
import { smtpSettingsOf } from '../notify/mail/smtp-settings.ts'
import type { NotifySettings } from '../notify/notify-settings.ts'
import { defaultRules } from '../notify/rule.ts'
import { placeholders, type WelcomeTemplate } from '../notify/welcome/welcome-template.ts'
import { Secret } from '../secret.ts'
import { api } from './api.ts'
import { integrationRowOf } from './views/integration-view.ts'
import { NotFound } from './problems/not-found.ts'

function smtpView(
  { host, port, security, user, from, hasPassword, hasCa }: ShownSmtp,
  lastTest: MailTest | undefined,
): Smtp {
  return {
    host,
    port,
    security,
    user: user ?? null,
    from,
    hasPassword,
    hasCa,
    lastTest: lastTest ? { at: lastTest.at, problem: lastTest.problem ?? null } : null,
  }
}

function scheduleView({ tellsRecovery, quietHours, zone, digest }: NotifySettings) {
  return { tellsRecovery, quietHours: quietHours && { ...quietHours }, zone, digest: { ...digest } }
}

function webhookView({ rules, ...webhook }: Webhook): WebhookView {
  return { ...webhook, rules: rules && [...rules] }
}

function messageView({ retryAt, problem, endedAt, ...message }: OutboxMessage): MessageView {
  return { ...message, retryAt: retryAt ?? null, problem: problem ?? null, endedAt: endedAt ?? null }
}

function sentView(outcome: DeliveryOutcome) {
  return outcome.kind === 'delivered'
    ? { isDelivered: true, problem: null }
    : { isDelivered: false, problem: outcome.problem }
}

function welcomeView({ isEnabled, enabledSince, template }: Welcome) {
  return {
    isEnabled,
    enabledSince: enabledSince ?? null,
    template: { ...template, html: template.html ?? null },
    placeholders: [...placeholders],
  }
}

function templateOf({ subject, text, html }: { subject: string; text: string; html: string | null }): WelcomeTemplate {
  return { subject, text, html: html ?? undefined }
}

function outboxDepth({ notify }: Engine) {
  const depth = notify.outbox.depth()
  const sum = (state: MessageView['state']) =>
    depth.reduce((total, each) => total + (each.state === state ? each.messages : 0), 0)
  return { waiting: sum('waiting'), delivered: sum('delivered'), dead: sum('dead') }
}

/** The certificate authority to store: the one that is given, none, or the one that is there. */
function caOf({ reads }: Engine, given: string | null): { readonly ca?: string } {
  const ca = given === 'keep' ? smtpSettingsOf(reads)?.ca : given
  return ca ? { ca } : {}
}

export const notifications = {
  get: api.notifications.get.handler(({ context: { parts } }) => {
    const { notify } = parts.engine
    const smtp = notify.mail.show()
    const settings = notify.rules.settings()
    return {
      smtp: smtp ? smtpView(smtp, notify.mail.lastTest()) : null,
      recipients: [...settings.recipients],
      rules: notify.rules.rules().map((each) => ({ ...each })),
      schedule: scheduleView(settings),
      serverZone: Intl.DateTimeFormat().resolvedOptions().timeZone,
      webhooks: notify.webhooks.list().map(webhookView),
      hasDesktop: notify.rules.hasDesktop(),
      outbox: outboxDepth(parts.engine),
    }
  }),
  setMail: api.notifications.setMail.handler(async ({ input, context: { parts } }) => {
    const { host, port, security, user, from, password } = input
    const settings = { host, port, security, from, ...(user === null ? {} : { user }), ...caOf(parts.engine, input.ca) }
    const { mail } = parts.engine.notify
    const stored = await mail.set(settings, password === null ? undefined : new Secret(password))
    return smtpView(stored, mail.lastTest())
  }),
  removeMail: api.notifications.removeMail.handler(async ({ context: { parts } }) => {
    await parts.engine.notify.mail.remove()
    return { isRemoved: true as const }
  }),
  testMail: api.notifications.testMail.handler(async ({ input, context: { parts } }) =>
    sentView(await parts.engine.notify.mail.send(input.to)),
  ),
  changeRecipients: api.notifications.changeRecipients.handler(async ({ input, context: { parts } }) => {
    const { recipients } = await parts.engine.notify.rules.change((before) => ({
      recipients: [...before.recipients.filter((each) => !input.remove.includes(each)), ...input.add],
    }))
    return { recipients: [...recipients] }
  }),
  setRule: api.notifications.setRule.handler(async ({ input, context: { parts } }) => {
    const known = defaultRules.find((each) => each.id === input.id)
    if (!known) throw new NotFound(`There is no rule "${input.id}".`)
    const rules = await parts.engine.notify.rules.setRule(known.id, input.changes)
    return { ...known, ...rules.find((each) => each.id === known.id) }
  }),
  setSchedule: api.notifications.setSchedule.handler(async ({ input, context: { parts } }) =>
    scheduleView(await parts.engine.notify.rules.change(input)),
  ),
  addWebhook: api.notifications.addWebhook.handler(async ({ input, context: { parts } }) => {
    const { webhook, secret } = await parts.engine.notify.webhooks.add({
      name: input.name,
      url: input.url,
      rules: input.rules ?? undefined,
      allowedHost: input.allowedHost ?? undefined,
    })
    return { webhook: webhookView(webhook), secret: secret.reveal() }
  }),
  editWebhook: api.notifications.editWebhook.handler(async ({ input, context: { parts } }) => {
    const { id, ...edit } = input
    const { webhook, secret } = await parts.engine.notify.webhooks.edit(id, edit)
    return { webhook: webhookView(webhook), secret: secret?.reveal() ?? null }
  }),
  removeWebhook: api.notifications.removeWebhook.handler(async ({ input, context: { parts } }) =>
    webhookView(await parts.engine.notify.webhooks.remove(input.id)),
  ),
  testWebhook: api.notifications.testWebhook.handler(async ({ input, context: { parts } }) =>
    sentView(await parts.engine.notify.webhooks.test(input.id)),
  ),
  outbox: api.notifications.outbox.handler(({ input, context: { parts } }) => {
    const { state, page, pageSize } = input
    const messages = parts.engine.notify.outbox.list(state, page * pageSize)
    return {
      items: messages.slice((page - 1) * pageSize).map(messageView),
      total: outboxDepth(parts.engine)[state],
    }
  }),
  retry: api.notifications.retry.handler(async ({ input, context: { parts } }) => ({
    count: await parts.engine.notify.outbox.retry(input.messages),
  })),
  drop: api.notifications.drop.handler(async ({ input, context: { parts } }) => ({
    count: await parts.engine.notify.outbox.drop(input.messages === 'all' ? 'dead' : input.messages),
  })),
  welcome: api.notifications.welcome.handler(({ input, context: { parts } }) => {
    integrationRowOf(parts.engine, input.slug)
    return welcomeView(parts.engine.notify.welcome.show(input.slug))
  }),
  setWelcome: api.notifications.setWelcome.handler(async ({ input, context: { parts } }) => {
    integrationRowOf(parts.engine, input.slug)
    const { isEnabled, template } = input
    const stored = await parts.engine.notify.welcome.set(input.slug, {
      ...(isEnabled === undefined ? {} : { isEnabled }),
      ...(template ? templateOf(template) : {}),
    })
    return welcomeView(stored)
  }),
  previewWelcome: api.notifications.previewWelcome.handler(({ input, context: { parts } }) => {
    integrationRowOf(parts.engine, input.slug)
    const { subject, text, html } = parts.engine.notify.welcome.preview(
      input.slug,
      input.userName ?? undefined,
      templateOf(input.template),
    )
    return { subject, text, html: html ?? null }
  }),
  testWelcome: api.notifications.testWelcome.handler(async ({ input, context: { parts } }) => {
    integrationRowOf(parts.engine, input.slug)
    const { slug, to, userName, template } = input
    return sentView(await parts.engine.notify.welcome.test(slug, to, userName ?? undefined, templateOf(template)))
  }),
}
