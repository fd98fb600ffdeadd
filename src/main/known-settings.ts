import type { JournalSettings } from './journal/journal-settings.ts'
import { metricsSetting } from './metrics/metrics.ts'
import type { StoreReads } from './store/store-reads.ts'

/** A setting that the admin can change. An empty text is the default. */
export interface KnownSetting {
  /** As the admin writes it. */
  readonly name: string
  /** As it is stored. */
  readonly key: string
  readonly description: string
  /** The text to store, or what is wrong with the one given, as a sentence. */
  parse(text: string): { readonly ok: true; readonly value: string } | { readonly ok: false; readonly problem: string }
}

const sizes: ReadonlyMap<string, number> = new Map([
  ['', 1],
  ['K', 1024],
  ['M', 1024 ** 2],
  ['G', 1024 ** 3],
  ['T', 1024 ** 4],
])

function parsePublicUrl(text: string): ReturnType<KnownSetting['parse']> {
  const url = URL.canParse(text) ? new URL(text) : undefined
  if (!url || (url.protocol !== 'https:' && url.protocol !== 'http:') || url.search !== '' || url.hash !== '')
    return { ok: false, problem: `"${text}" is no public URL. It looks like https://scim.example.com.` }
  return { ok: true, value: url.href.replace(/\/+$/, '') }
}

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

function parsePaths(text: string): ReturnType<KnownSetting['parse']> {
  const paths = text.split(',').map((each) => each.trim())
  const wrong = paths.find((each) => !/^[a-z][\w$.:-]{0,300}$/i.test(each))
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
  },
  {
    name: 'journal-redact',
    key: 'journal_redact',
    description: 'attribute paths that are never stored in the request log, divided by commas (passwords never are)',
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
