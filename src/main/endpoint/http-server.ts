import {
  createServer as createHttpServer,
  STATUS_CODES,
  type IncomingMessage,
  type Server,
  type ServerOptions,
  type ServerResponse,
} from 'node:http'
import { createServer as createHttpsServer, Server as HttpsServer } from 'node:https'
import type { Duplex } from 'node:stream'
import { errorBody } from '../../scim/error.ts'
import type { EndpointLimits } from './endpoint-limits.ts'

/** A certificate with its key, both PEM text. */
export interface Tls {
  readonly cert: string
  readonly key: string
}

const refusals: ReadonlyMap<string, readonly [number, string]> = new Map([
  ['HPE_HEADER_OVERFLOW', [431, 'The headers are larger than the limit. Send fewer or shorter ones.']],
  ['ERR_HTTP_REQUEST_TIMEOUT', [408, 'The request did not arrive in time. Send it again.']],
])

const unknownMethod: readonly [number, string] = [
  501,
  'The method of the request is not known. SCIM has GET, POST, PUT, PATCH and DELETE.',
]

/** Whether what could not be read begins as a request does, so that nothing but its method is unknown. */
function isRequest(bytes: Buffer | undefined): boolean {
  return bytes !== undefined && /^[\w!#$%&'*+.^`|~-]+ \S+ HTTP\/1\.[01]\r?\n/.test(bytes.toString('latin1', 0, 8192))
}

interface BrokenHttp extends NodeJS.ErrnoException {
  readonly rawPacket?: Buffer
}

/** What could not even be read as HTTP gets a SCIM-shaped answer too, and the connection is closed. */
function answerBrokenHttp(error: BrokenHttp, socket: Duplex, limits: EndpointLimits): void {
  if (!socket.writable || error.code === 'ECONNRESET') {
    socket.destroy()
    return
  }
  const isUnknown = error.code === 'HPE_INVALID_METHOD' && isRequest(error.rawPacket)
  const known = isUnknown ? unknownMethod : refusals.get(error.code ?? '')
  const [status, detail] = known ?? [400, 'The request is not valid HTTP.']
  const told = status === 431 ? `${detail} The limit is ${limits.headerBytes} bytes.` : detail
  const body = JSON.stringify(errorBody({ status, detail: told }))
  socket.end(
    `HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ''}\r\nContent-Type: application/scim+json; charset=utf-8\r\nContent-Length: ${Buffer.byteLength(body)}\r\nConnection: close\r\n\r\n${body}`,
  )
}

/** Node would answer 417 without a body. */
function refuseExpectation(_: IncomingMessage, response: ServerResponse): void {
  const detail = 'The header Expect asks for something that is not offered. Only "100-continue" is.'
  const body = JSON.stringify(errorBody({ status: 417, detail }))
  response.writeHead(417, {
    'content-type': 'application/scim+json; charset=utf-8',
    'content-length': Buffer.byteLength(body),
    connection: 'close',
  })
  response.end(body)
}

/** An HTTP server, or an HTTPS one when given a certificate, with every limit set, so that no request can hurt the rest. */
export function createBoundedServer(tls: Tls | undefined, limits: EndpointLimits): Server {
  const options: ServerOptions = {
    maxHeaderSize: limits.headerBytes,
    headersTimeout: limits.headersTimeoutMs,
    requestTimeout: limits.requestTimeoutMs,
    keepAliveTimeout: limits.keepAliveMs,
    connectionsCheckingInterval: 5000,
    noDelay: true,
    optimizeEmptyRequests: true,
    // Node's own answer to a missing Host has no body; the endpoint refuses it in SCIM's form.
    requireHostHeader: false,
  }
  const server: Server = tls
    ? createHttpsServer({ ...options, cert: tls.cert, key: tls.key, minVersion: 'TLSv1.2' })
    : createHttpServer(options)
  server.maxConnections = limits.connections
  server.maxHeadersCount = 200
  server.on('checkExpectation', refuseExpectation)
  server.on('clientError', (error: BrokenHttp, socket) => answerBrokenHttp(error, socket, limits))
  return server
}

/** Uses another certificate for new connections; those that are open go on. */
export function renewCertificate(server: Server, { cert, key }: Tls): void {
  if (server instanceof HttpsServer) server.setSecureContext({ cert, key, minVersion: 'TLSv1.2' })
}
