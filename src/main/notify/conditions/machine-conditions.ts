import { z } from 'zod'
import { jsonIn } from '../../../scim/json/json.ts'
import { spokenDuration } from '../../provisioning/status/spoken-time.ts'
import type { Condition } from '../condition.ts'

const day = 86_400_000
const certificateDays: readonly number[] = [0, 1, 7, 14]

/** The certificate at the public URL, as the subject of an alert. */
export const publicCertificate = 'public'

/** Whether the public URL leads here; see endpoint-monitor.ts. */
export interface EndpointHealth {
  readonly url: string
  readonly downSince: number | undefined
  readonly problem: string | undefined
}

/** The public URL no longer leads to the endpoint. */
export function endpointDown(health: EndpointHealth, now: number): Condition | undefined {
  if (health.downSince === undefined) return undefined
  return {
    rule: 'endpoint-down',
    subject: health.url,
    level: '',
    integration: undefined,
    title: `The endpoint cannot be reached at ${health.url}`,
    lines: [
      `It has not answered for ${spokenDuration(now - health.downSince)}: ${health.problem ?? 'no answer'}. Identity providers cannot reach it either. Look at the tunnel or the reverse proxy.`,
    ],
    facts: { url: health.url, since: new Date(health.downSince).toISOString(), problem: health.problem ?? null },
    over: `The endpoint can be reached again at ${health.url}`,
  }
}

/** A certificate that runs out; `subject` says whose, and `name` calls it. */
export function certificateDue(
  certificate: { readonly subject: string; readonly name: string; readonly validTo: number },
  now: number,
): Condition | undefined {
  const { subject, name, validTo } = certificate
  const step = certificateDays.find((each) => validTo - now <= each * day)
  if (step === undefined) return undefined
  const left = Math.max(0, Math.ceil((validTo - now) / day))
  const date = new Date(validTo).toISOString().slice(0, 10)
  return {
    rule: 'certificate-due',
    subject,
    level: String(step),
    integration: undefined,
    title: step === 0 ? `${name} has expired` : `${name} expires in ${left} ${left === 1 ? 'day' : 'days'}`,
    lines: [
      `It is valid until ${date}. After that no identity provider connects. Renew it. The endpoint's own is in use as soon as its files are written anew.`,
    ],
    facts: { validTo: new Date(validTo).toISOString() },
    over: `${name} has been renewed`,
  }
}

const lastBackupSchema = z.object({ at: z.number(), problem: z.string().nullable() })

/** The last backup failed. `text` is the setting. */
export function backupFailed(text: string | undefined): Condition | undefined {
  if (text === undefined || text === '') return undefined
  const last = lastBackupSchema.safeParse(jsonIn(text)).data
  if (last === undefined || last.problem === null) return undefined
  return {
    rule: 'backup-failed',
    subject: 'backup',
    level: '',
    integration: undefined,
    title: 'The last backup failed',
    lines: [
      last.problem,
      'There is no newer copy of the directory than the backup before. Run it again: rollcall backup FILE',
    ],
    facts: { at: new Date(last.at).toISOString(), problem: last.problem },
    over: 'Backups work again',
  }
}
