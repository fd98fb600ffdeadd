import { z } from 'zod'
import { moment } from './moment.ts'
import { numberedPageInput, numberedPageOf } from './numbered-page.ts'
import { procedure } from './procedure.ts'
import { slug } from './slug.ts'

export const smtpSecurity = z.enum(['starttls', 'tls', 'none'])

/** How mail is sent, without the password. */
export const smtp = z.object({
  host: z.string(),
  port: z.int(),
  security: smtpSecurity,
  /** Null: without signing in. */
  user: z.string().nullable(),
  from: z.string(),
  hasPassword: z.boolean(),
  /** The server's certificate is checked against an authority of the admin's. */
  hasCa: z.boolean(),
  /** The last test of it; null where none is known: before the first since the server was started, and after a change. */
  lastTest: z.object({ at: moment, /** Null when it was taken. */ problem: z.string().nullable() }).nullable(),
})

export const rule = z.object({
  id: z.string(),
  /** When it is told: "people failed in a cycle; one message a cycle". */
  description: z.string(),
  /** Sent at once, also in quiet hours, and never in a digest. */
  isUrgent: z.boolean(),
  isEnabled: z.boolean(),
  byMail: z.boolean(),
  byDesktop: z.boolean(),
})

const clock = z.string().regex(/^(?:[01]\d|2[0-3]):[0-5]\d$/, 'A time is written HH:MM, such as 07:30.')

export const schedule = z.object({
  /** Whether it is told when something is over. */
  tellsRecovery: z.boolean(),
  quietHours: z.object({ from: clock, to: clock }).nullable(),
  /** An IANA time zone; null: that of the server. */
  zone: z.string().max(100, 'A time zone has at most 100 characters, such as Europe/Berlin.').nullable(),
  digest: z.union([
    z.object({ kind: z.literal('off') }),
    z.object({ kind: z.literal('hourly') }),
    z.object({ kind: z.literal('daily'), at: clock }),
  ]),
})

export const webhook = z.object({
  id: z.int(),
  name: z.string(),
  url: z.string(),
  /** Null: all of them. */
  rules: z.array(z.string()).nullable(),
  /** Its host may be a private one. */
  allowsPrivate: z.boolean(),
  createdAt: moment,
})

const webhookContent = z.object({
  name: z.string().trim().min(1, 'Give the webhook a name.').max(100, 'The name can have at most 100 characters.'),
  url: z.string().trim().max(2000, 'The URL can have at most 2000 characters.'),
  /** Null: all of them. */
  rules: z.array(z.string()).min(1, 'Choose at least one rule.').nullable(),
  /** The host of the URL, named again where it may be a private one; null: it may not. */
  allowedHost: z.string().trim().min(1).max(253, 'A host has at most 253 characters.').nullable(),
})
const newWebhook = webhookContent.extend({
  rules: webhookContent.shape.rules.default(null),
  allowedHost: webhookContent.shape.allowedHost.default(null),
})

export const outboxState = z.enum(['waiting', 'delivered', 'dead'])

export const outboxMessage = z.object({
  id: z.int(),
  channel: z.enum(['mail', 'webhook', 'desktop']),
  /** An address, or the name of a webhook. */
  recipient: z.string(),
  rule: z.string(),
  title: z.string(),
  state: outboxState,
  isBeingSent: z.boolean(),
  createdAt: moment,
  notBefore: moment,
  attempts: z.int(),
  retryAt: moment.nullable(),
  problem: z.string().nullable(),
  endedAt: moment.nullable(),
})

/** What became of a message that was sent at once. */
export const sent = z.object({
  isDelivered: z.boolean(),
  /** Why it was not: a sentence. */
  problem: z.string().nullable(),
})

export const welcomeTemplate = z.object({
  subject: z.string().max(1000),
  text: z.string().max(100_000),
  /** The same as HTML; null: as text alone. */
  html: z.string().max(100_000).nullable(),
})

/** The welcome mail of an integration. */
export const welcome = z.object({
  isEnabled: z.boolean(),
  /** Who comes from then on gets one. */
  enabledSince: moment.nullable(),
  template: welcomeTemplate,
  placeholders: z.array(z.string()),
})

const address = z
  .string()
  .trim()
  .min(1, 'Give an e-mail address.')
  .max(320, 'An e-mail address has at most 320 characters.')
const userName = z.string().min(1).max(500).nullable().default(null)
const which = z.object({ slug })

/** Numbers of messages, or all that were given up. */
const messages = z.union([z.array(z.int().positive()).min(1).max(1000), z.literal('all')])

export const notifications = {
  /** What is told to whom, and when. */
  get: procedure.output(
    z.object({
      smtp: smtp.nullable(),
      recipients: z.array(z.string()),
      rules: z.array(rule),
      schedule,
      /** The time zone of the server. */
      serverZone: z.string(),
      webhooks: z.array(webhook),
      /** Whether this server shows notifications on a desktop. */
      hasDesktop: z.boolean(),
      outbox: z.object({ waiting: z.int(), delivered: z.int(), dead: z.int() }),
    }),
  ),
  /** Sets up mail. The password goes into the vault and comes out in no answer; without one the one before stays while the user does. */
  setMail: procedure
    .input(
      smtp.pick({ security: true, from: true }).extend({
        host: z.string().trim().min(1, 'Name the mail server.').max(253, 'A server’s name has at most 253 characters.'),
        port: z.int().min(1).max(65_535),
        user: z.string().min(1).max(500).nullable(),
        password: z.string().min(1).max(5000).nullable().default(null),
        /** PEM of the authority of the server's certificate; `keep` leaves it as it is. */
        ca: z
          .string()
          .max(100_000, 'The certificate of the authority has at most 100,000 characters.')
          .nullable()
          .default('keep'),
      }),
    )
    .output(smtp),
  /** Sends no mail any more, and forgets the password. */
  removeMail: procedure.output(z.object({ isRemoved: z.literal(true) })),
  /** Sends a test at once. */
  testMail: procedure.input(z.object({ to: address })).output(sent),
  /** By what is to come and to go, so that what others change at the same time stays. */
  changeRecipients: procedure
    .input(z.object({ add: z.array(address).max(50).default([]), remove: z.array(address).max(50).default([]) }))
    .output(z.object({ recipients: z.array(z.string()) })),
  setRule: procedure
    .input(
      z.object({ id: z.string(), changes: rule.pick({ isEnabled: true, byMail: true, byDesktop: true }).partial() }),
    )
    .output(rule),
  setSchedule: procedure.input(schedule).output(schedule),
  /**
   * Changes what is given of a webhook; what is not stays as it is by now, and whether its host may be a private one as long as that is the
   * same. Its secret stays unless a new one is asked for, which is in this answer and nowhere else. A refusal names the field: `name`,
   * `url`, `rules`, `allowedHost`.
   */
  editWebhook: procedure
    .input(webhookContent.partial().extend({ id: z.int(), hasNewSecret: z.boolean().default(false) }))
    .output(z.object({ webhook, secret: z.string().nullable() })),
  /** Adds a webhook. The secret that signs its posts is in this answer and nowhere else, ever. */
  addWebhook: procedure.input(newWebhook).output(z.object({ webhook, secret: z.string() })),
  /** Removes a webhook with what waits for it. */
  removeWebhook: procedure.input(z.object({ id: z.int() })).output(webhook),
  /** Posts a test at once. */
  testWebhook: procedure.input(z.object({ id: z.int() })).output(sent),
  /** What waits comes oldest first, everything else latest first. */
  outbox: procedure
    .input(z.object({ state: outboxState, ...numberedPageInput.shape }))
    .output(numberedPageOf(outboxMessage)),
  /** Tries again what was given up. */
  retry: procedure.input(z.object({ messages })).output(z.object({ count: z.int() })),
  /** Throws away what has not been delivered; `all` is all that was given up. */
  drop: procedure.input(z.object({ messages })).output(z.object({ count: z.int() })),
  welcome: procedure.input(which).output(welcome),
  setWelcome: procedure
    .input(which.extend({ isEnabled: z.boolean().optional(), template: welcomeTemplate.optional() }))
    .output(welcome),
  /** The mail as somebody would get it, by a template that need not be saved; for nobody named, an invented person. */
  previewWelcome: procedure.input(which.extend({ template: welcomeTemplate, userName })).output(welcomeTemplate),
  /** Sends such a preview to an address. */
  testWelcome: procedure.input(which.extend({ template: welcomeTemplate, userName, to: address })).output(sent),
}

export type Smtp = z.infer<typeof smtp>
export type SmtpSecurity = z.infer<typeof smtpSecurity>
export type NotificationRule = z.infer<typeof rule>
export type NotificationSchedule = z.infer<typeof schedule>
export type Webhook = z.infer<typeof webhook>
export type OutboxMessage = z.infer<typeof outboxMessage>
export type OutboxState = z.infer<typeof outboxState>
export type Sent = z.infer<typeof sent>
export type Welcome = z.infer<typeof welcome>
export type WelcomeTemplate = z.infer<typeof welcomeTemplate>
