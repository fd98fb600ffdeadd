import { Refusal } from '../../administration/refusal.ts'
import { Secret } from '../../secret.ts'
import type { WebhookRow } from '../../store/notify/webhooks.ts'
import type { DeliveryOutcome } from '../delivery.ts'
import { defaultRules, type RuleId } from '../rule.ts'
import { resolveByDns, resolveTarget } from '../webhook/resolve-target.ts'
import { newWebhookSecret, webhookSecretName } from '../webhook/sign.ts'
import { createWebhookDeliverer } from '../webhook/webhook-deliverer.ts'
import { rulesOfWebhook } from '../webhook/webhook-rules.ts'
import { hostOf, parseWebhookUrl } from '../webhook/webhook-url.ts'
import { attemptRow, testNotification } from './attempt-row.ts'
import { testMs, type NotifyParts } from './notify-parts.ts'

export interface Webhook {
  readonly id: number
  readonly name: string
  readonly url: string
  /** Null: all of them. */
  readonly rules: readonly string[] | null
  readonly allowsPrivate: boolean
  readonly createdAt: number
}

export interface NewWebhook {
  readonly name: string
  readonly url: string
  /** Undefined: all of them. */
  readonly rules: readonly string[] | undefined
  /** The host of the URL, named again where it may be a private one. */
  readonly allowedHost: string | undefined
}

/** What is changed of a webhook; everything else stays. */
export interface WebhookEdit {
  readonly name?: string | undefined
  readonly url?: string | undefined
  /** Null: all of them. */
  readonly rules?: readonly string[] | null | undefined
  /** The host of the URL, named again where it may be a private one; null: it may not. Not given: as before, as long as the host is the same. */
  readonly allowedHost?: string | null | undefined
  /** Gives it another secret; the one before signs nothing any more. */
  readonly hasNewSecret?: boolean | undefined
}

/** Where notifications are posted. */
export interface WebhooksAdmin {
  list(): readonly Webhook[]
  /** Returns the secret, which is shown this once. Rejects with `Refusal` or `VaultError`. */
  add(webhook: NewWebhook): Promise<{ readonly webhook: Webhook; readonly secret: Secret }>
  /** Changes a webhook. Returns the new secret where one was asked for, which is shown this once. Rejects as `add` does, and changes nothing then. */
  edit(id: number, edit: WebhookEdit): Promise<{ readonly webhook: Webhook; readonly secret: Secret | undefined }>
  remove(id: number): Promise<Webhook>
  /** Posts a test at once and without the outbox. */
  test(id: number): Promise<DeliveryOutcome>
}

function shown(row: WebhookRow): Webhook {
  return {
    id: row.id,
    name: row.name,
    url: row.url,
    rules: rulesOfWebhook(row),
    allowsPrivate: row.allows_private === 1,
    createdAt: row.created_at,
  }
}

function refusal(path: string, problem: string): Refusal {
  return new Refusal(problem, 'other', [{ path, problem }])
}

function isRule(text: string): text is RuleId {
  return defaultRules.some((rule) => rule.id === text)
}

/** The host that a webhook may call where it is a private one, if another URL has the same. */
function allowedStill(row: WebhookRow, url: string): string | undefined {
  const parsed = parseWebhookUrl(url, true)
  const host = hostOf(new URL(row.url))
  return row.allows_private === 1 && parsed.ok && hostOf(parsed.url) === host ? host : undefined
}

/** What cannot be undone either, on a disk that is full, say, does not hide why it should be. */
async function undo(undoing: Promise<unknown>): Promise<void> {
  await Promise.allSettled([undoing])
}

export function createWebhooksAdmin(parts: NotifyParts): WebhooksAdmin {
  const { reads, administer, vault, now } = parts
  const resolve = parts.resolve ?? resolveByDns

  function find(id: number): WebhookRow {
    const row = reads.webhooks.byId(id)
    if (row === undefined) throw new Refusal('There is no such webhook. It may have been removed.')
    return row
  }

  /** A host that is private now is refused at once and not only when something is to be told. */
  async function check({ url, rules, allowedHost }: Omit<NewWebhook, 'name'>): Promise<boolean> {
    const parsed = parseWebhookUrl(url, allowedHost !== undefined)
    if (!parsed.ok) throw refusal('url', parsed.problem)
    const host = hostOf(parsed.url)
    if (allowedHost !== undefined && allowedHost.toLowerCase() !== host)
      throw refusal(
        'allowedHost',
        `The host of the URL is ${host}, and not ${allowedHost}. Allow the one that is meant.`,
      )
    const unknown = rules?.find((each) => !isRule(each))
    if (unknown !== undefined)
      throw refusal(
        'rules',
        `There is no rule "${unknown}". Known are: ${defaultRules.map(({ id }) => id).join(', ')}.`,
      )
    const allowsPrivate = allowedHost !== undefined
    const target = await resolveTarget(host, allowsPrivate, resolve).catch(() => undefined)
    // A name that leads nowhere today may tomorrow; it is looked up again whenever something is sent.
    if (target?.kind === 'refused') throw refusal('url', target.problem)
    return allowsPrivate
  }

  /** Has a secret in the vault before what needs it is stored; when that fails, the one before is there again. */
  async function withSecret(name: string, secret: Secret, store: () => Promise<void>): Promise<void> {
    const opened = await vault()
    const before = await opened.get(name)
    await opened.set(name, secret.reveal())
    try {
      await store()
    } catch (error) {
      await undo(before === undefined ? opened.delete(name) : opened.set(name, before))
      throw error
    }
  }

  return {
    list: () => reads.webhooks.all().map(shown),
    async add(webhook) {
      const allowsPrivate = await check(webhook)
      const opened = await vault()
      const secret = newWebhookSecret()
      const id = await administer('add-webhook', {
        name: webhook.name,
        url: webhook.url,
        rules: webhook.rules,
        allowsPrivate,
      })
      try {
        await opened.set(webhookSecretName(id), secret.reveal())
      } catch (error) {
        await undo(administer('remove-webhook', { id }))
        throw error
      }
      return { webhook: shown(find(id)), secret }
    },
    async edit(id, edit) {
      const row = find(id)
      const url = edit.url ?? row.url
      const rules = (edit.rules === undefined ? rulesOfWebhook(row) : edit.rules) ?? undefined
      const allowedHost = (edit.allowedHost === undefined ? allowedStill(row, url) : edit.allowedHost) ?? undefined
      const allowsPrivate = await check({ url, rules, allowedHost })
      const hasNewSecret = edit.hasNewSecret === true
      const change = { id, name: edit.name ?? row.name, url, rules, allowsPrivate, hasNewSecret }
      const secret = hasNewSecret ? newWebhookSecret() : undefined
      await (secret
        ? withSecret(webhookSecretName(id), secret, () => administer('edit-webhook', change))
        : administer('edit-webhook', change))
      return { webhook: shown(find(id)), secret }
    },
    async remove(id) {
      const row = find(id)
      await administer('remove-webhook', { id })
      // It opens nothing any more; that the vault is shut is no reason to keep the webhook.
      await vault()
        .then((opened) => opened.delete(webhookSecretName(id)))
        .catch(() => undefined)
      return shown(row)
    },
    async test(id) {
      find(id)
      const deliverer = createWebhookDeliverer({
        reads,
        resolve,
        now,
        async secretOf(signer) {
          const value = await (await vault()).get(webhookSecretName(signer))
          return value === undefined ? undefined : new Secret(value)
        },
      })
      return deliverer.deliver(
        [attemptRow('webhook', String(id), testNotification(now()), now())],
        AbortSignal.timeout(testMs),
      )
    },
  }
}
