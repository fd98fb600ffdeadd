import type { AnswerError } from './error-explanation.ts'

/** Why what came on a connection never became a request of SCIM. The first of equals wins, as in the whole catalogue. */
export const connectionErrors: readonly AnswerError[] = [
  {
    id: 'certificate-not-trusted',
    title: 'No answer · the certificate is not trusted',
    status: 0,
    codes: ['certificate-not-trusted'],
    meaning: 'The client reached this port, looked at its certificate and broke the connection off.',
    nextStep:
      'Identity providers in the cloud trust certificates of public CAs only, for the very name in the URL, with the intermediate certificates in the file. Give Rollcall such a one under Settings › Endpoint, or let a tunnel end TLS.',
    idps: { entra: 'Entra ID reports it as invalid credentials, though the token is not at fault.' },
  },
  {
    id: 'plain-on-tls-port',
    title: 'No answer · http:// to a port with TLS',
    status: 0,
    codes: ['plain-on-tls-port'],
    meaning: 'The client spoke plain HTTP to a port that speaks TLS.',
    nextStep: 'Put https:// into the URL at the identity provider, or into the target of the tunnel or proxy.',
  },
  {
    id: 'tls-too-old',
    title: 'No answer · TLS too old',
    status: 0,
    codes: ['tls-too-old'],
    meaning: 'The client offered only versions of TLS before 1.2.',
    nextStep: 'Update the client or the proxy in between: older versions are not safe and are not offered.',
  },
  {
    id: 'tls-failed',
    title: 'No answer · TLS failed',
    status: 0,
    codes: ['tls-failed'],
    meaning: 'The client and this port could not agree on how to speak TLS.',
    nextStep: 'Look at the reason in the trace, and at what proxies in between do with TLS.',
  },
  {
    id: 'tls-on-plain-port',
    title: '400 · https:// to a port without TLS',
    status: 400,
    codes: ['tls-on-plain-port'],
    meaning: 'The client spoke TLS to a port that speaks plain HTTP.',
    nextStep:
      'Give Rollcall a certificate under Settings › Endpoint, or let the tunnel or proxy in front end TLS and go on with http://.',
  },
  {
    id: 'header-broken',
    title: '400 · a header is not valid',
    status: 400,
    codes: ['header-broken'],
    meaning:
      'The request begins as it should, and has a header with a line break or another sign that may not stand there.',
    nextStep:
      'Empty the identity provider’s field for the token and paste the token again, without a line break. If that is not it, look at what a proxy in between adds.',
  },
  {
    id: 'length-broken',
    title: '400 · a length that cannot be read',
    status: 400,
    codes: ['length-broken'],
    meaning:
      'The request has headers that tell where its body ends, Content-Length or Transfer-Encoding, which cannot be read or contradict one another.',
    nextStep: 'Look at the proxy or script that sends it: one of the two headers is enough, and once.',
  },
  {
    id: 'target-broken',
    title: '400 · the URL is not encoded',
    status: 400,
    codes: ['target-broken'],
    meaning: 'The URL of the request holds a blank, or a letter beyond ASCII, as it is, which HTTP does not allow.',
    nextStep:
      'Percent-encode the filter in the script that sends it: a blank is %20, a quotation mark %22. If an identity provider sends it, look at whether a proxy in between decodes URLs.',
  },
  {
    id: 'behind-request',
    title: '400 · more than the request said',
    status: 400,
    codes: ['behind-request'],
    meaning: 'Bytes came behind a request that it does not count among its body, and that are no other request.',
    nextStep:
      'Look at the script or proxy that sends the request before this one: its Content-Length is missing or too small, most often since it counts characters and not bytes.',
  },
  {
    id: 'cut-off-by-length',
    title: 'No answer · more than the request said',
    status: 0,
    codes: ['behind-request'],
    meaning:
      'Bytes came behind a request that it does not count among its body, and that are no other request. The request itself got its own answer; its body may have been cut off.',
    nextStep:
      'Look at the script or proxy that sends the request beside this one: its Content-Length is missing or too small, most often since it counts characters and not bytes.',
  },
  {
    id: 'proxy-protocol',
    title: '400 · PROXY protocol',
    status: 400,
    codes: ['proxy-protocol'],
    meaning:
      'A load balancer or proxy in front begins each connection with the PROXY protocol, and this port speaks HTTP alone.',
    nextStep:
      'Switch the PROXY protocol off for this target: send-proxy in HAProxy, proxy_protocol in nginx, an attribute of the target group in AWS.',
  },
  {
    id: 'http-2',
    title: '400 · HTTP/2',
    status: 400,
    codes: ['http-2'],
    meaning: 'The client spoke HTTP/2 at once, and this port speaks HTTP/1.1.',
    nextStep:
      'Let the proxy or tunnel in front speak HTTP/1.1 to this port; an identity provider never sees the difference.',
  },
  {
    id: 'not-http',
    title: '400 · not HTTP',
    status: 400,
    codes: ['not-http'],
    meaning: 'Something that came on this port cannot be read as an HTTP request.',
    nextStep:
      'If it comes from the address of your tunnel or proxy, look at its settings; else it is most often a scan of ports, and harmless.',
  },
  {
    id: 'host-missing',
    title: '400 · no Host header',
    status: 400,
    codes: ['host-missing'],
    meaning: 'A request of HTTP/1.1 has to name the host that it is for.',
    nextStep: 'Look at the proxy or script that sends it.',
  },
  {
    id: 'host-repeated',
    title: '400 · several Host headers',
    status: 400,
    codes: ['host-repeated'],
    meaning: 'A request names one host that it is for; this one names more.',
    nextStep: 'Look at the proxy or script that sends it: one of the two has to leave its Host header away.',
  },
  {
    id: 'authorization-repeated',
    title: '400 · several Authorization headers',
    status: 400,
    codes: ['authorization-repeated'],
    meaning:
      'A request has room for one Authorization header. This one has several that differ, often the token of the identity provider and the credentials of a proxy.',
    nextStep:
      'Look at the proxy or script that sends it: the header with the token of the integration has to be the only one. What a proxy asks for itself belongs into Proxy-Authorization.',
  },
  {
    id: 'expectation-refused',
    title: '417 · an unknown expectation',
    status: 417,
    meaning: 'The header Expect of the request asks for something else than "100-continue".',
    nextStep: 'Look at the proxy or script that sends it.',
  },
  {
    id: 'method-unknown',
    title: '501 · the method is not known',
    status: 501,
    codes: ['method-unknown'],
    meaning: 'The request has a method that SCIM does not have.',
    nextStep: 'Look at the proxy or script that sends it: SCIM has GET, POST, PUT, PATCH and DELETE.',
  },
  {
    id: 'headers-too-large',
    title: '431 · the headers are too large',
    status: 431,
    meaning: 'The headers together are larger than 32 kB.',
    nextStep: 'Look at what a proxy in between adds to each request.',
  },
  {
    id: 'slow-request',
    title: '408 · the request did not arrive in time',
    status: 408,
    meaning: 'The client began a request and did not finish it.',
    nextStep: 'Look at the tunnel or proxy in between; a lost connection looks like this.',
  },
]
