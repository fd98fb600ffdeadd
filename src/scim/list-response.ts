import { listResponseUrn } from './urn.ts'

export interface ListResponse {
  /** Resources as JSON text already, so that a page is not parsed and written again. */
  readonly resources: readonly string[]
  readonly totalResults: number
  /** Left out with cursors, where positions mean nothing. */
  readonly startIndex?: number | undefined
  /** Left out on the last page (RFC 9865 §2). */
  readonly nextCursor?: string | undefined
}

const opening = `{"schemas":["${listResponseUrn}"],"totalResults":`

/** The JSON text of a ListResponse (RFC 7644 §3.4.2). `Resources` is always there: Entra and Okta read an empty list by it. */
export function listResponseBody(list: ListResponse): string {
  const start = list.startIndex === undefined ? '' : `,"startIndex":${list.startIndex}`
  const next = list.nextCursor === undefined ? '' : `,"nextCursor":${JSON.stringify(list.nextCursor)}`
  const resources = list.resources.join(',')
  return `${opening}${list.totalResults}${start},"itemsPerPage":${list.resources.length}${next},"Resources":[${resources}]}`
}
