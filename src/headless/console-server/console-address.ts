import { isIPv6 } from 'node:net'
import { UsageError } from '../usage-error.ts'

/** Where the console is served, and by what address browsers know it. */
export interface ConsoleAddress {
  readonly host: string
  readonly port: number
  /** The URL that browsers use, if it is not made of host and port. */
  readonly url: string | undefined
}

const loopback: ReadonlySet<string> = new Set(['127.0.0.1', '::1', 'localhost'])

export function isLoopback(host: string): boolean {
  return loopback.has(host)
}

/**
 * Refuses to serve the console beyond this machine without what that needs. Throws `UsageError` that says what is missing.
 */
export function requireSafeAddress(
  { host, url }: ConsoleAddress,
  has: { readonly tls: boolean; readonly password: boolean },
): void {
  if (isLoopback(host)) return
  const needs = `The console beyond this machine (--console-host ${host}) needs`
  if (!has.tls) throw new UsageError(`${needs} TLS: add --tls-cert FILE and --tls-key FILE.`)
  if (!has.password) throw new UsageError(`${needs} a password: set one with "rollcall console password".`)
  if (url === undefined && (host === '0.0.0.0' || host === '::'))
    throw new UsageError(`${needs} the address that browsers use: add --console-url https://HOST:PORT.`)
}

/** The console's origin, which is what Host and Origin of every request are compared with. */
export function consoleOrigin({ host, url }: ConsoleAddress, port: number, isTls: boolean): string {
  if (url !== undefined) return new URL(url).origin
  const shown = isIPv6(host) ? `[${host}]` : host
  return new URL(`${isTls ? 'https' : 'http'}://${shown}:${port}`).origin
}
