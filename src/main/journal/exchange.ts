/** One finished request with its answer, as the endpoint hands it to the journal. */
export interface Exchange {
  /** The `X-Request-Id` of the answer. */
  readonly requestId: string
  /** Arrival, in ms since the epoch. */
  readonly at: number
  readonly durationMicros: number
  /** Undefined when the request was not authenticated. */
  readonly integrationId: number | undefined
  readonly integrationSlug: string | undefined
  readonly remoteAddress: string
  readonly method: string
  /** Path and query as received. */
  readonly target: string
  /** `Users`, `Groups`, `Schemas`, `Bulk`, `Me`, `.search` … or undefined when no route was found. */
  readonly endpoint: string | undefined
  readonly resourceId: string | undefined
  readonly status: number
  /** `name: value` lines joined by `\n`, the value of Authorization already replaced by `[redacted]`. */
  readonly requestHeaders: string
  readonly requestBody: string | undefined
  readonly responseHeaders: string
  readonly responseBody: string | undefined
  /** How long the response body is, in bytes, where `responseBody` is only the beginning of it. */
  readonly wholeResponse?: number | undefined
  /** How many resources a list or lookup matched (`totalResults`). */
  readonly matched: number | undefined
  /** JSON text of the `Note[]` that led to the answer (src/scim/note.ts). */
  readonly trace: string
}

/** Stands for the remote address of a request that a person sent again from the console: it is none of the IdP's. */
export const consoleAddress = 'console'
