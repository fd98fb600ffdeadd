import type { RequestContent } from '../../../../contract/request-detail.ts'
import type { Request } from '../../../../contract/requests.ts'
import { isRead, requestText } from '../../../components/text/request-text.ts'
import { durationText } from '../../../components/text/time-text.ts'

type Bodies = { readonly request: string | undefined; readonly response: string | undefined }

/** The whole exchange as it went over the wire, but for what was left out before it was stored. */
export function exchangeText(request: Request, content: RequestContent, bodies: Bodies): string {
  const headers = (list: RequestContent['requestHeaders']) => list.map(({ name, value }) => `${name}: ${value}`)
  return [
    isRead(request) ? `${request.method} ${request.target} HTTP/1.1` : '(no request that could be read)',
    ...headers(content.requestHeaders),
    '',
    ...(bodies.request === undefined || bodies.request === '' ? [] : [bodies.request, '']),
    request.status === 0 ? '(no answer)' : `HTTP/1.1 ${request.status}`,
    ...headers(content.responseHeaders),
    '',
    ...(bodies.response === undefined ? [] : [bodies.response]),
  ].join('\n')
}

/** Why it was answered so, in the shortest form: the first thing that failed. */
export function reasonOf(content: RequestContent | null): string | undefined {
  return content?.trace.find(({ kind, code }) => kind === 'failed' && code !== 'answered')?.sentence
}

/** One line that says all, to be pasted into a ticket. Texts from the wire lose their line breaks. */
export function summaryLine(request: Request, reason: string | undefined): string {
  const { at, method, target, status, durationMicros, sender, certainty, integration, requestId, id } = request
  const { remoteAddress } = request
  const who = sender === null ? undefined : `${sender}${certainty === null ? '' : ` (${certainty})`}`
  const what = isRead(request) ? `${method} ${target}` : `from ${remoteAddress || 'an unknown address'}`
  const answer = status === 0 ? 'no answer' : `${status} in ${durationText(durationMicros)}`
  return [
    `${new Date(at).toISOString()} ${what} → ${answer}`,
    requestText(request),
    [who, integration === null ? 'not let in' : `integration ${integration}`].filter(Boolean).join(', '),
    `X-Request-Id ${requestId}`,
    `Rollcall request ${id}`,
    ...(reason === undefined ? [] : [reason]),
  ]
    .map((part) => part.replaceAll(/\s+/g, ' ').trim())
    .join(' · ')
}
