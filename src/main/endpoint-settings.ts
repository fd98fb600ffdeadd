import { Refusal } from './administration/refusal.ts'
import { defaultLimits } from './endpoint/endpoint-limits.ts'
import type { Tls } from './endpoint/http/http-server.ts'
import type { StoreReads } from './store/store-reads.ts'
import { readTls, type TlsFiles, type TlsPaths } from './tls/tls-files.ts'

const mebibyte = 1024 * 1024

/** Where a value comes from. What is given at the start, as by `--port`, goes before what is set. */
export type Origin = 'start' | 'setting' | 'default'

export interface Chosen<Value> {
  readonly value: Value
  readonly origin: Origin
}

/** What the endpoint is given when it is started; undefined is left to the settings. */
export interface EndpointGiven {
  readonly host?: string | undefined
  /** 0 picks a free one. */
  readonly port?: number | undefined
  readonly publicUrl?: string | undefined
  /** As text, or as files, which can be read again. */
  readonly tls?: Tls | TlsPathsGiven | undefined
  readonly requestsPerSecond?: number | undefined
}

export interface TlsPathsGiven {
  readonly files: TlsPaths
}

/** How the endpoint is to be served. */
export interface EndpointChoice {
  readonly host: Chosen<string>
  readonly port: Chosen<number>
  readonly publicUrl: Chosen<string | undefined>
  readonly tls: Chosen<Tls | TlsPathsGiven | undefined>
  /** Of each integration; 0 is unlimited. */
  readonly requestsPerSecond: Chosen<number>
  /** How large the body of a request may be. */
  readonly bodyMebibytes: Chosen<number>
}

export const defaultHost = '127.0.0.1'
export const defaultPort = 7643
const defaultBodyMebibytes = defaultLimits.bodyBytes / mebibyte

function choose<Value>(given: Value | undefined, set: Value | undefined, otherwise: Value): Chosen<Value> {
  if (given !== undefined) return { value: given, origin: 'start' }
  return set === undefined ? { value: otherwise, origin: 'default' } : { value: set, origin: 'setting' }
}

function tlsSet({ settings }: StoreReads): TlsPathsGiven | undefined {
  const [cert, key] = [settings.get('tls_cert'), settings.get('tls_key')]
  return cert && key ? { files: { cert, key } } : undefined
}

/** What holds for the endpoint now: what was given at the start, else what is set, else the default. */
export function endpointChoice(reads: StoreReads, given: EndpointGiven): EndpointChoice {
  const { settings } = reads
  const port = settings.get('endpoint_port')
  const rate = settings.get('rate_limit')
  const body = bodyBytesSet(reads)
  return {
    host: choose(given.host, settings.get('endpoint_host') || undefined, defaultHost),
    port: choose(given.port, port ? Number(port) : undefined, defaultPort),
    publicUrl: choose(given.publicUrl, settings.get('public_url') || undefined, undefined),
    tls: choose<Tls | TlsPathsGiven | undefined>(given.tls, tlsSet(reads), undefined),
    requestsPerSecond: choose(given.requestsPerSecond, rate ? Number(rate) : undefined, 0),
    bodyMebibytes: choose(undefined, body === undefined ? undefined : body / mebibyte, defaultBodyMebibytes),
  }
}

/** How large the body of a request may be, in bytes, where that is set. */
export function bodyBytesSet({ settings }: StoreReads): number | undefined {
  const set = settings.get('body_limit')
  return set ? Number(set) * mebibyte : undefined
}

/** Certificate and key as text. Throws `Refusal` for files that cannot be used. */
export function loadTls(tls: Tls | TlsPathsGiven | undefined): Tls | TlsFiles | undefined {
  return tls && 'files' in tls ? readTls(tls.files) : tls
}

/** What is wrong with the pair of settings, if only one of them is there. */
export function halfTls({ settings }: StoreReads): Refusal | undefined {
  const has = [settings.get('tls_cert'), settings.get('tls_key')].filter(Boolean).length
  return has === 1 ? new Refusal('TLS needs both: set tls-cert and tls-key, or neither.') : undefined
}
