import { errorCode } from '../error-code.ts'

const untrusted =
  'Its certificate is not vouched for by a public authority, so an identity provider refuses it. Use one of a public authority; to try it from here all the same, start Rollcall with NODE_EXTRA_CA_CERTS=CA.pem.'

const sentences: ReadonlyMap<string, (url: URL) => string> = new Map([
  ['ENOTFOUND', (url: URL) => `There is no host ${url.hostname}: look whether the URL is written correctly.`],
  ['EAI_AGAIN', (url: URL) => `The name ${url.hostname} cannot be looked up now: is this machine's DNS reachable?`],
  ['ECONNREFUSED', (url: URL) => `Nothing listens at ${url.host}: start the endpoint, or correct the port.`],
  ['EHOSTUNREACH', (url: URL) => `There is no way from here to ${url.host}: look at the network and its firewall.`],
  ['ENETUNREACH', (url: URL) => `There is no way from here to ${url.host}: look at the network and its firewall.`],
  ['ECONNRESET', (url: URL) => `${url.host} cut the connection off: look into the log of what listens there.`],
  ['EPIPE', (url: URL) => `${url.host} cut the connection off: look into the log of what listens there.`],
  ['DEPTH_ZERO_SELF_SIGNED_CERT', () => untrusted],
  ['SELF_SIGNED_CERT_IN_CHAIN', () => untrusted],
  ['CERT_UNTRUSTED', () => untrusted],
  ['UNABLE_TO_GET_ISSUER_CERT', () => untrusted],
  [
    'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
    () => `${untrusted} Often the server does not send the intermediate certificate.`,
  ],
  [
    'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
    () => `${untrusted} Often the server does not send the intermediate certificate.`,
  ],
  ['CERT_HAS_EXPIRED', () => 'Its certificate has expired: renew it.'],
  ['CERT_NOT_YET_VALID', () => 'Its certificate is not valid yet: look at the clocks of both machines.'],
  [
    'ERR_TLS_CERT_ALTNAME_INVALID',
    (url: URL) => `Its certificate is not made out to ${url.hostname}: use the name that it is made out to.`,
  ],
  ['EPROTO', (url: URL) => `${url.host} does not speak TLS there: begin the URL with http://, or correct the port.`],
  [
    'ERR_SSL_WRONG_VERSION_NUMBER',
    (url: URL) => `${url.host} does not speak TLS there: begin the URL with http://, or correct the port.`,
  ],
])

/** Why there was no answer, and what to do, in one sentence or two. */
export function transportProblem(error: unknown, url: URL): string {
  const code = errorCode(error) ?? ''
  const known = sentences.get(code)
  if (known) return known(url)
  if (code.startsWith('HPE_')) return `What ${url.host} answers is not HTTP: look whether scheme and port are right.`
  return `No answer came from ${url.host}: ${error instanceof Error ? error.message : String(error)}.`
}

export function timeoutProblem(url: URL, timeoutMs: number): string {
  return `${url.host} did not answer within ${timeoutMs / 1000} seconds. Okta waits 60, Entra ID on demand 30.`
}

export function tooLongProblem(url: URL, bytes: number): string {
  return `${url.host} sent more than ${Math.round(bytes / 1024 / 1024)} MiB, which is not read: let it answer in pages.`
}
