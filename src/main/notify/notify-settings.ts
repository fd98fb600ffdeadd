import { z } from 'zod'
import { jsonIn } from '../../scim/json/json.ts'
import type { StoreReads } from '../store/store-reads.ts'
import { defaultRules, ruleIds, type Rule, type RuleId } from './rule.ts'

/** The setting that holds the rules, the recipients, quiet hours and the digest, as JSON. */
export const notifySetting = 'notify'

const clock = z.string().regex(/^(?:[01]\d|2[0-3]):[0-5]\d$/)

const digestSchema = z.union([
  z.object({ kind: z.literal('off') }).readonly(),
  z.object({ kind: z.literal('hourly') }).readonly(),
  z.object({ kind: z.literal('daily'), at: clock }).readonly(),
])

const switchesSchema = z
  .object({ isEnabled: z.boolean(), byMail: z.boolean(), byDesktop: z.boolean() })
  .partial()
  .readonly()

const notifySettingsSchema = z.object({
  /** E-mail addresses that get what the rules say. */
  recipients: z.array(z.string()).readonly(),
  /** What differs from the defaults of the rules. */
  rules: z.partialRecord(z.enum(ruleIds), switchesSchema).readonly(),
  /** Whether it is told when something is over. */
  tellsRecovery: z.boolean(),
  /** Times of the day; from one that is later than the other over midnight. */
  quietHours: z.object({ from: clock, to: clock }).readonly().nullable(),
  /** The IANA time zone of quiet hours and digests; null: that of this machine. */
  zone: z.string().nullable(),
  digest: digestSchema,
})

export type NotifySettings = Readonly<z.infer<typeof notifySettingsSchema>>
export type Digest = z.infer<typeof digestSchema>

export const defaultNotifySettings: NotifySettings = {
  recipients: [],
  rules: {},
  tellsRecovery: true,
  quietHours: null,
  zone: null,
  digest: { kind: 'off' },
}

/** What stands in the setting; what cannot be read is as never set. */
export function parseNotifySettings(text: string | undefined): NotifySettings {
  if (text === undefined || text === '') return defaultNotifySettings
  return { ...defaultNotifySettings, ...notifySettingsSchema.partial().safeParse(jsonIn(text)).data }
}

/** What the admin has set. */
export function notifySettingsOf(reads: Pick<StoreReads, 'settings'>): NotifySettings {
  return parseNotifySettings(reads.settings.get(notifySetting))
}

/** The rules as they are in force. */
export function rulesOf({ rules }: NotifySettings): readonly Rule[] {
  return defaultRules.map((rule) => ({ ...rule, ...rules[rule.id] }))
}

/** One rule as it is in force; undefined for what is told without a rule that can be switched. */
export function ruleOf(settings: NotifySettings, id: RuleId): Rule | undefined {
  return rulesOf(settings).find((rule) => rule.id === id)
}
