import type { IncomingMessage, Server } from 'node:http'
import type { Duplex } from 'node:stream'
import { RPCHandler } from '@orpc/server/ws'
import { WebSocketServer, type WebSocket } from 'ws'
import type { ApiParts } from '../../main/api/api-context.ts'
import { router } from '../../main/api/router.ts'
import type { ConnectionRoom } from '../../main/endpoint/http/connection-room.ts'
import { endConnection } from '../../main/endpoint/http/end-connection.ts'
import { sessionCookie } from './session-cookie.ts'

/** What a connection speaks. The page's secret is offered behind it, for a browser sends no other header with an upgrade. */
const subprotocol = 'rollcall'
/** A message of a client is a call with its input; nothing that it sends is larger. */
const largestMessage = 4 * 1024 * 1024
/** How often the sessions of open connections are kept alive, and looked at whether another process has ended them, in ms. */
const lookEveryMs = 2000
/** A connection that has not answered for so long is gone, in ms. */
const silentMs = 60_000

interface SocketParts {
  readonly api: ApiParts
  readonly origin: () => string
  readonly room: ConnectionRoom
  /** Ms that a connection may stay open whose upgrade was refused. */
  readonly refusedMs: number
  /** One line for the operator. */
  readonly onTrouble: (message: string) => void
}

export interface RpcSockets {
  close(): void
}

function pageSecretOf({ headers }: IncomingMessage): string {
  const [, secret = ''] = headers['sec-websocket-protocol']?.split(',') ?? []
  return secret.trim()
}

/**
 * `/rpc`: the contract over WebSockets. An upgrade needs the exact Host, an Origin equal to ours, the cookie of a session and the secret that
 * goes with it; it is refused without a word otherwise. An open connection is use of its session; when a session ends, so do its connections.
 */
export function addRpcSockets(server: Server, { api, origin, room, refusedMs, onTrouble }: SocketParts): RpcSockets {
  const { sessions } = api
  const sockets = new WebSocketServer({
    noServer: true,
    maxPayload: largestMessage,
    handleProtocols: () => subprotocol,
  })
  const handler = new RPCHandler(router)
  const sessionOf = new Map<WebSocket, number>()
  const heard = new WeakSet<WebSocket>()
  const refused = new Set<Duplex>()

  function isOurs({ headers, url }: IncomingMessage): boolean {
    return url === '/rpc' && headers.host === new URL(origin()).host && headers.origin === origin()
  }

  function refuse(stream: Duplex, status: string): void {
    refused.add(stream)
    stream.once('close', () => refused.delete(stream))
    endConnection(stream, `HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`, refusedMs)
  }

  function open(socket: WebSocket, sessionId: number): void {
    sessionOf.set(socket, sessionId)
    heard.add(socket)
    socket.on('pong', () => heard.add(socket))
    socket.on('close', () => sessionOf.delete(socket))
    // What breaks a connection is told by its close; an error without a listener would end the process.
    socket.on('error', () => socket.terminate())
    void handler.upgrade(socket, { context: { parts: api, sessionId } })
  }

  let trouble: string | undefined
  /** Tells a trouble once, until it is over. */
  function tell(error: unknown): void {
    const message = error instanceof Error ? error.message : String(error)
    if (message !== trouble) onTrouble(`console: The sessions cannot be read: ${message}`)
    trouble = message
  }
  /** A database that cannot be read for a moment, as on a full disk, must neither end the server nor sign anybody out. */
  function closeEnded(): void {
    try {
      for (const [socket, sessionId] of sessionOf) if (!sessions.keepOpen(sessionId)) socket.terminate()
      trouble = undefined
    } catch (error) {
      tell(error)
    }
  }

  function dropSilent(): void {
    for (const socket of sessionOf.keys()) {
      if (!heard.has(socket)) socket.terminate()
      heard.delete(socket)
      socket.ping()
    }
  }

  server.on('upgrade', (request: IncomingMessage, stream: Duplex, head: Buffer) => {
    stream.on('error', () => stream.destroy())
    if (!isOurs(request)) return refuse(stream, '403 Forbidden')
    try {
      const session = sessions.find({
        cookie: sessionCookie(request.headers.cookie, origin()),
        pageSecret: pageSecretOf(request),
      })
      if (!session) return refuse(stream, '401 Unauthorized')
      room.vouch(request.socket)
      sockets.handleUpgrade(request, stream, head, (socket) => open(socket, session.id))
    } catch (error) {
      tell(error)
      refuse(stream, '503 Service Unavailable')
    }
  })
  const stopListening = sessions.onEnded(closeEnded)
  const look = setInterval(closeEnded, lookEveryMs)
  const beat = setInterval(dropSilent, silentMs)
  look.unref()
  beat.unref()

  return {
    close() {
      stopListening()
      clearInterval(look)
      clearInterval(beat)
      for (const socket of sessionOf.keys()) socket.terminate()
      for (const stream of refused) stream.destroy()
      sockets.close()
    },
  }
}
