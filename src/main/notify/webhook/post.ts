import { request as requestHttp, type IncomingMessage, type RequestOptions } from 'node:http'
import { request as requestHttps } from 'node:https'
import { hostOf } from './webhook-url.ts'
import type { ResolvedAddress } from './resolve-target.ts'

/** What is read of an answer; the rest is of no interest. */
const longestAnswer = 16 * 1024

export interface Posted {
  readonly status: number
  /** The beginning of the answer, for whoever asks why. */
  readonly body: string
}

function readSome(response: IncomingMessage): Promise<string> {
  return new Promise((resolve) => {
    let body = ''
    const end = () => resolve(body)
    response.setEncoding('utf8')
    response.on('data', (chunk: string) => {
      body += chunk
      if (body.length < longestAnswer) return
      body = body.slice(0, longestAnswer)
      response.destroy()
      end()
    })
    response.once('end', end)
    response.once('close', end)
    response.once('error', end)
  })
}

/**
 * Posts a body to a URL over a connection of its own to an address that was looked up before. Redirects are not followed. Rejects when no answer
 * comes; `signal` ends the attempt.
 */
export function post(
  url: URL,
  address: ResolvedAddress,
  body: string,
  headers: Readonly<Record<string, string>>,
  signal: AbortSignal,
): Promise<Posted> {
  const host = hostOf(url)
  const options: RequestOptions = {
    method: 'POST',
    host,
    port: url.port === '' ? undefined : Number(url.port),
    path: `${url.pathname}${url.search}`,
    headers: { ...headers, 'content-length': String(Buffer.byteLength(body)) },
    agent: false,
    signal,
    lookup: (_host, { all }, done) => {
      if (all === true) done(null, [{ address: address.address, family: address.family }])
      else done(null, address.address, address.family)
    },
  }
  return new Promise((resolve, reject) => {
    const take = (response: IncomingMessage) => {
      readSome(response).then((text) => resolve({ status: response.statusCode ?? 0, body: text }), reject)
    }
    const request = url.protocol === 'https:' ? requestHttps(options, take) : requestHttp(options, take)
    request.once('error', reject)
    request.end(body)
  })
}
