import { Refusal } from '../../administration/refusal.ts'
import { Secret } from '../../secret.ts'
import type { DeliveryOutcome } from '../delivery.ts'
import { parseBareAddress } from '../mail/mail-address.ts'
import { createMailDeliverer } from '../mail/mail-deliverer.ts'
import {
  caProblem,
  smtpPasswordName,
  smtpProblem,
  smtpSetting,
  smtpSettingsOf,
  type SmtpSettings,
} from '../mail/smtp-settings.ts'
import type { OutboxContent } from '../outbox-content.ts'
import { attemptRow, testNotification } from './attempt-row.ts'
import { testMs, type NotifyParts } from './notify-parts.ts'

/** How mail is sent, as a person may see it. */
export interface ShownSmtp extends Omit<SmtpSettings, 'passwordSetAt' | 'ca'> {
  readonly hasPassword: boolean
  readonly hasCa: boolean
}

/** How the last test of a mail server went. */
export interface MailTest {
  readonly at: number
  /** Undefined when it was taken. */
  readonly problem: string | undefined
}

export type NewSmtp = Omit<SmtpSettings, 'passwordSetAt'>

/** How mail is sent. */
export interface MailAdmin {
  /** Undefined where it has not been set up. */
  show(): ShownSmtp | undefined
  /** The last test of what is set up now; undefined where none is known: before the first since the start, and after a change. */
  lastTest(): MailTest | undefined
  /** Sets it up; without a password the one before stays, as long as the user does. Rejects with `Refusal` or `VaultError`. */
  set(settings: NewSmtp, password: Secret | undefined): Promise<ShownSmtp>
  /** No mail is sent any more; the password is removed. */
  remove(): Promise<void>
  /** Sends a test, or another letter, at once and without the outbox. Rejects with `Refusal` for an address that is none. */
  send(to: string, content?: OutboxContent): Promise<DeliveryOutcome>
}

function shown({ passwordSetAt, ca, ...rest }: SmtpSettings): ShownSmtp {
  return { ...rest, hasPassword: passwordSetAt !== undefined, hasCa: ca !== undefined }
}

export function createMailAdmin({ reads, administer, vault, now }: NotifyParts): MailAdmin {
  /** With the settings that were tested, which another process may change. */
  let last: { readonly settings: string; readonly test: MailTest } | undefined

  async function passwordOf(settings: SmtpSettings): Promise<Secret | undefined> {
    if (settings.user === undefined) return undefined
    const value = await (await vault()).get(smtpPasswordName)
    return value === undefined ? undefined : new Secret(value)
  }

  return {
    show() {
      const settings = smtpSettingsOf(reads)
      return settings && shown(settings)
    },
    lastTest() {
      return last?.settings === JSON.stringify(smtpSettingsOf(reads)) ? last?.test : undefined
    },
    async set(settings, password) {
      const wrongCa = caProblem(settings.ca)
      const wrong = smtpProblem(settings) ?? (wrongCa === undefined ? undefined : { path: 'ca', problem: wrongCa })
      if (wrong) throw new Refusal(wrong.problem, 'other', [wrong])
      const before = smtpSettingsOf(reads)
      const keeps = password === undefined && before?.user !== undefined && before.user === settings.user
      if (settings.user !== undefined && password === undefined && !keeps)
        throw new Refusal('A user needs a password: give the one to sign in with.')
      if (settings.user === undefined && password !== undefined)
        throw new Refusal('A password needs a user: say as whom to sign in.')
      if (password !== undefined) await (await vault()).set(smtpPasswordName, password.reveal())
      const passwordSetAt = password === undefined ? (keeps ? before.passwordSetAt : undefined) : now()
      const stored: SmtpSettings = { ...settings, ...(passwordSetAt === undefined ? {} : { passwordSetAt }) }
      await administer('set-setting', { name: smtpSetting, value: JSON.stringify(stored) })
      if (passwordSetAt === undefined && before?.passwordSetAt !== undefined)
        await (await vault()).delete(smtpPasswordName)
      return shown(stored)
    },
    async remove() {
      await administer('set-setting', { name: smtpSetting, value: '' })
      await (await vault()).delete(smtpPasswordName)
    },
    async send(to, content) {
      const parsed = parseBareAddress(to)
      if (!parsed.ok) throw new Refusal(parsed.problem)
      const settings = smtpSettingsOf(reads)
      if (settings === undefined) throw new Refusal('Mail is not set up. Set up a mail server first.')
      const deliverer = createMailDeliverer({
        now,
        access: async () => ({ settings, password: await passwordOf(settings) }),
      })
      const row = attemptRow('mail', parsed.value.address, content ?? testNotification(now()), now())
      const outcome = await deliverer.deliver([row], AbortSignal.timeout(testMs))
      const problem = outcome.kind === 'delivered' ? undefined : outcome.problem
      last = { settings: JSON.stringify(settings), test: { at: now(), problem } }
      return outcome
    },
  }
}
