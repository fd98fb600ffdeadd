import { randomUUID, X509Certificate } from 'node:crypto'
import type { Administer } from '../administration/administer.ts'
import type { Provisioning } from '../provisioning/provisioning.ts'
import type { StoreReads } from '../store/store-reads.ts'
import type { WebhookRow } from '../store/notify/webhooks.ts'
import type { Vault } from '../vault/vault.ts'
import { claimantOf } from './claimant.ts'
import { publicCertificate } from './conditions/machine-conditions.ts'
import { createDeliveryLoop } from './delivery-loop.ts'
import { createDesktopDeliverer } from './desktop-deliverer.ts'
import type { DesktopNotifier } from './desktop-notifier.ts'
import { createEndpointMonitor, type Probe } from './endpoint-monitor.ts'
import { evaluate } from './evaluate.ts'
import { createMailDeliverer } from './mail/mail-deliverer.ts'
import { smtpPasswordName, smtpSettingsOf } from './mail/smtp-settings.ts'
import type { Channels } from './messages.ts'
import { notifySettingsOf } from './notify-settings.ts'
import { createSecretCache } from './secret-cache.ts'
import { resolveByDns, type Resolve } from './webhook/resolve-target.ts'
import { webhookSecretName } from './webhook/sign.ts'
import { createWebhookDeliverer } from './webhook/webhook-deliverer.ts'
import { rulesOfWebhook } from './webhook/webhook-rules.ts'

const second = 1000
const firstLookMs = 3 * second
const evaluateEveryMs = 15 * second
/** What other processes queue, such as a command, is seen after so long. */
const lookEveryMs = second
const probeEveryMs = 60 * second
const forgetEveryMs = 3600 * second
const day = 24 * 3600 * second
const keepDeliveredMs = 14 * day
const keepDeadMs = 90 * day

export interface NotifierParts {
  readonly reads: StoreReads
  readonly administer: Administer
  readonly provisioning: Provisioning
  readonly vault: () => Promise<Vault>
  readonly now: () => number
  /** From 0 up to 1; spreads attempts. */
  readonly random: () => number
  /** The URL by which IdPs reach the endpoint, where that is a public one; without a slash at its end. */
  readonly publicUrl: () => string | undefined
  readonly probe: (url: string) => Promise<Probe>
  readonly resolve?: Resolve
  /** How long an attempt to send may take, in ms. */
  readonly attemptMs?: number
  /** PEM of the certificate that the endpoint itself serves at the moment. */
  readonly certificate: () => string | undefined
  readonly desktop: DesktopNotifier | undefined
  readonly onTrouble: (message: string) => void
}

/** Looks at what happens, tells it to those who are to know, and sees to it that it arrives. No request waits for any of it. */
export interface Notifier {
  /** Looks once at everything and begins to send what follows. Never rejects. */
  look(): Promise<void>
  /** Begins to send what is due. */
  send(): Promise<void>
  /** Looks whether the public URL leads here. */
  probe(): Promise<void>
  /** Resolves when nothing is being sent. */
  idle(): Promise<void>
  /** Does all of that by itself from now on. */
  start(): void
  close(): Promise<void>
}

/** Another one whenever a webhook has another secret. */
function secretVersion(webhook: WebhookRow | undefined): string {
  return webhook ? `${webhook.created_at} ${webhook.secret_at ?? ''}` : ''
}

export function createNotifier(parts: NotifierParts): Notifier {
  const { reads, administer, now } = parts
  const secrets = createSecretCache(parts.vault)
  const monitor = createEndpointMonitor({ url: parts.publicUrl, probe: parts.probe, now })
  const loop = createDeliveryLoop({
    administer,
    reads,
    claimant: claimantOf(randomUUID()),
    now,
    random: parts.random,
    attemptMs: parts.attemptMs,
    onTrouble: parts.onTrouble,
    deliverers: {
      mail: createMailDeliverer({
        now,
        async access() {
          const settings = smtpSettingsOf(reads)
          if (settings === undefined) return undefined
          const password =
            settings.user === undefined
              ? undefined
              : await secrets.get(smtpPasswordName, String(settings.passwordSetAt ?? ''))
          return { settings, password }
        },
      }),
      webhook: createWebhookDeliverer({
        reads,
        secretOf: (id) => secrets.get(webhookSecretName(id), secretVersion(reads.webhooks.byId(id))),
        resolve: parts.resolve ?? resolveByDns,
        now,
      }),
      ...(parts.desktop === undefined ? {} : { desktop: createDesktopDeliverer(parts.desktop) }),
    },
  })
  let timers: readonly NodeJS.Timeout[] = []
  let looking: Promise<void> | undefined
  let trouble: string | undefined
  let forgotAt = 0
  let isClosed = false

  function channels(): Channels {
    return {
      hasMail: smtpSettingsOf(reads) !== undefined,
      hasDesktop: parts.desktop !== undefined,
      webhooks: reads.webhooks.all().map((each) => ({ id: each.id, rules: rulesOfWebhook(each) })),
    }
  }

  function certificates() {
    const shown = monitor.validTo()
    const own = parts.certificate()
    const ownValidTo = own === undefined ? undefined : new X509Certificate(own).validToDate.getTime()
    return [
      ...(ownValidTo === undefined
        ? []
        : [{ subject: 'own', name: "The endpoint's certificate", validTo: ownValidTo }]),
      ...(shown === undefined
        ? []
        : [{ subject: publicCertificate, name: 'The certificate at the public URL', validTo: shown }]),
    ]
  }

  async function lookOnce(): Promise<void> {
    const at = now()
    const changes = evaluate(
      {
        reads,
        provisioning: parts.provisioning,
        settings: notifySettingsOf(reads),
        channels: channels(),
        health: monitor.health(),
        awaitedUrl: monitor.awaited(),
        certificates: certificates(),
      },
      at,
    )
    if (changes.length > 0) await administer('tell', { changes })
    if (Math.abs(at - forgotAt) > forgetEveryMs) {
      forgotAt = at
      await administer('forget-messages', { deliveredBefore: at - keepDeliveredMs, deadBefore: at - keepDeadMs })
    }
    await loop.sendDue()
  }

  /** A database that cannot be read for a moment must not end the watch; its trouble is told once. */
  function tellTrouble(error: unknown): void {
    const [message = ''] = (error instanceof Error ? error.message : String(error)).split('\n')
    if (message !== trouble) parts.onTrouble(`Nothing can be told of at present: ${message}`)
    trouble = message
  }

  async function lookSafely(): Promise<void> {
    try {
      await lookOnce()
      trouble = undefined
    } catch (error) {
      tellTrouble(error)
    } finally {
      looking = undefined
    }
  }

  function look(): Promise<void> {
    if (isClosed) return Promise.resolve()
    looking ??= lookSafely()
    return looking
  }

  return {
    look,
    send: loop.sendDue,
    probe: monitor.check,
    idle: loop.idle,
    start() {
      timers = [
        // A server that has just started has something better to do.
        setTimeout(() => void look(), firstLookMs),
        setInterval(() => void look(), evaluateEveryMs),
        setInterval(() => void loop.sendDue(), lookEveryMs),
        setInterval(() => void monitor.check(), probeEveryMs),
      ]
      for (const timer of timers) timer.unref()
      void monitor.check()
    },
    async close() {
      isClosed = true
      for (const timer of timers) clearInterval(timer)
      await looking
      await loop.stop()
    },
  }
}
