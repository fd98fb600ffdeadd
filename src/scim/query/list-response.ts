import { listResponseUrn } from '../urn.ts'

/** Where a page stands in its list. */
export interface ListResponse {
  readonly totalResults: number
  /** Left out with cursors, where positions mean nothing. */
  readonly startIndex?: number | undefined
  /** Left out on the last page (RFC 9865 §2). */
  readonly nextCursor?: string | undefined
}

const opening = `{"schemas":["${listResponseUrn}"],"totalResults":`

/** What stands in front of so many resources, which are joined by commas, in the JSON text of a ListResponse; `listResponseTail` ends it. */
export function listResponseHead({ totalResults, startIndex, nextCursor }: ListResponse, count: number): string {
  const start = startIndex === undefined ? '' : `,"startIndex":${startIndex}`
  const next = nextCursor === undefined ? '' : `,"nextCursor":${JSON.stringify(nextCursor)}`
  return `${opening}${totalResults}${start},"itemsPerPage":${count}${next},"Resources":[`
}

export const listResponseTail = ']}'

/**
 * The JSON text of a ListResponse (RFC 7644 §3.4.2). Its resources are JSON texts already, so that a page is not parsed and written again.
 * `Resources` is always there: Entra and Okta read an empty list by it.
 */
export function listResponseBody({
  resources,
  ...list
}: ListResponse & { readonly resources: readonly string[] }): string {
  return `${listResponseHead(list, resources.length)}${resources.join(',')}${listResponseTail}`
}
