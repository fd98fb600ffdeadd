import { type ConnectionFailure, connectionFailure } from '../connection-failure.ts'

const untrusted =
  'Its certificate is not vouched for by a public authority, so an identity provider refuses it. Use one of a public authority; to try it from here all the same, start Rollcall with NODE_EXTRA_CA_CERTS=CA.pem.'

const sentences: Readonly<Record<ConnectionFailure, (url: URL) => string>> = {
  'unknown-name': (url) => `There is no host ${url.hostname}: look whether the URL is written correctly.`,
  'no-lookup': (url) => `The name ${url.hostname} cannot be looked up now: is this machine's DNS reachable?`,
  'nobody-listens': (url) => `Nothing listens at ${url.host}: start the endpoint, or correct the port.`,
  'no-way': (url) => `There is no way from here to ${url.host}: look at the network and its firewall.`,
  'cut-off': (url) => `${url.host} cut the connection off: look into the log of what listens there.`,
  late: (url) => `${url.host} does not answer: see that it runs, and that no firewall is in between.`,
  untrusted: () => untrusted,
  'untrusted-chain': () => `${untrusted} Often the server does not send the intermediate certificate.`,
  expired: () => 'Its certificate has expired: renew it.',
  'not-yet-valid': () => 'Its certificate is not valid yet: look at the clocks of both machines.',
  'other-name': (url) => `Its certificate is not made out to ${url.hostname}: use the name that it is made out to.`,
  'no-tls': (url) => `${url.host} does not speak TLS there: begin the URL with http://, or correct the port.`,
  'no-http': (url) => `What ${url.host} answers is not HTTP: look whether scheme and port are right.`,
}

/** Why there was no answer, and what to do, in one sentence or two. */
export function transportProblem(error: unknown, url: URL): string {
  const failure = connectionFailure(error)
  return failure
    ? sentences[failure](url)
    : `No answer came from ${url.host}: ${error instanceof Error ? error.message : String(error)}.`
}

export function timeoutProblem(url: URL, timeoutMs: number): string {
  return `${url.host} did not answer within ${timeoutMs / 1000} seconds. Okta waits 60, Entra ID on demand 30.`
}

export function tooLongProblem(url: URL, bytes: number): string {
  return `${url.host} sent more than ${Math.round(bytes / 1024 / 1024)} MiB, which is not read: let it answer in pages.`
}
