import { hash } from 'node:crypto'
import { unreachable } from '../../../scim/unreachable.ts'
import type { Secret } from '../../secret.ts'
import type { OutboxRow } from '../../store/notify/outbox.ts'
import type { Deliverer, DeliveryOutcome } from '../delivery.ts'
import type { Notification } from '../notification.ts'
import { parseOutboxContent } from '../outbox-content.ts'
import { parseBareAddress } from './mail-address.ts'
import { notificationMail, type MailText } from './mail-text.ts'
import { outcomeOfMailError } from './smtp-failure.ts'
import { senderOf, type SmtpSettings } from './smtp-settings.ts'

/** How mail is sent at present. */
export interface MailAccess {
  readonly settings: SmtpSettings
  readonly password: Secret | undefined
}

interface Parts {
  /** Undefined where mail has not been set up. Rejects with `VaultError`. */
  readonly access: () => Promise<MailAccess | undefined>
  readonly now: () => number
}

/** Made of the message's key, so that a mail that arrives twice can be recognised by it. */
function messageIdOf(key: string, settings: SmtpSettings): string {
  const { address } = senderOf(settings)
  return `${hash('sha256', key, 'hex').slice(0, 40)}@${address.slice(address.lastIndexOf('@') + 1)}`
}

/** One mail of what is to be told; undefined where it cannot be read. */
function mailOf(rows: readonly OutboxRow[]): MailText | undefined {
  const notifications: Notification[] = []
  for (const row of rows) {
    const content = parseOutboxContent(row.content)
    if (content === undefined) continue
    switch (content.kind) {
      case 'letter':
        return { subject: content.subject, text: content.text, html: content.html }
      case 'notification':
        notifications.push(content.notification)
        break
      default:
        return unreachable(content)
    }
  }
  return notifications.length === 0 ? undefined : notificationMail(notifications)
}

/** Sends mail by SMTP, each to one recipient. */
export function createMailDeliverer({ access, now }: Parts): Deliverer {
  async function send(rows: readonly OutboxRow[], signal: AbortSignal): Promise<DeliveryOutcome> {
    const [first] = rows
    const mail = mailOf(rows)
    if (first === undefined || mail === undefined) return { kind: 'hopeless', problem: 'The message cannot be read.' }
    const to = parseBareAddress(first.recipient)
    if (!to.ok) return { kind: 'hopeless', problem: to.problem }
    const current = await access()
    if (current === undefined) return { kind: 'failed', problem: 'Mail is not set up. Set up a mail server first.' }
    const messageId = messageIdOf(first.key, current.settings)
    // Loaded when there is something to send.
    const { sendMail } = await import('./smtp-transport.ts')
    await sendMail(
      current.settings,
      current.password,
      { ...mail, to: to.value.address, messageId, date: new Date(now()) },
      signal,
    )
    return { kind: 'delivered' }
  }

  return { deliver: (rows, signal) => send(rows, signal).catch(outcomeOfMailError) }
}
