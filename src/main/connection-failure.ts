import { errorCode } from './error-code.ts'

/** Why an HTTP client got no answer, as far as that can be told. */
export type ConnectionFailure =
  | 'unknown-name'
  | 'no-lookup'
  | 'nobody-listens'
  | 'no-way'
  | 'cut-off'
  | 'late'
  | 'untrusted'
  /** As where a server keeps the certificate back that stands between its own and the authority's. */
  | 'untrusted-chain'
  | 'expired'
  | 'not-yet-valid'
  | 'other-name'
  | 'no-tls'
  | 'no-http'

const byCode: ReadonlyMap<string, ConnectionFailure> = new Map([
  ['ENOTFOUND', 'unknown-name'],
  ['EAI_AGAIN', 'no-lookup'],
  ['ECONNREFUSED', 'nobody-listens'],
  ['EHOSTUNREACH', 'no-way'],
  ['ENETUNREACH', 'no-way'],
  ['EADDRNOTAVAIL', 'no-way'],
  ['ECONNRESET', 'cut-off'],
  ['EPIPE', 'cut-off'],
  ['ETIMEDOUT', 'late'],
  ['DEPTH_ZERO_SELF_SIGNED_CERT', 'untrusted'],
  ['SELF_SIGNED_CERT_IN_CHAIN', 'untrusted'],
  ['CERT_UNTRUSTED', 'untrusted'],
  ['UNABLE_TO_GET_ISSUER_CERT', 'untrusted'],
  ['UNABLE_TO_GET_ISSUER_CERT_LOCALLY', 'untrusted-chain'],
  ['UNABLE_TO_VERIFY_LEAF_SIGNATURE', 'untrusted-chain'],
  ['CERT_HAS_EXPIRED', 'expired'],
  ['CERT_NOT_YET_VALID', 'not-yet-valid'],
  ['ERR_TLS_CERT_ALTNAME_INVALID', 'other-name'],
  ['EPROTO', 'no-tls'],
])

/** Tells it from the code that Node has put on the error (its documentation of errors, of DNS and of TLS); undefined for any other. */
export function connectionFailure(error: unknown): ConnectionFailure | undefined {
  const code = errorCode(error) ?? ''
  if (code.startsWith('ERR_SSL')) return 'no-tls'
  if (code.startsWith('HPE_')) return 'no-http'
  return byCode.get(code)
}
