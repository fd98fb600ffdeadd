import type { IncomingMessage, Server, ServerResponse } from 'node:http'
import type { AddressInfo, Socket } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { createTrace } from '../../scim/note.ts'
import type { Exchange } from '../journal/exchange.ts'
import type { Snapshot } from '../store/snapshot.ts'
import { wantsPlainJson } from './http/accept.ts'
import type { BrokenRequest } from './http/broken-http.ts'
import { captureBroken, captureExchange } from './capture.ts'
import { boundConnections } from './http/connection-room.ts'
import { headProblem, refuseHead } from './http/head-problem.ts'
import type { EndpointLimits } from './endpoint-limits.ts'
import type { RequestHandler } from './handle-request.ts'
import { createBoundedServer, renewCertificate, type Tls } from './http/http-server.ts'
import { sendLargeBody } from './http/large-body.ts'
import { replyOfBug, type Reply } from './reply.ts'
import { discardRest } from './http/request-body.ts'
import { type ConnectionMemory, splitTarget, type RequestContext } from './request-context.ts'
import { answeredText } from './standing-notes.ts'
import { takeTurns } from './reads/take-turns.ts'
import { createToldLately } from './authentication/told-lately.ts'

export interface EndpointOptions {
  readonly host: string
  /** 0 picks a free one. */
  readonly port: number
  readonly tls: Tls | undefined
  readonly limits: EndpointLimits
  readonly handle: RequestHandler
  readonly clock: () => number
  /** What the requests of one turn of the event loop read, they read at one moment. */
  readonly snapshot: Snapshot
  readonly record: (exchange: Exchange) => void
  /** The same for what never became a request; of what repeats itself, not each. */
  readonly recordBroken: (exchange: Exchange) => void
  /** Undefined when a request may be handled at once, else when it may. */
  readonly room: () => Promise<void> | undefined
  readonly onBug: (requestId: string, stack: string) => void
}

export interface Endpoint {
  readonly port: number
  /** Uses another certificate for new connections; nothing for an endpoint without TLS. */
  renewTls(tls: Tls): void
  /** Answers what is on its way, stops accepting, lets requests under way end within the drain time, and closes. */
  close(): Promise<void>
}

const health = '{"status":"pass"}'

function contentType(request: IncomingMessage): string {
  return wantsPlainJson(request.headers.accept)
    ? 'application/json; charset=utf-8'
    : 'application/scim+json; charset=utf-8'
}

/**
 * The headers of an answer. A 204 names the media type too, which is that of the resource (RFC 9110 §8.3): SCIM-SDK's client, which Keycloak's
 * plug-ins are made with, takes a PATCH for failed without it (`getRequiredResponseHeaders` in its RequestBuilder), and so did scim2-client
 * (github.com/python-scim/scim2-client/issues/34).
 */
export function headersOf(context: RequestContext, reply: Reply, isDraining: boolean): Record<string, string | number> {
  const headers: Record<string, string | number> = { 'x-request-id': context.id, 'cache-control': 'no-store' }
  const hasBody = reply.body !== undefined || reply.large !== undefined
  if (hasBody || reply.status === 204) headers['content-type'] = contentType(context.request)
  if (reply.body !== undefined) {
    headers['content-length'] = Buffer.byteLength(reply.body)
  } else if (reply.large) headers['content-length'] = reply.large.length
  else if (reply.status !== 204 && reply.status !== 304) headers['content-length'] = 0
  if (reply.etag !== undefined) headers['etag'] = reply.etag
  if (reply.location !== undefined) {
    headers['location'] = reply.location
    // RFC 7643 §3.1: what `meta.location` in the body is the same as.
    if (hasBody) headers['content-location'] = reply.location
  }
  if (reply.headers) for (const name in reply.headers) headers[name] = reply.headers[name] ?? ''
  if (isDraining) headers['connection'] = 'close'
  return headers
}

/** A text that is as long in bytes as in characters is ASCII, which can go out as it is, without being encoded. */
function sendBody(response: ServerResponse, body: string | undefined, bytes: string | number | undefined): void {
  if (body === undefined) response.end()
  else response.end(body, bytes === body.length ? 'latin1' : 'utf8')
}

/** A page of resources is not kept until the end of the turn: a turn of such answers would fill the memory. */
function isShort(reply: Reply): boolean {
  return reply.large === undefined && (reply.body === undefined || reply.body.length < 16 * 1024)
}

function listen(server: Server, host: string, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen({ host, port, backlog: 1024 }, () => {
      server.off('error', reject)
      const address: AddressInfo | string | null = server.address()
      resolve(typeof address === 'object' && address ? address.port : port)
    })
  })
}

/** Starts the SCIM endpoint: gives each request its id, lets it be handled, sends the answer and hands the exchange to the journal. */
export async function startEndpoint(options: EndpointOptions): Promise<Endpoint> {
  const { handle, limits, clock } = options
  const connections = new Map<Socket, ConnectionMemory>()
  const server = createBoundedServer(options.tls, limits, takeBroken, (socket) => connections.get(socket)?.answer)
  const room = boundConnections(server, limits.connections)
  const started = clock().toString(36)
  let count = 0
  const nextId = () => `${started}-${++count}`
  let isDraining = false
  let ready: (readonly [RequestContext, Reply])[] = []
  let isTurning = false
  let isCrowded = false
  let answers = 0

  /**
   * When requests come in numbers, those of one turn of the event loop share a snapshot of the directory, and their answers go out together:
   * the reader at the other end is woken once, not once an answer. A client that works one request at a time does not wait for the end of the turn.
   */
  function beginTurn(): void {
    if (isTurning) return
    isTurning = true
    setImmediate(endTurn)
  }

  function sendSoon(context: RequestContext, reply: Reply): void {
    beginTurn()
    answers += 1
    if ((isCrowded || answers > 1) && isShort(reply)) ready.push([context, reply])
    else send(context, reply)
  }

  /** What is thrown when a promise has settled reaches nobody else. */
  function sendSettled(context: RequestContext, reply: Reply): void {
    try {
      sendSoon(context, reply)
    } catch (error) {
      bug(context, error)
    }
  }

  function endTurn(): void {
    options.snapshot.end()
    const batch = ready
    ready = []
    isTurning = false
    isCrowded = answers > 1
    answers = 0
    for (const [context, reply] of batch) {
      try {
        send(context, reply)
      } catch (error) {
        // One answer that cannot be sent must not take the others of this turn with it.
        unsent(context, error)
      }
    }
  }

  function send(context: RequestContext, reply: Reply): void {
    const { request, response } = context
    context.trace.addText(answeredText(reply.status))
    // One that has closed its end may read on, as `nc -N` does; hardly any client of HTTP does, and the answer goes out all the same.
    if (response.destroyed || request.socket.readableEnded) context.trace.add({ step: 'status', code: 'client-gone' })
    const headers = headersOf(context, reply, isDraining)
    if (!response.headersSent && !response.destroyed) {
      response.writeHead(reply.status, headers)
      if (reply.large) sendLargeBody(response, reply.large)
      else sendBody(response, reply.body, headers['content-length'])
      if (!request.complete) discardRest(request)
    }
    options.record(captureExchange(context, reply, headers))
  }

  function answerHealth(response: ServerResponse): void {
    response.writeHead(200, {
      'content-type': 'application/json',
      'content-length': health.length,
      'cache-control': 'no-store',
      'x-request-id': nextId(),
    })
    response.end(health)
  }

  function tell(context: RequestContext, error: unknown): void {
    options.onBug(context.id, error instanceof Error ? (error.stack ?? error.message) : String(error))
  }

  function unsent(context: RequestContext, error: unknown): void {
    tell(context, error)
    context.response.destroy()
  }

  function bug(context: RequestContext, error: unknown): void {
    tell(context, error)
    try {
      send(context, replyOfBug(context.id))
    } catch (another) {
      unsent(context, another)
    }
  }

  const toldLately = createToldLately()

  function takeBroken(broken: BrokenRequest, socket: Socket): void {
    const known = connections.get(socket)
    // A request whose body has broken off tells of it itself.
    if (known?.request?.complete === false) return
    const remoteAddress = known?.remoteAddress ?? socket.remoteAddress ?? ''
    const at = clock()
    if (!toldLately.take(`${remoteAddress} ${broken.code}`, at)) return
    options.recordBroken(captureBroken(broken, { requestId: nextId(), at, remoteAddress }))
  }

  /** Of a TLS connection the socket beneath is announced first, and requests come on the one above. */
  function memoryOf(socket: Socket): ConnectionMemory {
    const known = connections.get(socket)
    if (known) return known
    const memory = {
      remoteAddress: socket.remoteAddress ?? '',
      credentials: undefined,
      request: undefined,
      answer: undefined,
      waiting: 0,
      isVouchedFor: false,
    }
    connections.set(socket, memory)
    socket.once('close', () => connections.delete(socket))
    return memory
  }

  server.on('connection', memoryOf)
  server.on('secureConnection', memoryOf)

  server.on('request', (request: IncomingMessage, response: ServerResponse) => {
    const { path, search } = splitTarget(request.url ?? '/')
    if (path === '/health' || path === '/healthz') return answerHealth(response)
    const connection = memoryOf(request.socket)
    connection.request = request
    takeTurns(connection, response, () => take({ request, response, connection, path, search }))
  })

  function take(arrived: Pick<RequestContext, 'request' | 'response' | 'connection' | 'path' | 'search'>): void {
    const context: RequestContext = {
      ...arrived,
      id: nextId(),
      now: clock(),
      arrival: performance.now(),
      trace: createTrace(),
      integration: undefined,
      endpoint: undefined,
      resourceId: undefined,
      body: undefined,
    }
    const wait = options.room()
    if (wait === undefined) answer(context)
    else void wait.then(() => answer(context))
  }

  function answer(context: RequestContext): void {
    beginTurn()
    try {
      const { request } = context
      if (isCrowded) options.snapshot.begin()
      const problem = headProblem(request)
      if (problem !== undefined) {
        context.trace.add({ step: 'parse', code: problem })
        return send(context, refuseHead(problem))
      }
      const reply = handle(context)
      const { connection } = context
      if (!connection.isVouchedFor && connection.credentials !== undefined) {
        connection.isVouchedFor = true
        room.vouch(request.socket)
      }
      if (reply instanceof Promise) {
        reply.then(
          (settled) => sendSettled(context, settled),
          (error: unknown) => bug(context, error),
        )
      } else sendSoon(context, reply)
    } catch (error) {
      bug(context, error)
    }
  }

  const port = await listen(server, options.host, options.port)
  return {
    port,
    renewTls: (tls) => renewCertificate(server, tls),
    async close() {
      isDraining = true
      // A connection that seems idle has just been sent the next request, in a busy hour: closing it at once resets that. Its answer closes it.
      if (connections.size > 0) await sleep(limits.lingerMs)
      return new Promise((resolve) => {
        const timer = setTimeout(() => {
          server.closeAllConnections()
          room.breakOff()
        }, limits.drainMs)
        server.close(() => {
          clearTimeout(timer)
          resolve()
        })
        server.closeIdleConnections()
        // Node counts a connection on which nothing has come yet, such as a load balancer keeps ready, as busy.
        for (const socket of connections.keys()) if (socket.bytesRead === 0) socket.destroy()
      })
    },
  }
}
