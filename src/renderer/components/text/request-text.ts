import { bulkOutcome } from '../../../contract/bulk-outcome.ts'
import { requestPhrase } from '../../../contract/request-phrase.ts'
import type { Request } from '../../../contract/requests.ts'
import { numberText } from './amount-text.ts'
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

type Answered = Pick<Request, 'status' | 'classification'>

/** What the answer means. A bulk request is answered with 200 even when operations of it failed: then its operations say it. */
export function answerMeaning({ status, classification }: Answered): 'ok' | 'attention' | 'failure' | 'neutral' {
  const bulk = bulkOutcome(classification)
  if (bulk === undefined || status >= 400) return statusMeaning(status)
  return bulk.failed === bulk.operations ? 'failure' : 'attention'
}

/** What the status of a bulk request does not say: "2 of 5 failed"; undefined where nothing is to be added. */
export function bulkRemark({ status, classification }: Answered): string | undefined {
  const bulk = bulkOutcome(classification)
  return bulk === undefined || status >= 400
    ? undefined
    : `${numberText(bulk.failed)} of ${numberText(bulk.operations)} failed`
}

/** Whether it was read as a request: then it has a method, and can be sent again. */
export function isRead({ method }: Pick<Request, 'method'>): boolean {
  return method !== ''
}

/** Whether it, or an operation of it, was answered with a failure, or not at all; a gap of the log was not. */
export function hasFailed({ status, classification, lost }: Answered & Pick<Request, 'lost'>): boolean {
  return status >= 400 || (status === 0 && lost === null) || bulkOutcome(classification) !== undefined
}

/** The row as a sentence. */
export function requestSentence(request: Request, time: string): string {
  const method = isRead(request) ? `, ${request.method}` : ''
  return `${time}: ${requestText(request)}${method}, ${request.status === 0 ? 'not answered' : `answered with ${request.status}`}`
}
