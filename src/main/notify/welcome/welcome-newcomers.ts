import { userDocument } from '../../directory/user-document.ts'
import type { StoreReads } from '../../store/store-reads.ts'
import type { NewcomerRow, WelcomeRow } from '../../store/notify/welcome.ts'
import type { OutboxContent } from '../outbox-content.ts'
import type { TellChange } from '../tell-change.ts'
import { defaultWelcomeTemplate, renderWelcome, type WelcomeTemplate } from './welcome-template.ts'
import { welcomedPerson } from './welcomed-person.ts'

/** The mark of how far the changes have been looked through; a change's id. */
export const newcomersMark = 'newcomers'

/**
 * So long after a user came the mail is queued, in ms: a connection test such as JumpCloud's takes its user away again within a minute, and an
 * IdP may send the address after the name.
 */
const welcomeDelayMs = 2 * 60_000

const atOnce = 200

/** What is sent, or would be where nobody has written anything yet. */
export function templateOf(row: WelcomeRow | undefined): WelcomeTemplate {
  return row === undefined
    ? defaultWelcomeTemplate
    : { subject: row.subject, text: row.text, html: row.html ?? undefined }
}

function welcome(
  reads: StoreReads,
  newcomer: NewcomerRow,
  row: WelcomeRow,
  integrationName: string,
  now: number,
): TellChange | undefined {
  const user = reads.users.any(newcomer.directory_id, newcomer.user_id)
  if (!user || user.archived_at !== null || user.active === 0 || user.hidden === 1) return undefined
  const resource = userDocument(user)
  const person = resource && welcomedPerson(resource, integrationName)
  if (person === undefined) return undefined
  if (person.marks.some((each) => reads.welcome.isWelcomed(newcomer.directory_id, each))) return undefined
  const content: OutboxContent = { kind: 'letter', ...renderWelcome(templateOf(row), person.values) }
  return {
    kind: 'welcome',
    directoryId: newcomer.directory_id,
    marks: person.marks,
    message: {
      key: `welcome:${newcomer.directory_id}:${person.marks[0]}`,
      channel: 'mail',
      recipient: person.address,
      rule: 'welcome',
      content: JSON.stringify(content),
      isDigest: false,
      notBefore: now,
    },
  }
}

/**
 * Welcome mails for those whom integrations created since the last look. Imports and conversions create nobody in an integration's name, so
 * they welcome nobody.
 */
export function welcomeNewcomers(reads: StoreReads, now: number): readonly TellChange[] {
  const enabled = new Map(
    reads.welcome
      .all()
      .filter((row) => row.enabled_since !== null)
      .map((row) => [row.integration_id, row]),
  )
  if (enabled.size === 0) return []
  const upTo = Math.min(reads.welcome.newestChange(), (now - welcomeDelayMs) * 1000)
  const after = reads.alerts.mark(newcomersMark)
  if (after === undefined) return [{ kind: 'mark', name: newcomersMark, value: reads.welcome.newestChange() }]
  const newcomers = reads.welcome.newcomers(after, upTo, atOnce)
  const names = new Map(reads.integrations.all().map((each) => [each.id, each.name]))
  const changes = newcomers.flatMap((newcomer) => {
    const row = enabled.get(newcomer.integration_id)
    if (row === undefined || newcomer.at < (row.enabled_since ?? Infinity)) return []
    return welcome(reads, newcomer, row, names.get(newcomer.integration_id) ?? '', now) ?? []
  })
  const last = newcomers.length < atOnce ? upTo : (newcomers.at(-1)?.change ?? upTo)
  return last <= after ? changes : [...changes, { kind: 'mark', name: newcomersMark, value: last }]
}
