import { createHmac, randomBytes } from 'node:crypto'
import { Secret } from '../../secret.ts'

export const signatureHeader = 'Rollcall-Signature'

/** A new secret for a receiver: 256 random bits behind a prefix by which a leak is recognised. */
export function newWebhookSecret(): Secret {
  return new Secret(`rcwh_${randomBytes(32).toString('base64url')}`)
}

/** The name of a webhook's secret in the vault. */
export function webhookSecretName(webhookId: number): string {
  return `webhook:${webhookId}`
}

/**
 * The value of the signature header: `t=<seconds since the epoch>,v1=<hex of the HMAC-SHA256 of "<seconds>.<body>">`. The time is part of what
 * is signed, so that an old request cannot be sent again as a new one (docs/webhooks.md).
 */
export function signatureOf(secret: Secret, body: string, now: number): string {
  const seconds = Math.floor(now / 1000)
  const signature = createHmac('sha256', secret.reveal()).update(`${seconds}.${body}`).digest('hex')
  return `t=${seconds},v1=${signature}`
}
