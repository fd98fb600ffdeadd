import type { Notification } from '../notification.ts'
import { escapeHtml } from '../../text/escape-html.ts'
import { oneLine, plainLines } from '../plain-text.ts'

/** A mail as a person reads it. */
export interface MailText {
  readonly subject: string
  readonly text: string
  readonly html: string | undefined
}

const footer = 'Sent by Rollcall. "rollcall notify rules list" shows what is told to whom.'

function moment(at: number): string {
  return `${new Date(at).toISOString().slice(0, 16).replace('T', ' ')} UTC`
}

function mark(phase: Notification['phase']): string {
  return phase === 'recovered' ? '✓ ' : phase === 'raised' ? '! ' : ''
}

function head({ title, phase, at, integration }: Notification): string {
  const about = integration === undefined ? '' : ` · ${oneLine(integration.name, 100)}`
  return `${mark(phase)}${oneLine(title)}\n${moment(at)}${about}`
}

function textOf(notification: Notification): string {
  const lines = notification.lines.map((line) => plainLines(line, 4000))
  return [head(notification), ...lines].join('\n\n')
}

function htmlOf(notification: Notification): string {
  const [title = '', about = ''] = head(notification).split('\n')
  const paragraphs = notification.lines.map(
    (line) => `<p style="margin:0 0 12px">${escapeHtml(plainLines(line, 4000)).replaceAll('\n', '<br>')}</p>`,
  )
  return `<h2 style="font-size:16px;margin:0 0 4px">${escapeHtml(title)}</h2><p style="color:#666;font-size:12px;margin:0 0 12px">${escapeHtml(about)}</p>${paragraphs.join('')}`
}

function page(body: string): string {
  return `<!doctype html><html><head><meta charset="utf-8"></head><body style="font:14px/1.5 system-ui,sans-serif;color:#1a1b1e;max-width:640px">${body}<p style="color:#666;font-size:12px;border-top:1px solid #ddd;padding-top:8px">${escapeHtml(footer)}</p></body></html>`
}

/** One notification as a mail, or several as a digest. Whatever they quote is drawn as text. */
export function notificationMail(notifications: readonly Notification[]): MailText {
  const [first] = notifications
  const subject =
    notifications.length === 1 && first !== undefined
      ? `[Rollcall] ${oneLine(first.title, 150)}`
      : `[Rollcall] ${notifications.length} notifications`
  return {
    subject,
    text: `${notifications.map(textOf).join('\n\n----\n\n')}\n\n-- \n${footer}\n`,
    html: page(notifications.map(htmlOf).join('<hr style="border:0;border-top:1px solid #ddd;margin:16px 0">')),
  }
}
