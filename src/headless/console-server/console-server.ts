import type { Server } from 'node:http'
import { isIPv6, type AddressInfo } from 'node:net'
import { join } from 'node:path'
import fastifyStatic from '@fastify/static'
import fastify, { type FastifyInstance, type FastifyRequest } from 'fastify'
import type { ApiParts } from '../../main/api/api-context.ts'
import { boundConnections } from '../../main/endpoint/http/connection-room.ts'
import { renewCertificate, type Tls } from '../../main/endpoint/http/http-server.ts'
import { consoleOrigin, isLoopback, type ConsoleAddress } from './console-address.ts'
import { createPage } from '../../main/page/page.ts'
import { addDownloads } from './download-route.ts'
import { addRpcSockets } from './rpc-sockets.ts'
import { securityHeaders } from '../../main/page/security-headers.ts'
import { addSignIn } from './sign-in.ts'

/** Where scrapers read the metrics: by the address of the console, or by the one that the server listens on. */
export const metricsPath = '/metrics'

/** Adds routes of its own, such as metrics, to the console's server. They are behind its check of Host and, for writes, of Origin. */
export type ConsoleRoutes = (server: FastifyInstance) => void

/** What bounds those who have not signed in. */
export interface ConsoleLimits {
  /** Ms for a whole request to arrive; half of it for its headers. */
  readonly requestMs: number
  /** How often connections are looked at for that, in ms. */
  readonly lookEveryMs: number
  /** Open at a time; each page in a browser has one for good. Who has not signed in makes way. */
  readonly connections: number
}

const usualLimits: ConsoleLimits = { requestMs: 30_000, lookEveryMs: 5000, connections: 1024 }

export interface ConsoleServerOptions {
  readonly address: ConsoleAddress
  readonly tls: Tls | undefined
  /** Where the built page and its assets are. */
  readonly rendererDir: string
  readonly api: ApiParts
  readonly routes?: readonly ConsoleRoutes[]
  readonly limits?: ConsoleLimits
  /** One line for the operator. */
  readonly onTrouble: (message: string) => void
}

export interface ConsoleServer {
  /** Where browsers open it: an origin without a slash at its end. */
  readonly url: string
  /** Shows another certificate to new connections; nothing for a console without TLS. */
  renewTls(tls: Tls | undefined): void
  close(): Promise<void>
}

const writes: ReadonlySet<string> = new Set(['POST', 'PUT', 'PATCH', 'DELETE'])

/** What whoever comes by another name reads; it tells that name's owner nothing of where the console is. */
const otherAddress =
  'The console is not served under this address. “rollcall console url” prints the one that opens it; the port of an SSH tunnel has to be the same at both ends. Behind a proxy, start the server with --console-url and let the proxy pass the header Host on.\n'

/** The path of a request; one that cannot be decoded (`/%`) is an address of the page like any other that leads to no screen, and stands for that here. */
function readablePath(url: string): string {
  try {
    decodeURI(url.split('?', 1)[0] ?? '')
    return url
  } catch {
    return '/unreadable'
  }
}

/**
 * The console's web server, on a port of its own that no tunnel publishes.
 *
 * What it defends against: another web page in the same browser (Origin present and equal on every write and every upgrade, a cookie that
 * is SameSite=Strict), a name that an attacker points at this machine (exact Host on every request), somebody who reads over the shoulder
 * of a terminal (a key works once, within an hour), another user of the machine (a session is needed for everything but the empty page),
 * a server on another port, which browsers send the cookie too (it
 * is worth nothing without a secret of the page's origin), guessing (256 bits, or a slowed password; strangers slow down no browser that is known), requests that never end (limits), and markup from the wire (a Content-Security-Policy without
 * anything inline).
 */
export async function startConsoleServer(options: ConsoleServerOptions): Promise<ConsoleServer> {
  const { address, api, onTrouble, limits = usualLimits } = options
  const page = createPage(options.rendererDir, 'browser')
  // On loopback there is nobody between browser and server, and a certificate would be for another name.
  const tls = isLoopback(address.host) ? undefined : options.tls
  let origin = ''

  const { requestMs: requestTimeout } = limits
  const http = { headersTimeout: requestTimeout / 2, connectionsCheckingInterval: limits.lookEveryMs }
  const rewriteUrl = ({ url = '/' }: { readonly url?: string }) => readablePath(url)
  const server: FastifyInstance = tls
    ? fastify({ requestTimeout, rewriteUrl, https: { ...http, cert: tls.cert, key: tls.key, minVersion: 'TLSv1.2' } })
    : fastify({ requestTimeout, rewriteUrl, http })

  /** People type `localhost`; nobody can point that name elsewhere. */
  function isOtherName(host: string | undefined): boolean {
    const { hostname, port } = new URL(origin)
    return isLoopback(hostname) && host === `localhost:${port}`
  }

  /**
   * A scraper sends the name that it reaches the server by, and cannot be told to send another. An address in figures, or `localhost` on this
   * machine, is nobody's to point here, as a name would be.
   */
  function isScraped({ url, headers, socket }: FastifyRequest): boolean {
    if (url.split('?', 1)[0] !== metricsPath) return false
    const local = (socket.localAddress ?? '').replace(/^::ffff:/, '')
    const own = isIPv6(local) ? `[${local}]` : local
    return (
      headers.host === `${own}:${socket.localPort}` ||
      (isLoopback(local) && headers.host === `localhost:${socket.localPort}`)
    )
  }

  server.addHook('onRequest', async (request, reply) => {
    reply.headers(securityHeaders)
    const { host } = request.headers
    if (host !== new URL(origin).host && !isScraped(request))
      return isOtherName(host)
        ? reply.redirect(origin, 308)
        : reply.code(421).type('text/plain; charset=utf-8').send(otherAddress)
    if (writes.has(request.method) && request.headers.origin !== origin) return reply.code(403).send('')
    return undefined
  })
  server.setErrorHandler((error: Error & { readonly statusCode?: number }, _request, reply) => {
    const status = error.statusCode ?? 500
    if (status >= 500) onTrouble(`console: ${error.stack ?? error.message}`)
    return reply.code(status).send({ problem: status < 500 ? 'The request cannot be read.' : 'Rollcall failed.' })
  })

  const web: Server = server.server
  const room = boundConnections(web, limits.connections)
  addSignIn(server, {
    sessions: api.sessions,
    password: api.password,
    clock: api.engine.clock,
    origin: () => origin,
  })
  addDownloads(server, { api, origin: () => origin, room })
  for (const addRoutes of options.routes ?? []) addRoutes(server)
  await server.register(fastifyStatic, {
    index: false,
    prefix: '/assets/',
    root: join(options.rendererDir, 'assets'),
    immutable: true,
    maxAge: '1y',
  })
  // Every other path is a screen of the one page, which finds out by itself which.
  server.get('/*', (request, reply) => {
    if (/\.[a-z0-9]{1,5}$/i.test(request.url.split('?', 1)[0] ?? '')) return reply.code(404).send('')
    const { html, policy } = page()
    return reply
      .headers({ 'content-security-policy': policy, 'cache-control': 'no-store' })
      .type('text/html; charset=utf-8')
      .send(html)
  })
  server.setNotFoundHandler((_request, reply) => reply.code(404).send(''))

  const sockets = addRpcSockets(web, { api, origin: () => origin, refusedMs: requestTimeout, room, onTrouble })
  await server.listen({ host: address.host, port: address.port })
  const bound: AddressInfo | string | null = web.address()
  origin = consoleOrigin(address, typeof bound === 'object' && bound ? bound.port : address.port, tls !== undefined)

  return {
    url: origin,
    renewTls(renewed) {
      if (tls && renewed) renewCertificate(web, renewed)
    },
    async close() {
      sockets.close()
      web.closeAllConnections()
      room.breakOff()
      await server.close()
    },
  }
}
