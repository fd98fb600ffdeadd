import { createTransport } from 'nodemailer'
import type { Secret } from '../../secret.ts'
import { senderOf, type SmtpSettings } from './smtp-settings.ts'
import type { MailText } from './mail-text.ts'

/** A mail on its way: to one recipient, under a name of its own that stays the same however often it is tried. */
export interface OutgoingMail extends MailText {
  readonly to: string
  /** Without angle brackets. */
  readonly messageId: string
  readonly date: Date
}

const second = 1000

/** Sends one mail over a connection of its own. Rejects with what the server or the network said. */
export async function sendMail(
  settings: SmtpSettings,
  password: Secret | undefined,
  mail: OutgoingMail,
  signal: AbortSignal,
): Promise<void> {
  const { name, address } = senderOf(settings)
  const transport = createTransport({
    host: settings.host,
    port: settings.port,
    secure: settings.security === 'tls',
    requireTLS: settings.security === 'starttls',
    ignoreTLS: settings.security === 'none',
    ...(settings.user === undefined || password === undefined
      ? {}
      : { auth: { user: settings.user, pass: password.reveal() } }),
    tls: { minVersion: 'TLSv1.2', ...(settings.ca === undefined ? {} : { ca: settings.ca }) },
    connectionTimeout: 15 * second,
    greetingTimeout: 15 * second,
    dnsTimeout: 15 * second,
    socketTimeout: 30 * second,
    // A template is text: nothing in it names a file or a URL to attach.
    disableFileAccess: true,
    disableUrlAccess: true,
  })
  try {
    await transport.sendMail({
      from: name === undefined ? address : { name, address },
      to: { name: '', address: mail.to },
      subject: mail.subject,
      text: mail.text,
      ...(mail.html === undefined ? {} : { html: mail.html }),
      messageId: `<${mail.messageId}>`,
      date: mail.date,
      headers: { 'Auto-Submitted': 'auto-generated', 'X-Auto-Response-Suppress': 'All' },
      signal,
    })
  } finally {
    transport.close()
  }
}
