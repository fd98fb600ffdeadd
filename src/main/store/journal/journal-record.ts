/** What became of the payload on its way to the file; bits of `exchanges.flags`. */
export const journalFlags = {
  requestCut: 1,
  responseCut: 2,
  bodiesDropped: 4,
  redacted: 8,
  requestWithheld: 16,
  responseWithheld: 32,
} as const

/** The part of an exchange that stands compressed in a block. */
export interface JournalPayload {
  readonly requestHeaders: string
  readonly requestBody: string | undefined
  readonly responseHeaders: string
  readonly responseBody: string | undefined
  /** JSON text of the `Note[]`. */
  readonly trace: string
  /** The sentence that says why this IdP was told. */
  readonly idpBecause: string | undefined
}

/** One exchange as it is stored: redacted and classified. */
export interface JournalRecord extends JournalPayload {
  readonly at: number
  readonly durationMicros: number
  readonly status: number
  readonly method: string
  readonly target: string
  readonly endpoint: string | undefined
  readonly resourceId: string | undefined
  readonly integrationId: number | undefined
  readonly integrationSlug: string | undefined
  readonly classification: string
  readonly matched: number | undefined
  readonly idp: string | undefined
  readonly certainty: string | undefined
  readonly requestId: string
  readonly remoteAddress: string
  /** Full sizes in bytes, also where the body was cut or dropped. */
  readonly requestBytes: number
  readonly responseBytes: number
  readonly flags: number
  /** The name in a creation that failed, so that there is nobody whose id could tell it. */
  readonly subject: string | undefined
  /** Only on a gap: how many exchanges were not recorded. */
  readonly lost: number | undefined
}
