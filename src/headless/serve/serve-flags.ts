import type { ConsoleAddress } from '../console-server/console-address.ts'
import type { TlsFlags } from './tls-flags.ts'

/** What `serve` is given. */
export interface ServeFlags extends TlsFlags {
  readonly host?: string
  readonly port?: number
  readonly console: boolean
  readonly consoleHost: string
  readonly consolePort: number
  readonly consoleUrl?: string
  readonly open?: boolean
  readonly publicUrl?: string
  readonly rateLimit?: number
}

export function consoleAddressOf({
  consoleHost: host,
  consolePort: port,
  consoleUrl: url,
}: ServeFlags): ConsoleAddress {
  return { host, port, url }
}
