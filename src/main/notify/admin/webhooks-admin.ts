import { Refusal } from '../../administration/refusal.ts'
import { Secret } from '../../secret.ts'
import type { WebhookRow } from '../../store/webhooks.ts'
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

/** Where notifications are posted. A webhook is named by its name or its number. */
export interface WebhooksAdmin {
  list(): readonly Webhook[]
  /** Returns the secret, which is shown this once. Rejects with `Refusal` or `VaultError`. */
  add(webhook: NewWebhook): Promise<{ readonly webhook: Webhook; readonly secret: Secret }>
  remove(which: string): Promise<Webhook>
  /** Posts a test at once and without the outbox. */
  test(which: string): Promise<DeliveryOutcome>
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

function isRule(text: string): text is RuleId {
  return defaultRules.some((rule) => rule.id === text)
}

export function createWebhooksAdmin(parts: NotifyParts): WebhooksAdmin {
  const { reads, administer, vault, now } = parts
  const resolve = parts.resolve ?? resolveByDns

  function find(which: string): WebhookRow {
    const row = reads.webhooks.all().find((each) => each.name === which || String(each.id) === which)
    if (row === undefined) throw new Refusal(`There is no webhook "${which}". It may have been removed.`)
    return row
  }

  /** A host that is private now is refused at once and not only when something is to be told. */
  async function check({ url, rules, allowedHost }: NewWebhook): Promise<boolean> {
    const parsed = parseWebhookUrl(url, allowedHost !== undefined)
    if (!parsed.ok) throw new Refusal(parsed.problem)
    const host = hostOf(parsed.url)
    if (allowedHost !== undefined && allowedHost.toLowerCase() !== host)
      throw new Refusal(`The host of the URL is ${host}, and not ${allowedHost}. Allow the one that is meant.`)
    const unknown = rules?.find((each) => !isRule(each))
    if (unknown !== undefined)
      throw new Refusal(`There is no rule "${unknown}". Known are: ${defaultRules.map(({ id }) => id).join(', ')}.`)
    const allowsPrivate = allowedHost !== undefined
    const target = await resolveTarget(host, allowsPrivate, resolve).catch(() => undefined)
    // A name that leads nowhere today may tomorrow; it is looked up again whenever something is sent.
    if (target?.kind === 'refused') throw new Refusal(target.problem)
    return allowsPrivate
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
        await administer('remove-webhook', { id })
        throw error
      }
      return { webhook: shown(find(String(id))), secret }
    },
    async remove(which) {
      const row = find(which)
      await administer('remove-webhook', { id: row.id })
      // It opens nothing any more; that the vault is shut is no reason to keep the webhook.
      await (await vault()).delete(webhookSecretName(row.id)).catch(() => undefined)
      return shown(row)
    },
    async test(which) {
      const row = find(which)
      const deliverer = createWebhookDeliverer({
        reads,
        resolve,
        now,
        async secretOf(id) {
          const value = await (await vault()).get(webhookSecretName(id))
          return value === undefined ? undefined : new Secret(value)
        },
      })
      return deliverer.deliver(
        [attemptRow('webhook', String(row.id), testNotification(now()), now())],
        AbortSignal.timeout(testMs),
      )
    },
  }
}
