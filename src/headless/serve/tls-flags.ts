import { resolve } from 'node:path'
import type { TlsPaths } from '../../main/tls/tls-files.ts'
import { UsageError } from '../usage-error.ts'

export interface TlsFlags {
  readonly tlsCert?: string
  readonly tlsKey?: string
}

/** The files that are named; undefined when neither is. Throws `UsageError` when only one is. */
export function tlsPathsOf({ tlsCert, tlsKey }: TlsFlags): TlsPaths | undefined {
  if (tlsCert === undefined && tlsKey === undefined) return undefined
  if (tlsCert === undefined || tlsKey === undefined)
    throw new UsageError('TLS needs both --tls-cert FILE and --tls-key FILE.')
  return { cert: tlsCert, key: tlsKey }
}

/** The certificate's files are read again when they are renewed, wherever the process is by then. */
export function withWholePaths<Flags extends TlsFlags>(flags: Flags): Flags {
  const { tlsCert, tlsKey } = flags
  return {
    ...flags,
    ...(tlsCert === undefined ? {} : { tlsCert: resolve(tlsCert) }),
    ...(tlsKey === undefined ? {} : { tlsKey: resolve(tlsKey) }),
  }
}
