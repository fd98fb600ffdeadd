import { createServer as createHttpServer, type Server, type ServerOptions, type ServerResponse } from 'node:http'
import { createServer as createHttpsServer, Server as HttpsServer } from 'node:https'
import { Socket } from 'node:net'
import { answerBrokenHttp, refuseConnect, refuseExpectation, type BrokenRequest } from './broken-http.ts'
import type { EndpointLimits } from '../endpoint-limits.ts'

/** A certificate with its key, both PEM text. */
export interface Tls {
  readonly cert: string
  readonly key: string
}

/** What came on this connection never became a request, and has been answered where that was possible. */
type OnBroken = (broken: BrokenRequest, socket: Socket) => void

/** The answer to the newest request of a connection; undefined for one on which none came. */
type AnswerOn = (socket: Socket) => ServerResponse | undefined

/** An HTTP server, or an HTTPS one when given a certificate, with every limit set, so that no request can hurt the rest. */
export function createBoundedServer(
  tls: Tls | undefined,
  limits: EndpointLimits,
  onBroken: OnBroken,
  answerOn: AnswerOn = () => undefined,
): Server {
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
  server.maxHeadersCount = 200
  // Without a limit of its own an answer that nobody reads is held for ever, and its connection with it.
  server.timeout = limits.stalledMs
  // A client that says that nothing more will come still reads: Node would close its own end too, and the answer with it.
  Object.assign(server, { httpAllowHalfOpen: true })
  server.on('checkExpectation', (request, response) => onBroken(refuseExpectation(request, response), request.socket))
  server.on('connect', (request, socket) => {
    // Nobody else listens to a connection that Node has handed over.
    socket.on('error', () => socket.destroy())
    const broken = refuseConnect(request, socket, limits)
    if (socket instanceof Socket) onBroken(broken, socket)
  })
  server.on('clientError', (error: NodeJS.ErrnoException, socket) => {
    // Not late, but idle: a proxy keeps it ready for its next request. Node times that one anew when it begins; `server.timeout` ends the wait.
    if (error.code === 'ERR_HTTP_REQUEST_TIMEOUT' && socket instanceof Socket && socket.bytesRead === 0) return
    const broken = answerBrokenHttp(error, socket, limits, socket instanceof Socket ? answerOn(socket) : undefined)
    if (broken !== undefined && socket instanceof Socket) onBroken(broken, socket)
  })
  return server
}

/** Uses another certificate for new connections; those that are open go on. */
export function renewCertificate(server: Server, { cert, key }: Tls): void {
  if (server instanceof HttpsServer) server.setSecureContext({ cert, key, minVersion: 'TLSv1.2' })
}
