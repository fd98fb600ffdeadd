import { notesOf } from '../journal-entry.ts'
import type { Exchange } from '../exchange.ts'

/** What never became a request, by the code of its note (endpoint/http/broken-http.ts). */
const phrases: ReadonlyMap<string, string> = new Map([
  ['tls-on-plain-port', 'TLS on a port without it (no request)'],
  ['plain-on-tls-port', 'no TLS on a port with it (no request)'],
  ['certificate-not-trusted', 'certificate not trusted (no request)'],
  ['tls-too-old', 'TLS too old (no request)'],
  ['tls-failed', 'TLS failed (no request)'],
  ['not-http', 'not HTTP (no request)'],
  ['proxy-protocol', 'PROXY protocol (no request)'],
  ['http-2', 'HTTP/2 (no request)'],
  ['header-broken', 'refused: header not valid'],
  ['length-broken', 'refused: length not valid'],
  ['target-broken', 'refused: URL not encoded'],
  ['behind-request', 'more than the request said (no request)'],
  ['headers-too-large', 'refused: headers too large'],
  ['host-missing', 'refused: no Host header'],
  ['host-repeated', 'refused: several Host headers'],
  ['authorization-repeated', 'refused: several Authorization headers'],
  ['not-in-time', 'refused: not in time'],
  ['method-unknown', 'refused: unknown method'],
  ['expectation-refused', 'refused: unknown expectation'],
])

/** What is told of a connection on which no request came; undefined for a request. */
export function classifyBroken({ endpoint, integrationId, trace }: Exchange): string | undefined {
  if (endpoint !== undefined || integrationId !== undefined) return undefined
  const [first] = notesOf(trace)
  return first === undefined ? undefined : phrases.get(first.code)
}
