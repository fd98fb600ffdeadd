import type { Request } from '../../contract/requests.ts'

/** "Disable user ana@example.com": what a request was about, and about whom. */
export function requestText({ classification, subject }: Request): string {
  const what = classification.charAt(0).toUpperCase() + classification.slice(1)
  if (subject === null) return what
  if (classification.startsWith('refused:')) return `${what} (${subject})`
  // "Match lookup (no match)": the name belongs before the remark.
  const remark = what.indexOf(' (')
  return remark < 0 ? `${what} ${subject}` : `${what.slice(0, remark)} ${subject}${what.slice(remark)}`
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
