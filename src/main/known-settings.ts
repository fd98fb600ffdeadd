import { isIP } from 'node:net'
import { isAbsolute } from 'node:path'
import { Refusal } from './administration/refusal.ts'
import { mostBodyMebibytes } from './endpoint/endpoint-limits.ts'
import type { JournalSettings } from './journal/journal-settings.ts'
import { metricsSetting } from './metrics/metrics.ts'
import { parsePublicUrl } from './public-url.ts'
import { isShortAddress } from './text/short-address.ts'
import type { StoreReads } from './store/store-reads.ts'
import { certificateProblem, readCertificate, readPrivateKey } from './tls/tls-files.ts'
import { withoutBrackets } from './text/without-brackets.ts'

/** A setting that the admin can change. An empty text is the default. */
export interface KnownSetting {
  /** As the admin writes it. */
  readonly name: string
  /** As it is stored. */
  readonly key: string
  readonly description: string
  /** The text to store, or what is wrong with the one given, as a sentence. */
  parse(text: string): { readonly ok: true; readonly value: string } | { readonly ok: false; readonly problem: string }
  /** The stored text as the admin would write it, where that is another one. */
  show?(value: string): string
  /** What the admin should know of a value that is taken all the same, as a sentence. */
  caution?(value: string, now: number): string | undefined
}

const sizes: ReadonlyMap<string, number> = new Map([
  ['', 1],
  ['K', 1024],
  ['M', 1024 ** 2],
  ['G', 1024 ** 3],
  ['T', 1024 ** 4],
])

function parseDays(text: string): ReturnType<KnownSetting['parse']> {
  const days = Number(text)
  return /^\d{1,4}$/.test(text) && days > 0
    ? { ok: true, value: String(days) }
    : { ok: false, problem: `"${text}" is no number of days from 1 to 9999.` }
}

function parseSize(text: string): ReturnType<KnownSetting['parse']> {
  const [, count = '', unit = ''] = /^(\d{1,12})\s*([KMGT]?)(?:i?B)?$/i.exec(text) ?? []
  const bytes = Number(count) * (sizes.get(unit.toUpperCase()) ?? Number.NaN)
  return count !== '' && bytes >= 16 * 1024 ** 2 && Number.isSafeInteger(bytes)
    ? { ok: true, value: String(bytes) }
    : { ok: false, problem: `"${text}" is no size of 16M or more, such as 500M or 2G.` }
}

/** In the largest unit that says it exactly: `500M`. */
function sizeText(value: string): string {
  const bytes = Number(value)
  const [unit, size] = [...sizes].findLast(([, each]) => bytes % each === 0) ?? ['', 1]
  return `${bytes / size}${unit}`
}

function parsePort(text: string): ReturnType<KnownSetting['parse']> {
  const port = Number(text)
  return /^\d{1,5}$/.test(text) && port >= 1 && port <= 65_535
    ? { ok: true, value: String(port) }
    : { ok: false, problem: `"${text}" is no port from 1 to 65535.` }
}

function parseHost(text: string): ReturnType<KnownSetting['parse']> {
  const host = withoutBrackets(text)
  return isIP(host) !== 0 || (/^[a-z0-9](?:[a-z0-9.-]{0,253}[a-z0-9])?$/i.test(host) && !isShortAddress(host))
    ? { ok: true, value: host.toLowerCase() }
    : { ok: false, problem: `"${text}" is no address such as 127.0.0.1, 0.0.0.0 or scim.internal.` }
}

/** `read` throws `Refusal` for a file that cannot be used. Whether certificate and key belong together shows when both are set. */
function fileParser(read: (file: string) => unknown): KnownSetting['parse'] {
  return (text) => {
    if (!isAbsolute(text))
      return { ok: false, problem: `"${text}" is no absolute path, such as /etc/rollcall/cert.pem.` }
    try {
      read(text)
    } catch (error) {
      if (error instanceof Refusal) return { ok: false, problem: error.message }
      throw error
    }
    return { ok: true, value: text }
  }
}

function certificateCaution(file: string, now: number): string | undefined {
  const { validFromDate, validToDate } = readCertificate(file).certificate
  return certificateProblem({ validFrom: validFromDate.getTime(), validTo: validToDate.getTime() }, now)
}

function parseRate(text: string): ReturnType<KnownSetting['parse']> {
  return /^\d{1,6}$/.test(text)
    ? { ok: true, value: String(Number(text)) }
    : { ok: false, problem: `"${text}" is no whole number of requests a second; 0 is unlimited.` }
}

function parseBodyLimit(text: string): ReturnType<KnownSetting['parse']> {
  const mebibytes = /^\d{1,4}$/.test(text) ? Number(text) : 0
  return mebibytes >= 1 && mebibytes <= mostBodyMebibytes
    ? { ok: true, value: String(mebibytes) }
    : { ok: false, problem: `"${text}" is no whole number of MiB from 1 to ${mostBodyMebibytes}.` }
}

/** A name or two, after a URN where they are of an extension. */
const attributePath = /^(?:urn:(?:[\w.-]+:)+)?[$a-z][\w$-]*(?:\.[$a-z][\w$-]*)?$/i
const longestPath = 300

function parsePaths(text: string): ReturnType<KnownSetting['parse']> {
  const paths = text.split(',').map((each) => each.trim())
  const wrong = paths.find((each) => each.length > longestPath || !attributePath.test(each))
  return wrong === undefined
    ? { ok: true, value: paths.join(',') }
    : { ok: false, problem: `"${wrong}" is no attribute path such as name.familyName or urn:…:User:costBucket.` }
}

function parseSwitch(text: string): ReturnType<KnownSetting['parse']> {
  return text === 'on' || text === 'off'
    ? { ok: true, value: text }
    : { ok: false, problem: `"${text}" is neither "on" nor "off".` }
}

export const knownSettings: readonly KnownSetting[] = [
  {
    name: 'public-url',
    key: 'public_url',
    description: 'the URL by which IdPs reach the endpoint (default: where it listens)',
    parse: parsePublicUrl,
  },
  {
    name: 'endpoint-host',
    key: 'endpoint_host',
    description: 'the address that the endpoint listens on, from its next start (default: 127.0.0.1)',
    parse: parseHost,
  },
  {
    name: 'endpoint-port',
    key: 'endpoint_port',
    description: 'its port, from its next start (default: 7643)',
    parse: parsePort,
  },
  {
    name: 'tls-cert',
    key: 'tls_cert',
    description: 'certificate chain of the endpoint, a PEM file, from its next start; needs tls-key too',
    parse: fileParser(readCertificate),
    caution: certificateCaution,
  },
  {
    name: 'tls-key',
    key: 'tls_key',
    description: 'the private key to it, a PEM file',
    parse: fileParser(readPrivateKey),
  },
  {
    name: 'rate-limit',
    key: 'rate_limit',
    description: 'requests a second of each integration before 429 (default: unlimited)',
    parse: parseRate,
  },
  {
    name: 'body-limit',
    key: 'body_limit',
    description: 'how large the body of a request may be, in MiB (default: 4)',
    parse: parseBodyLimit,
  },
  {
    name: 'journal-days',
    key: 'journal_days',
    description: 'how many days requests are kept (default: 30)',
    parse: parseDays,
  },
  {
    name: 'journal-size',
    key: 'journal_bytes',
    description: 'how large the request log may grow, e.g. 500M or 2G (default: 2G)',
    parse: parseSize,
    show: sizeText,
  },
  {
    name: 'journal-redact',
    key: 'journal_redact',
    description:
      'attribute paths that are never stored in the request log, divided by commas (passwords, and names such as token, secret and apiKey, never are)',
    parse: parsePaths,
  },
  {
    name: 'metrics',
    key: metricsSetting,
    description: "whether the console's port serves /metrics to Prometheus: on or off (default: off)",
    parse: parseSwitch,
  },
  {
    name: 'rotation-days',
    key: 'rotation_days',
    description: 'after how many days a token should be replaced (default: 90)',
    parse: parseDays,
  },
]

/** After how many days a token should be replaced. */
export function rotationDays({ settings }: StoreReads): number {
  return Number(settings.get('rotation_days') || 90)
}

/** What the admin has set for the journal; what is not there is left to the default. */
export function journalSettingsOf(reads: StoreReads): Partial<JournalSettings> {
  const { settings } = reads
  const days = settings.get('journal_days')
  const bytes = settings.get('journal_bytes')
  const redact = settings.get('journal_redact')
  return {
    ...(days ? { keepDays: Number(days) } : {}),
    ...(bytes ? { maxBytes: Number(bytes) } : {}),
    ...(redact ? { redact: redact.split(',') } : {}),
  }
}

/** The text to store for a setting; an empty one is the default. Throws `Refusal` for one that is none of it. */
export function settingText(name: string, text: string): { readonly name: string; readonly value: string } {
  const setting = knownSettings.find((each) => each.name === name)
  if (!setting) throw new Error(`there is no setting ${name}`)
  if (text === '') return { name: setting.key, value: '' }
  const parsed = setting.parse(text)
  if (!parsed.ok) throw new Refusal(parsed.problem)
  return { name: setting.key, value: parsed.value }
}

/** Attribute paths that can be redacted. Throws `Refusal` for one that is none. */
export function redactedPaths(paths: readonly string[]): readonly string[] {
  if (paths.length === 0) return []
  return settingText('journal-redact', paths.join(',')).value.split(',')
}
