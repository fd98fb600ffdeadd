import { request as requestHttp, type IncomingMessage } from 'node:http'
import { request as requestHttps } from 'node:https'
import { TLSSocket, type PeerCertificate } from 'node:tls'

/** The certificate that a server showed. */
export interface ShownCertificate {
  readonly subject: string
  readonly issuer: string
  /** Ms since the epoch. */
  readonly validTo: number
}

export interface FetchedOnce {
  readonly status: number
  readonly contentType: string
  readonly location: string | undefined
  /** At most 64 kB of it. */
  readonly body: string
  readonly certificate: ShownCertificate | undefined
  readonly protocol: string | undefined
}

interface FetchOnceOptions {
  readonly url: URL
  readonly token: string
  readonly timeoutMs: number
  /** Further CAs, PEM: those of a test. */
  readonly ca?: string | undefined
}

const longestBody = 64 * 1024

function certificateOf(response: IncomingMessage): ShownCertificate | undefined {
  const { socket } = response
  if (!(socket instanceof TLSSocket)) return undefined
  return shown(socket.getPeerCertificate())
}

function nameIn(name: PeerCertificate['subject'] | undefined): string {
  const common: string | readonly string[] | undefined = name?.CN ?? name?.O
  return typeof common === 'string' ? common : (common?.join(', ') ?? '')
}

/** What a socket says of the other side's certificate. */
export function shown(peer: PeerCertificate): ShownCertificate {
  return { subject: nameIn(peer.subject), issuer: nameIn(peer.issuer), validTo: Date.parse(peer.valid_to) }
}

/** One GET, without following anything, on a connection of its own. Rejects with what the system said; with `ETIMEDOUT` when it takes too long. */
export function fetchOnce({ url, token, timeoutMs, ca }: FetchOnceOptions): Promise<FetchedOnce> {
  return new Promise((resolve, reject) => {
    const options = {
      agent: false as const,
      headers: {
        authorization: `Bearer ${token}`,
        accept: 'application/scim+json',
        'user-agent': 'Rollcall reach test',
      },
      ...(ca === undefined ? {} : { ca }),
    }
    const request = url.protocol === 'https:' ? requestHttps(url, options) : requestHttp(url, options)
    const timer = setTimeout(
      () => request.destroy(Object.assign(new Error('no answer in time'), { code: 'ETIMEDOUT' })),
      timeoutMs,
    )
    request.on('error', (error) => {
      clearTimeout(timer)
      reject(error)
    })
    request.on('response', (response) => {
      const certificate = certificateOf(response)
      const protocol = response.socket instanceof TLSSocket ? (response.socket.getProtocol() ?? undefined) : undefined
      let body = ''
      const end = () => {
        clearTimeout(timer)
        request.destroy()
        resolve({
          status: response.statusCode ?? 0,
          contentType: response.headers['content-type'] ?? '',
          location: response.headers.location,
          body,
          certificate,
          protocol,
        })
      }
      response.setEncoding('utf8')
      response.on('data', (piece: string) => {
        body = (body + piece).slice(0, longestBody)
        if (body.length >= longestBody) end()
      })
      response.on('end', end)
      response.on('error', end)
    })
    request.end()
  })
}
