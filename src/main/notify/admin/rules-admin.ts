import { Refusal } from '../../administration/refusal.ts'
import { reviseSetting } from '../../administration/revise-setting.ts'
import { parseBareAddress } from '../mail/mail-address.ts'
import { messagesOf } from '../messages.ts'
import type { Notification } from '../notification.ts'
import { smtpSettingsOf } from '../mail/smtp-settings.ts'
import {
  defaultNotifySettings,
  notifySetting,
  notifySettingsOf,
  parseNotifySettings,
  rulesOf,
  type NotifySettings,
} from '../notify-settings.ts'

import { defaultRules, type Rule, type RuleId } from '../rule.ts'
import { rulesOfWebhook } from '../webhook/webhook-rules.ts'
import { isZone } from '../zoned-clock.ts'
import type { NotifyParts } from './notify-parts.ts'

type Changes = Partial<Omit<NotifySettings, 'rules'>>

export type RuleSwitches = Partial<Pick<Rule, 'isEnabled' | 'byMail' | 'byDesktop'>>

/** What is told to whom, and when. */
export interface RulesAdmin {
  settings(): NotifySettings
  rules(): readonly Rule[]
  /** Whether this process shows notifications on a desktop. */
  hasDesktop(): boolean
  /** Changes what is named, or what comes of what is so by then. An address that differs from another in letter case alone is left out. Who is no recipient any more does not get what waits either. Rejects with `Refusal`. */
  change(changes: Changes | ((before: NotifySettings) => Changes)): Promise<NotifySettings>
  setRule(id: RuleId, switches: RuleSwitches): Promise<readonly Rule[]>
  /** Tells something that has happened, such as the end of a job; what has its key is told once. */
  announce(notification: Notification): Promise<void>
}

/** Whether two addresses are one person's: no mail server in use tells names apart by letter case, whatever RFC 5321 §2.4 allows. */
export function isSameAddress(one: string, other: string): boolean {
  return one.toLowerCase() === other.toLowerCase()
}

/** Each address once, as it was written first. */
function eachOnce(addresses: readonly string[]): readonly string[] {
  return addresses.filter((each, n) => addresses.findIndex((other) => isSameAddress(each, other)) === n)
}

function problemOf({ recipients, zone, quietHours, digest }: NotifySettings): string | undefined {
  for (const recipient of recipients) {
    const parsed = parseBareAddress(recipient)
    if (!parsed.ok) return parsed.problem
  }
  if (recipients.length > 50) return 'At most 50 recipients. Use a distribution list.'
  if (zone !== null && !isZone(zone)) return `There is no time zone "${zone}". One looks like Europe/Berlin.`
  if (quietHours !== null && quietHours.from === quietHours.to) return 'Quiet hours that begin when they end are none.'
  if (digest.kind === 'daily' && !/^\d\d:\d\d$/.test(digest.at)) return 'A daily digest needs a time such as 08:00.'
  return undefined
}

export function createRulesAdmin({ reads, administer, now, hasDesktop }: NotifyParts): RulesAdmin {
  /** The settings are stored as one. Returns them as they were and as they are. */
  async function revise(change: (before: NotifySettings) => NotifySettings) {
    let before = defaultNotifySettings
    const after = await reviseSetting({ reads, administer }, notifySetting, (text) => {
      before = parseNotifySettings(text)
      return change(before)
    })
    return { before, after }
  }

  return {
    settings: () => notifySettingsOf(reads),
    rules: () => rulesOf(notifySettingsOf(reads)),
    hasDesktop,
    async change(changes) {
      const { before, after } = await revise((present) => {
        const changed = { ...present, ...(typeof changes === 'function' ? changes(present) : changes) }
        const settings = { ...changed, recipients: eachOnce(changed.recipients) }
        const problem = problemOf(settings)
        if (problem !== undefined) throw new Refusal(problem)
        return settings
      })
      const addresses = before.recipients.filter((each) => !after.recipients.includes(each))
      if (addresses.length > 0) await administer('forget-recipients', { addresses })
      return after
    },
    async setRule(id, switches) {
      if (!defaultRules.some((rule) => rule.id === id)) throw new Refusal(`There is no rule "${id}".`)
      const { after } = await revise((present) => ({
        ...present,
        rules: { ...present.rules, [id]: { ...present.rules[id], ...switches } },
      }))
      return rulesOf(after)
    },
    async announce(notification) {
      const channels = {
        hasMail: smtpSettingsOf(reads) !== undefined,
        hasDesktop: hasDesktop(),
        webhooks: reads.webhooks.all().map((each) => ({ id: each.id, rules: rulesOfWebhook(each) })),
      }
      const messages = messagesOf(notification, notifySettingsOf(reads), channels, now())
      if (messages.length > 0) await administer('tell', { changes: [{ kind: 'queue', messages }] })
    },
  }
}
