import { requestPhrase } from '../../contract/request-phrase.ts'
import type { Request } from '../../contract/requests.ts'
import { capitalized } from './capitalized.ts'
import { isolated } from './isolated.ts'

/** The phrase of a request as the beginning of a line. */
export function requestText({ classification, subject }: Request): string {
  return capitalized(requestPhrase(classification, subject === null ? null : isolated(subject)))
}

/** What a status means. */
export function statusMeaning(status: number): 'ok' | 'attention' | 'failure' | 'neutral' {
  if (status === 0) return 'neutral'
  if (status < 400) return 'ok'
  return status < 500 ? 'attention' : 'failure'
}

/** Whether it was read as a request: then it has a method, and can be sent again. */
export function isRead({ method }: Pick<Request, 'method'>): boolean {
  return method !== ''
}

/** Whether it was answered with a failure, or not at all; a gap of the log was not. */
export function hasFailed({ status, lost }: Pick<Request, 'status' | 'lost'>): boolean {
  return status >= 400 || (status === 0 && lost === null)
}

/** The row as a sentence. */
export function requestSentence(request: Request, time: string): string {
  const method = isRead(request) ? `, ${request.method}` : ''
  return `${time}: ${requestText(request)}${method}, ${request.status === 0 ? 'not answered' : `answered with ${request.status}`}`
}
