import type { Secret } from '../../secret.ts'
import type { StoreReads } from '../../store/store-reads.ts'
import type { Deliverer, DeliveryOutcome } from '../delivery.ts'
import { parseOutboxContent } from '../outbox-content.ts'
import { oneLine } from '../plain-text.ts'
import { resolveTarget, type Resolve } from './resolve-target.ts'
import { signatureHeader, signatureOf } from './sign.ts'
import { webhookBody } from './webhook-body.ts'
import { webhookFailure } from './webhook-failure.ts'
import { hostOf, parseWebhookUrl } from './webhook-url.ts'

interface Parts {
  readonly reads: Pick<StoreReads, 'webhooks'>
  /** The secret of a webhook. Rejects with `VaultError`. */
  readonly secretOf: (webhookId: number) => Promise<Secret | undefined>
  readonly resolve: Resolve
  readonly now: () => number
}

function outcomeOf(status: number, body: string): DeliveryOutcome {
  if (status >= 200 && status < 300) return { kind: 'delivered' }
  // RFC 9110 §15.5.11: the receiver says that it is gone for good.
  if (status === 410) return { kind: 'hopeless', problem: 'The receiver answered 410: it is gone.' }
  const said = body === '' ? '' : `: ${oneLine(body, 200)}`
  if (status >= 300 && status < 400)
    return {
      kind: 'failed',
      problem: `The receiver answered ${status}; redirects are not followed. Name the URL that it leads to.`,
    }
  return { kind: 'failed', problem: `The receiver answered ${status}${said}` }
}

/** Posts notifications to webhooks, signed. */
export function createWebhookDeliverer({ reads, secretOf, resolve, now }: Parts): Deliverer {
  async function send(recipient: string, content: string, signal: AbortSignal): Promise<DeliveryOutcome> {
    const webhook = reads.webhooks.byId(Number(recipient))
    if (webhook === undefined) return { kind: 'hopeless', problem: 'The webhook has been removed.' }
    const parsed = parseOutboxContent(content)
    if (parsed?.kind !== 'notification') return { kind: 'hopeless', problem: 'The message cannot be read.' }
    const allowsPrivate = webhook.allows_private === 1
    const target = parseWebhookUrl(webhook.url, allowsPrivate)
    if (!target.ok) return { kind: 'hopeless', problem: target.problem }
    const secret = await secretOf(webhook.id)
    if (secret === undefined)
      return {
        kind: 'failed',
        problem: 'The vault does not know the secret of the webhook. Edit it and ask for a new one.',
      }
    const body = webhookBody(parsed.notification)
    const headers = {
      'content-type': 'application/json',
      'user-agent': 'Rollcall',
      'rollcall-event': parsed.notification.rule,
      'rollcall-id': encodeURIComponent(parsed.notification.key).slice(0, 500),
      [signatureHeader.toLowerCase()]: signatureOf(secret, body, now()),
    }
    try {
      const resolved = await resolveTarget(hostOf(target.url), allowsPrivate, resolve)
      if (resolved.kind === 'refused') return { kind: 'failed', problem: resolved.problem }
      // Loaded when there is something to send.
      const { post } = await import('./post.ts')
      const answer = await post(target.url, resolved.address, body, headers, signal)
      return outcomeOf(answer.status, answer.body)
    } catch (error) {
      if (signal.aborted) throw error
      return { kind: 'failed', problem: webhookFailure(error) }
    }
  }

  return {
    async deliver(rows, signal) {
      for (const row of rows) {
        try {
          const outcome = await send(row.recipient, row.content, signal)
          if (outcome.kind !== 'delivered') return outcome
        } catch (error) {
          const said = error instanceof Error ? oneLine(error.message, 300) : String(error)
          return { kind: 'failed', problem: signal.aborted ? 'The receiver took too long to answer.' : said }
        }
      }
      return { kind: 'delivered' }
    },
  }
}
