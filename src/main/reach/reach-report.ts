/** What a test of the public URL looks at, in this order. */
export type ReachStepName = 'address' | 'name' | 'connection' | 'certificate' | 'answer'

export interface ReachStep {
  readonly step: ReachStepName
  readonly state: 'ok' | 'remark' | 'failed'
  /** What was seen: a sentence. Text from the wire in it is quoted. */
  readonly sentence: string
}

/** Every way in which the test can fail. */
export type ReachFailure =
  | 'no-public-url'
  | 'endpoint-stopped'
  | 'dns'
  | 'refused'
  | 'no-route'
  | 'timeout'
  | 'cut-off'
  | 'tls-expired'
  | 'tls-name'
  | 'tls-untrusted'
  | 'tls-protocol'
  | 'redirect'
  | 'page'
  | 'token-removed'
  | 'unauthorized'
  | 'path'
  | 'proxy-error'
  | 'other-server'

export interface ReachReport {
  readonly url: string | null
  /** Ms since the epoch. */
  readonly at: number
  readonly tookMs: number
  readonly steps: readonly ReachStep[]
  /** Undefined when the public URL leads here. */
  readonly failure: ReachFailure | undefined
  /** What to do about the failure, a sentence or two. */
  readonly nextStep: string | undefined
}

/** What to do about each failure. */
export const nextSteps: Readonly<Record<ReachFailure, string>> = {
  'no-public-url':
    'Enter the address by which the identity provider reaches this endpoint: that of a tunnel, of a reverse proxy, or of this machine.',
  'endpoint-stopped': 'Let the endpoint listen again, then test.',
  dns: 'Check the spelling of the name, and that its DNS record has been made. A new record may take some minutes to be known.',
  refused:
    'A machine is there, and nothing listens on that port. Start the tunnel or the reverse proxy, and see that it listens on the port of the URL.',
  'no-route': 'Check that this machine has a way out, and that the address belongs to a machine that is up.',
  timeout:
    'Nothing answered in time, which usually means a firewall that drops silently. Let the port of the URL through, and see that the tunnel is up. From inside a network some routers do not lead back in: then test from outside.',
  'cut-off': 'The connection broke off before an answer came. Look at the log of the tunnel or the reverse proxy.',
  'tls-expired': 'Renew the certificate of whatever serves the public URL. Identity providers refuse it too.',
  'tls-name': 'Have a certificate issued for the name in the URL, or use the name that the certificate is for.',
  'tls-untrusted':
    'Use a certificate of a public CA, such as Let’s Encrypt, and let the server send its intermediate certificates too. Identity providers in the cloud trust no others; a CA of your own is known to this machine alone.',
  'tls-protocol':
    'What answers there does not speak TLS on this port. Use http:// only inside your own network; otherwise let the proxy serve TLS.',
  redirect: 'Enter the address that it redirects to. Identity providers do not follow redirects with a token.',
  page: 'Something shows a page of its own: a sign-in of the proxy, a notice of the tunnel, or another site. Let requests below /scim pass without it.',
  'token-removed':
    'The proxy takes the header Authorization away. Let it pass on to Rollcall unchanged; every request would be refused otherwise.',
  unauthorized:
    'Whoever answers there asks for a sign-in and is not this Rollcall. Look where the tunnel or proxy leads, and switch a sign-in of its own off for /scim.',
  path: 'The server is reached, and the path is not passed on. Let the proxy hand /scim on unchanged, without cutting it off.',
  'proxy-error':
    'The proxy is reached and cannot reach Rollcall. Let it lead to the address at which the endpoint listens, which is shown above.',
  'other-server':
    'Another server answers at this address, perhaps another Rollcall. Look where the tunnel or the proxy leads.',
}
