import { X509Certificate } from 'node:crypto'
import { isIP } from 'node:net'
import { z } from 'zod'
import { jsonIn } from '../../../scim/json/json.ts'
import type { FieldProblem } from '../../administration/refusal.ts'
import type { StoreReads } from '../../store/store-reads.ts'
import { parseMailAddress, type MailAddress } from './mail-address.ts'

/** The setting that holds how mail is sent, as JSON; the password is in the vault. */
export const smtpSetting = 'smtp'

/** The name of the password in the vault. */
export const smtpPasswordName = 'smtp:password'

/** `starttls`: encrypted from the greeting on, or not at all; `tls`: encrypted from the first byte; `none`: on this machine only. */
export const smtpSecurities = ['starttls', 'tls', 'none'] as const

export type SmtpSecurity = (typeof smtpSecurities)[number]

const smtpSettingsSchema = z
  .object({
    host: z.string(),
    port: z.int().min(1).max(65_535),
    security: z.enum(smtpSecurities),
    /** Undefined: without signing in. */
    user: z.string().optional(),
    /** `Rollcall <rollcall@example.com>` */
    from: z.string(),
    /** PEM of the authority that signed the server's certificate, where the machine does not know it. */
    ca: z.string().optional(),
    /** Changes with the password, so that whoever holds it knows that there is a new one. */
    passwordSetAt: z.number().optional(),
  })
  .readonly()

export type SmtpSettings = z.infer<typeof smtpSettingsSchema>

const hostShape = /^[a-z0-9](?:[a-z0-9.-]{0,252}[a-z0-9])?$/i

function isLoopback(host: string): boolean {
  return host.toLowerCase() === 'localhost' || host === '::1' || (isIP(host) === 4 && host.startsWith('127.'))
}

/** What is wrong with settings, at the field where that is; undefined where they can be used. */
export function smtpProblem({ host, port, security, from }: SmtpSettings): FieldProblem | undefined {
  if (isIP(host) === 0 && !hostShape.test(host))
    return { path: 'host', problem: `"${host.slice(0, 100)}" is no name or address of a mail server.` }
  if (!Number.isInteger(port) || port < 1 || port > 65_535)
    return { path: 'port', problem: `"${port}" is no port from 1 to 65535.` }
  if (security === 'none' && !isLoopback(host))
    return {
      path: 'security',
      problem:
        'Without encryption mail goes to a server on this machine only. Use STARTTLS (port 587) or TLS (port 465).',
    }
  const sender = parseMailAddress(from)
  return sender.ok ? undefined : { path: 'from', problem: `The sender is wrong: ${sender.problem}` }
}

/** What is wrong with the certificate of an authority that is given anew; a private key would stand in every backup. */
export function caProblem(ca: string | undefined): string | undefined {
  if (ca === undefined) return undefined
  const wanted = 'Give the certificate of the authority as PEM ("-----BEGIN CERTIFICATE-----")'
  if (ca.includes('PRIVATE KEY-----')) return `${wanted}, without its private key.`
  try {
    void new X509Certificate(ca)
    return undefined
  } catch {
    return `${wanted}.`
  }
}

/** How mail is sent; undefined where it has not been set up, or cannot be read. */
export function smtpSettingsOf(reads: Pick<StoreReads, 'settings'>): SmtpSettings | undefined {
  const text = reads.settings.get(smtpSetting)
  if (text === undefined || text === '') return undefined
  const settings = smtpSettingsSchema.safeParse(jsonIn(text)).data
  return settings !== undefined && smtpProblem(settings) === undefined ? settings : undefined
}

/** Whom mail comes from. Throws for settings that `smtpProblem` finds fault with. */
export function senderOf(settings: SmtpSettings): MailAddress {
  const from = parseMailAddress(settings.from)
  if (!from.ok) throw new Error(from.problem)
  return from.value
}
