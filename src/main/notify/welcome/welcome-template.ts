import { escapeHtml } from '../../text/escape-html.ts'
import { oneLine, plainLines } from '../plain-text.ts'
import type { MailText } from '../mail/mail-text.ts'

/** What a welcome mail says. Placeholders such as `{{displayName}}` stand for the person. */
export interface WelcomeTemplate {
  readonly subject: string
  readonly text: string
  readonly html: string | undefined
}

export const placeholders = [
  'displayName',
  'givenName',
  'familyName',
  'userName',
  'email',
  'title',
  'department',
  'integration',
] as const

export type Placeholder = (typeof placeholders)[number]

export type WelcomeValues = Readonly<Record<Placeholder, string>>

export const defaultWelcomeTemplate: WelcomeTemplate = {
  subject: 'Welcome, {{displayName}}',
  text: 'Hello {{displayName}},\n\nan account has been made for you. Your user name is {{userName}}.\n',
  html: undefined,
}

export const sampleValues: WelcomeValues = {
  displayName: 'Ada Lovelace',
  givenName: 'Ada',
  familyName: 'Lovelace',
  userName: 'ada@example.com',
  email: 'ada@example.com',
  title: 'Analyst',
  department: 'Engines',
  integration: 'Entra ID',
}

// Blanks are taken off afterwards: to share them out here would be tried in every way.
const pattern = /\{\{([^{}]*)\}\}/g
const longestSubject = 300
const longestBody = 50_000

function isPlaceholder(name: string): name is Placeholder {
  return placeholders.some((each) => each === name)
}

/** Values are put in once: what they hold is never a placeholder itself. */
function fill(template: string, valueOf: (name: Placeholder) => string): string {
  return template.replaceAll(pattern, (_whole, inner: string) => {
    const name = inner.trim()
    return isPlaceholder(name) ? valueOf(name) : ''
  })
}

/** What is wrong with a template, as a sentence; undefined where it can be used. */
export function templateProblem({ subject, text, html }: WelcomeTemplate): string | undefined {
  if (subject.trim() === '') return 'A welcome mail needs a subject.'
  if (text.trim() === '') return 'A welcome mail needs a text.'
  if (/[\p{Cc}]/u.test(subject)) return 'The subject is one line.'
  if (subject.length > longestSubject) return `The subject can have at most ${longestSubject} characters.`
  if (text.length > longestBody || (html?.length ?? 0) > longestBody)
    return `Text and HTML can have at most ${longestBody.toLocaleString('en')} characters each.`
  for (const part of [subject, text, html ?? ''])
    for (const [whole, inner = ''] of part.matchAll(pattern))
      if (!isPlaceholder(inner.trim()))
        return `There is no placeholder ${whole}. Known are: ${placeholders.map((each) => `{{${each}}}`).join(', ')}.`
  return undefined
}

/** The mail for one person. Values came from the wire: they are one line of text each, escaped where the template is HTML. */
export function renderWelcome(template: WelcomeTemplate, values: WelcomeValues): MailText {
  const plain = (name: Placeholder) => oneLine(values[name])
  return {
    subject: oneLine(fill(template.subject, plain)),
    text: plainLines(fill(template.text, plain)),
    html: template.html === undefined ? undefined : fill(template.html, (name) => escapeHtml(plain(name))),
  }
}
