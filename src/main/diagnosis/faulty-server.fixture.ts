import { createServer, type IncomingMessage, type RequestListener, type ServerResponse } from 'node:http'
import { createServer as createTlsServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import { isJsonObject, type JsonObject } from '../../scim/json/json.ts'

export interface SeenRequest {
  readonly method: string
  /** Behind the SCIM URL, with the query. */
  readonly path: string
  readonly headers: IncomingMessage['headers']
  readonly text: string
  readonly body: JsonObject | undefined
}

/** `silence` answers never; a path is asked for in place of the one that came. */
export type Fault =
  | { readonly status: number; readonly text?: string; readonly headers?: Readonly<Record<string, string>> }
  | { readonly path: string }
  | 'silence'

/** The fault that a request meets, at once or when it is time. */
export type FaultOf = (request: SeenRequest) => Fault | undefined | Promise<Fault | undefined>

export interface FaultyServer {
  readonly url: string
  /** What has come, oldest first. */
  readonly seen: readonly SeenRequest[]
  close(): void
}

export interface TlsPair {
  readonly key: string
  readonly cert: string
}

function parsed(body: string): JsonObject | undefined {
  try {
    const value: unknown = JSON.parse(body)
    return isJsonObject(value) ? value : undefined
  } catch {
    return undefined
  }
}

/** An endpoint that passes requests on to a good one, but for those to which it has a fault. */
export async function openFaultyServer(good: string, faultOf: FaultOf, tls?: TlsPair): Promise<FaultyServer> {
  const seen: SeenRequest[] = []

  async function pass(one: SeenRequest, path: string, response: ServerResponse): Promise<void> {
    const sent = new Headers({ authorization: one.headers.authorization ?? '' })
    for (const name of ['accept', 'content-type', 'if-match', 'if-none-match'] as const) {
      const value = one.headers[name]
      if (value !== undefined) sent.set(name, value)
    }
    const init = { method: one.method, headers: sent }
    const answer = await fetch(good + path, one.text === '' ? init : { ...init, body: one.text })
    response.writeHead(answer.status, Object.fromEntries(answer.headers)).end(await answer.text())
  }

  async function respond(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await text(request)
    const { method = '', url: path = '', headers } = request
    const one = { method, path, headers, text: body, body: parsed(body) }
    seen.push(one)
    const fault = await faultOf(one)
    if (fault === 'silence') return
    if (fault === undefined || 'path' in fault) await pass(one, fault?.path ?? path, response)
    else
      response
        .writeHead(fault.status, { 'content-type': 'application/scim+json', ...fault.headers })
        .end(fault.text ?? '')
  }

  const listener: RequestListener = (request, response) => void respond(request, response)
  const server = tls ? createTlsServer(tls, listener) : createServer(listener)
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve)
  })
  const { port } = server.address() as AddressInfo
  return {
    url: `${tls ? 'https' : 'http'}://127.0.0.1:${port}`,
    seen,
    close() {
      server.closeAllConnections()
      server.close()
    },
  }
}
