import { unreachable } from '../../scim/unreachable.ts'
import { isVisible } from '../../scim/text/visible-text.ts'
import { integrationOfAlert } from '../notify/integration-of-alert.ts'
import type { TellChange } from '../notify/tell-change.ts'
import { newcomersMark, templateOf } from '../notify/welcome/welcome-newcomers.ts'
import { templateProblem, type WelcomeTemplate } from '../notify/welcome/welcome-template.ts'
import { parseWebhookUrl } from '../notify/webhook/webhook-url.ts'
import type { AlertRow } from '../store/notify/alerts.ts'
import type { NewMessage, OutboxChannel, OutboxRow } from '../store/notify/outbox.ts'
import type { AdministrationScope } from './administration-scope.ts'
import { integrationRow } from './integrations/integrations.ts'
import { Refusal } from './refusal.ts'

function queue(scope: AdministrationScope, messages: readonly NewMessage[]): number {
  return messages.filter((message) => scope.store.outbox.add(message, scope.now)).length
}

function isAboutNobody({ store }: AdministrationScope, alert: AlertRow): boolean {
  const slug = integrationOfAlert(alert)
  return slug !== undefined && store.integrations.bySlug(slug) === undefined
}

function tellOne(scope: AdministrationScope, change: TellChange): number {
  const { alerts, welcome } = scope.store
  switch (change.kind) {
    case 'raise':
      // It may have been deleted since the notifier looked.
      if (isAboutNobody(scope, change.alert)) return 0
      return alerts.raise(change.alert) ? queue(scope, change.messages) : 0
    case 'end':
      return alerts.remove(change.rule, change.subject) ? queue(scope, change.messages) : 0
    case 'queue':
      return queue(scope, change.messages)
    case 'mark':
      if (change.isReset === true) alerts.dropMark(change.name)
      alerts.setMark(change.name, change.value)
      return 0
    case 'welcome': {
      const isNew = !change.marks.some((mark) => welcome.isWelcomed(change.directoryId, mark))
      for (const mark of change.marks) welcome.welcome(change.directoryId, mark, scope.now)
      return isNew ? queue(scope, [change.message]) : 0
    }
    default:
      return unreachable(change)
  }
}

/** Carries out what the notifier has decided; returns how many messages are new. */
export function tell(scope: AdministrationScope, input: { readonly changes: readonly TellChange[] }): number {
  let queued = 0
  for (const change of input.changes) queued += tellOne(scope, change)
  return queued
}

/** Takes what can be sent now: for each recipient one message, or those that are sent together. */
export function claimMessages(
  scope: AdministrationScope,
  input: {
    readonly claimant: string
    readonly until: number
    readonly limit: number
    readonly gone: readonly string[]
    readonly channels: readonly OutboxChannel[]
  },
): readonly (readonly OutboxRow[])[] {
  return scope.store.outbox.claim({ ...input, now: scope.now })
}

/** How attempts ended. */
export type Settlement =
  | { readonly kind: 'delivered' }
  | { readonly kind: 'failed'; readonly problem: string; readonly retryAt: number }
  | { readonly kind: 'dead'; readonly problem: string }

export function settleMessages(
  scope: AdministrationScope,
  input: { readonly ids: readonly number[]; readonly settlement: Settlement },
): void {
  const { outbox } = scope.store
  const { settlement } = input
  for (const id of input.ids)
    switch (settlement.kind) {
      case 'delivered':
        outbox.delivered(id, scope.now)
        break
      case 'failed':
        outbox.failed(id, settlement.problem, settlement.retryAt)
        break
      case 'dead':
        outbox.dead(id, settlement.problem, scope.now)
        break
      default:
        unreachable(settlement)
    }
}

/** Tries messages again that had been given up, as new ones at their old place; returns how many. */
export function retryMessages(scope: AdministrationScope, input: { readonly ids: readonly number[] }): number {
  return input.ids.filter((id) => scope.store.outbox.revive(id, scope.now)).length
}

/** Throws messages away that have not been delivered; returns how many. */
export function dropMessages(scope: AdministrationScope, input: { readonly ids: readonly number[] }): number {
  return input.ids.filter((id) => scope.store.outbox.drop(id)).length
}

/** Deletes old messages that are done with; those that were given up are kept longer. */
export function forgetMessages(
  scope: AdministrationScope,
  input: { readonly deliveredBefore: number; readonly deadBefore: number },
): void {
  scope.store.outbox.forget('delivered', input.deliveredBefore)
  scope.store.outbox.forget('dead', input.deadBefore)
}

interface WebhookContent {
  readonly name: string
  readonly url: string
  /** Undefined: all of them. */
  readonly rules: readonly string[] | undefined
  readonly allowsPrivate: boolean
}

/** What of a webhook is stored. Throws `Refusal`, at the field, for what cannot be; `id` is undefined for a new one. */
function webhookColumns(scope: AdministrationScope, content: WebhookContent, id: number | undefined) {
  const name = content.name.trim()
  const refuse = (path: string, problem: string) => new Refusal(problem, 'other', [{ path, problem }])
  if (name === '' || name.length > 100) throw refuse('name', 'A webhook needs a name of at most 100 characters.')
  // One that has another name from before may keep it.
  if (id === undefined || scope.store.webhooks.byId(id)?.name !== name) {
    if (!isVisible(name)) throw refuse('name', 'A webhook needs a name that can be seen.')
    if (/\p{Cc}/u.test(name))
      throw refuse('name', 'The name of a webhook cannot contain tabs, line breaks and other control characters.')
    // The command line takes a webhook by its number, too.
    if (/^\d+$/.test(name)) throw refuse('name', 'The name of a webhook cannot be a number. Add a word to it.')
  }
  const other = scope.store.webhooks.all().find((each) => each.name.toLowerCase() === name.toLowerCase())
  if (other && other.id !== id) throw refuse('name', `There is a webhook "${other.name}" already.`)
  const parsed = parseWebhookUrl(content.url, content.allowsPrivate)
  if (!parsed.ok) throw refuse('url', parsed.problem)
  return {
    name,
    url: parsed.url.href,
    rules: content.rules === undefined ? null : JSON.stringify(content.rules),
    allows_private: content.allowsPrivate ? 1 : 0,
  }
}

/** Adds a webhook; the caller has put its secret into the vault beforehand, or does so before anything is sent. */
export function addWebhook(scope: AdministrationScope, input: WebhookContent): number {
  return scope.store.webhooks.insert({ ...webhookColumns(scope, input, undefined), created_at: scope.now })
}

/** Changes a webhook; where it `hasNewSecret`, the caller has put that into the vault beforehand. What waits for it goes to the new URL. */
export function editWebhook(
  scope: AdministrationScope,
  input: WebhookContent & { readonly id: number; readonly hasNewSecret: boolean },
): void {
  const { id } = input
  if (!scope.store.webhooks.byId(id)) throw new Refusal('There is no such webhook. It may have been removed.')
  const columns = webhookColumns(scope, input, id)
  scope.store.webhooks.update({ ...columns, id, secret_at: input.hasNewSecret ? scope.now : null })
}

/** Removes a webhook with what waits for it. */
export function removeWebhook(scope: AdministrationScope, input: { readonly id: number }): void {
  scope.store.outbox.dropRecipient('webhook', String(input.id))
  scope.store.webhooks.remove(input.id)
}

/** Throws away the notifications for addresses that are told of nothing any more. */
export function forgetRecipients(scope: AdministrationScope, input: { readonly addresses: readonly string[] }): void {
  for (const address of input.addresses) scope.store.outbox.dropNotified(address)
}

/** Changes the welcome mail of an integration. Switched on, it goes to those who come from now on. */
export function setWelcome(
  scope: AdministrationScope,
  input: { readonly slug: string; readonly isEnabled: boolean | undefined; readonly changes: Partial<WelcomeTemplate> },
): void {
  const { id } = integrationRow(scope, input.slug)
  const { welcome, alerts } = scope.store
  const before = welcome.of(id)
  const template = { ...templateOf(before), ...input.changes }
  const problem = templateProblem(template)
  if (problem !== undefined) throw new Refusal(problem)
  const isEnabled = input.isEnabled ?? (before !== undefined && before.enabled_since !== null)
  // While nobody was welcomed nobody looked at the changes.
  const isFirst = !welcome.all().some((each) => each.enabled_since !== null)
  if (isEnabled && isFirst) alerts.setMark(newcomersMark, welcome.newestChange())
  welcome.save({
    integration_id: id,
    enabled_since: isEnabled ? (before?.enabled_since ?? scope.now) : null,
    subject: template.subject,
    text: template.text,
    html: template.html ?? null,
  })
}
