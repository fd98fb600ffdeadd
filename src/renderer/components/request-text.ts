import { requestPhrase } from '../../contract/request-phrase.ts'
import type { Request } from '../../contract/requests.ts'

/** The phrase of a request as the beginning of a line. */
export function requestText({ classification, subject }: Request): string {
  const phrase = requestPhrase(classification, subject)
  return phrase.charAt(0).toUpperCase() + phrase.slice(1)
}

/** What a status means. */
export function statusMeaning(status: number): 'ok' | 'attention' | 'failure' | 'neutral' {
  if (status === 0) return 'neutral'
  if (status < 400) return 'ok'
  return status < 500 ? 'attention' : 'failure'
}

/** The row as a sentence. */
export function requestSentence(request: Request, time: string): string {
  return `${time}: ${requestText(request)}, ${request.method}, answered with ${request.status}`
}
