import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { request as httpRequest } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import { WebSocket } from 'ws'
import { startApi, type RunningApi } from '../../main/api/api.fixture.ts'
import { startConsoleServer, type ConsoleLimits } from './console-server.ts'
import { metricsRoute } from './metrics-route.ts'

export interface Served extends RunningApi {
  readonly origin: string
  readonly port: number
  readonly troubles: readonly string[]
}

/** A console's server over a running engine, with a page of one line. */
export async function serve(
  limits?: ConsoleLimits,
  known?: { readonly url: string; readonly port: number },
): Promise<Served> {
  const rendererDir = mkdtempSync(join(tmpdir(), 'rollcall-renderer-'))
  mkdirSync(join(rendererDir, 'assets'))
  writeFileSync(join(rendererDir, 'index.html'), '<meta name="style-nonce" nonce="__STYLE_NONCE__"><p>console</p>')
  writeFileSync(join(rendererDir, 'assets/index.js'), 'export {}')
  const running = await startApi()
  const troubles: string[] = []
  const server = await startConsoleServer({
    address: { host: '127.0.0.1', port: known?.port ?? 0, url: known?.url },
    tls: undefined,
    rendererDir,
    api: running.parts,
    routes: [metricsRoute(() => running.parts.engine.metrics())],
    onTrouble: (message) => void troubles.push(message),
    ...(limits && { limits }),
  })
  onTestFinished(async () => {
    await server.close()
    rmSync(rendererDir, { recursive: true, force: true })
  })
  return { ...running, origin: server.url, port: known?.port ?? Number(new URL(server.url).port), troubles }
}

export interface Reply {
  readonly status: number
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>
  readonly text: string
}

/** A request with exactly these headers: `fetch` sets Host and Origin itself. */
export function send(
  port: number,
  method: string,
  path: string,
  headers: Record<string, string>,
  body = '',
): Promise<Reply> {
  return new Promise((resolve, reject) => {
    const request = httpRequest({ host: '127.0.0.1', port, method, path, headers, setHost: false }, (response) => {
      let text = ''
      response.on('data', (chunk: Buffer) => {
        text += chunk.toString()
      })
      response.on('end', () => resolve({ status: response.statusCode ?? 0, headers: response.headers, text }))
    })
    request.on('error', reject)
    request.end(body)
  })
}

export const json = { 'content-type': 'application/json' }

/** Trades a key as the page does. */
export async function trade(served: Served, key: string): Promise<Reply> {
  const headers = { ...json, host: new URL(served.origin).host, origin: served.origin }
  return send(served.port, 'POST', '/session', headers, JSON.stringify({ key }))
}

/** What a page that has signed in shows, as headers of its requests. */
export interface Pass extends Record<string, string> {
  readonly cookie: string
  readonly 'x-rollcall-page': string
}

export function passIn(reply: Reply): Pass {
  const [cookie = ''] = reply.headers['set-cookie'] ?? []
  return { cookie: cookie.split(';')[0] ?? '', 'x-rollcall-page': JSON.parse(reply.text).page }
}

export async function passOf(served: Served): Promise<Pass> {
  return passIn(await trade(served, await served.sessions.issueKey()))
}

/** The secret of the page goes as a browser sends it: behind the subprotocol. Resolves to `open`, or to the status by which the upgrade was refused. */
export function upgrade(
  served: Served,
  { 'x-rollcall-page': page, ...headers }: Record<string, string>,
): Promise<{ result: string; socket: WebSocket }> {
  const offered = page === undefined ? [] : ['rollcall', page]
  const socket = new WebSocket(`ws://127.0.0.1:${served.port}/rpc`, offered, { headers })
  onTestFinished(() => socket.terminate())
  return new Promise((resolve, reject) => {
    socket.on('open', () => resolve({ result: 'open', socket }))
    socket.on('unexpected-response', (_request, response) => resolve({ result: String(response.statusCode), socket }))
    socket.on('error', reject)
  })
}
