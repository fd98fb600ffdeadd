import { once } from 'node:events'
import { Agent as HttpAgent, request as requestHttp, type IncomingMessage } from 'node:http'
import { Agent as HttpsAgent, request as requestHttps } from 'node:https'
import { jsonIn, type JsonValue } from '../../scim/json/json.ts'
import { errorCode } from '../error-code.ts'
import type { Secret } from '../secret.ts'
import type { Answer, Exchange } from './exchange.ts'
import { readBody, TooLong } from './response-body.ts'
import { timeoutProblem, tooLongProblem, transportProblem } from './transport-problem.ts'

export interface OutgoingRequest {
  readonly method: string
  /** Relative to the SCIM URL, with the query. */
  readonly path: string
  readonly headers?: Readonly<Record<string, string>>
  /** Sent as JSON; text is sent as it stands. */
  readonly body?: JsonValue
  /** `none` sends no Authorization header, `wrong` a token that nobody has. */
  readonly token?: 'none' | 'wrong'
}

export interface ScimClient {
  /** Never rejects: what goes wrong is said in the exchange. Follows no redirect. */
  send(request: OutgoingRequest): Promise<Exchange>
  close(): void
}

export interface ScimClientOptions {
  /** Without a slash at its end. */
  readonly baseUrl: string
  readonly token: Secret
  readonly timeoutMs?: number
  readonly mostBytes?: number
  /** How many requests may be under way at once. */
  readonly connections: number
  /** Once it is given, nothing is sent any more, and what is under way ends without an answer. */
  readonly abandoned?: AbortSignal | undefined
}

const usualTimeoutMs = 30_000
/** What stands in place of the token wherever a request is shown. */
const shownAuthorization = {
  none: {},
  wrong: { Authorization: 'Bearer [wrong token]' },
  right: { Authorization: 'Bearer [token]' },
} as const
const usualMostBytes = 64 * 1024 * 1024
const wrongToken = 'rollcall-check-wrong-token'

/** A connection that was kept open turned out to be closed at the other end: nobody has read the request. */
class StaleConnection extends Error {
  override readonly name = 'StaleConnection'
}

/** To the microsecond. */
function msSince(start: number): number {
  return Math.round((performance.now() - start) * 1000) / 1000
}

/** In characters. A shorter token is a word such as "scim", which stands within much that is none, down to the URNs of the schemas. */
const shortestUnlikeWords = 16

/** Replaces the token wherever it stands, so that nothing that is shown or written holds it; a word only where it stands by itself. */
function withoutToken(token: string): (text: string) => string {
  if (token.length >= shortestUnlikeWords) return (text) => text.replaceAll(token, '[token]')
  const escaped = token.replaceAll(/\W/g, String.raw`\$&`)
  const byItself = new RegExp(String.raw`(?<![\w:+/-])${escaped}(?![\w:+/-]|\.\w)`, 'g')
  return (text) => text.replaceAll(byItself, '[token]')
}

/** One who speaks SCIM to any endpoint, for a check or a simulation. */
export function createScimClient(options: ScimClientOptions): ScimClient {
  const { baseUrl, token, timeoutMs = usualTimeoutMs, mostBytes = usualMostBytes, connections, abandoned } = options
  const redact = withoutToken(token.reveal())
  const settings = { keepAlive: true, maxSockets: connections }
  const isTls = new URL(baseUrl).protocol === 'https:'
  const agent = isTls ? new HttpsAgent(settings) : new HttpAgent(settings)

  function authorization(kind: OutgoingRequest['token']): Readonly<Record<string, string>> {
    if (kind === 'none') return {}
    return { Authorization: `Bearer ${kind === 'wrong' ? wrongToken : token.reveal()}` }
  }

  function shownHeaders(response: IncomingMessage): Readonly<Record<string, string>> {
    return Object.fromEntries(
      Object.entries(response.headers).map(([name, value]) => [
        name,
        redact(Array.isArray(value) ? value.join(', ') : (value ?? '')),
      ]),
    )
  }

  async function exchange(
    url: URL,
    request: OutgoingRequest,
    text: string | undefined,
    signal: AbortSignal,
  ): Promise<Answer> {
    const sent = (isTls ? requestHttps : requestHttp)(url, {
      method: request.method,
      agent,
      signal,
      headers: {
        ...request.headers,
        ...authorization(request.token),
        ...(text === undefined ? {} : { 'Content-Length': String(Buffer.byteLength(text)) }),
      },
    })
    let hasResponse = false
    try {
      sent.end(text)
      const [response]: IncomingMessage[] = await once(sent, 'response')
      if (response === undefined) throw new Error('no response')
      hasResponse = true
      const read = redact(await readBody(response, mostBytes))
      return {
        status: response.statusCode ?? 0,
        headers: shownHeaders(response),
        contentType: redact(response.headers['content-type'] ?? ''),
        text: read,
        body: jsonIn(read),
      }
    } catch (error) {
      // What the socket says of its end is of no interest any more.
      sent.on('error', () => undefined).destroy()
      const isStale = sent.reusedSocket && !hasResponse && errorCode(error) === 'ECONNRESET'
      throw isStale ? new StaleConnection() : error
    }
  }

  /** Another time on another connection, where the one before was closed already. */
  async function exchangeFresh(
    url: URL,
    request: OutgoingRequest,
    text: string | undefined,
    signal: AbortSignal,
  ): Promise<Answer> {
    for (;;)
      try {
        return await exchange(url, request, text, signal)
      } catch (error) {
        if (!(error instanceof StaleConnection)) throw error
      }
  }

  function problemOf(error: unknown, url: URL, signal: AbortSignal): string {
    if (abandoned?.aborted === true) return 'It was not waited for any longer.'
    if (signal.aborted) return timeoutProblem(url, timeoutMs)
    if (error instanceof TooLong) return tooLongProblem(url, mostBytes)
    return redact(transportProblem(error, url))
  }

  return {
    async send(request) {
      const { method, path, headers = {}, body } = request
      const url = new URL(baseUrl + path)
      const text = body === undefined ? undefined : typeof body === 'string' ? body : JSON.stringify(body)
      const headersShown = { ...headers, ...shownAuthorization[request.token ?? 'right'] }
      const shown = {
        method,
        url: redact(url.href),
        headers: headersShown,
        body: text === undefined ? undefined : redact(text),
      }
      const timeout = AbortSignal.timeout(timeoutMs)
      const signal = abandoned ? AbortSignal.any([timeout, abandoned]) : timeout
      const start = performance.now()
      try {
        const answer = await exchangeFresh(url, request, text, signal)
        return { request: shown, answer, problem: undefined, ms: msSince(start) }
      } catch (error) {
        return {
          request: shown,
          answer: undefined,
          problem: problemOf(error, url, signal),
          ms: msSince(start),
        }
      }
    },
    close: () => agent.destroy(),
  }
}
