import type { IncomingMessage } from 'node:http'
import { createTrace } from '../../scim/note.ts'
import type { Exchange } from '../journal/exchange.ts'
import type { BrokenRequest } from './http/broken-http.ts'
import type { Reply } from './reply.ts'
import type { RequestContext } from './request-context.ts'
import { answeredText } from './standing-notes.ts'

/** Headers as lines, with what would let a reader in left out before it goes anywhere. */
function headerLines(request: IncomingMessage): string {
  const raw = request.rawHeaders
  let lines = ''
  for (let n = 0; n + 1 < raw.length; n += 2) {
    const name = raw[n] ?? ''
    const isSecret = name.length === 13 && name.toLowerCase() === 'authorization'
    lines += `${n === 0 ? '' : '\n'}${name}: ${isSecret ? '[redacted]' : raw[n + 1]}`
  }
  return lines
}

function responseHeaderLines(headers: Readonly<Record<string, string | number>>): string {
  let lines = ''
  for (const name in headers) lines += `${lines === '' ? '' : '\n'}${name}: ${headers[name]}`
  return lines
}

/** The finished exchange in the journal's form. */
export function captureExchange(
  context: RequestContext,
  reply: Reply,
  headers: Readonly<Record<string, string | number>>,
): Exchange {
  const { request, integration } = context
  return {
    requestId: context.id,
    at: context.now,
    durationMicros: Math.round((performance.now() - context.arrival) * 1000),
    integrationId: integration?.id,
    integrationSlug: integration?.slug,
    remoteAddress: context.connection.remoteAddress,
    method: request.method ?? '',
    target: request.url ?? '',
    endpoint: context.endpoint,
    resourceId: reply.resourceId ?? context.resourceId,
    status: reply.status,
    requestHeaders: headerLines(request),
    requestBody: context.body,
    responseHeaders: responseHeaderLines(headers),
    responseBody: reply.large ? reply.large.beginning : reply.body,
    wholeResponse: reply.large?.length,
    matched: reply.matched,
    trace: context.trace.text(),
  }
}

/** What never became a request, in the journal's form. */
export function captureBroken(
  { code, status, method, target, seen, answer }: BrokenRequest,
  at: { readonly requestId: string; readonly at: number; readonly remoteAddress: string },
): Exchange {
  const trace = createTrace()
  trace.add({ step: 'parse', code, ...(seen === undefined ? {} : { seen }) })
  if (status !== 0) trace.addText(answeredText(status))
  return {
    ...at,
    durationMicros: 0,
    integrationId: undefined,
    integrationSlug: undefined,
    method,
    target,
    endpoint: undefined,
    resourceId: undefined,
    status,
    requestHeaders: '',
    requestBody: undefined,
    responseHeaders: '',
    responseBody: answer,
    matched: undefined,
    trace: trace.text(),
  }
}
