import type { JsonValue } from '../../scim/json/json.ts'

/** A request that was sent, as it may be shown: the token is replaced in all of it. */
export interface ShownRequest {
  readonly method: string
  /** The whole URL. */
  readonly url: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: string | undefined
}

/** An answer, with the token replaced wherever the endpoint repeats it. */
export interface Answer {
  readonly status: number
  /** By names in lower case. */
  readonly headers: Readonly<Record<string, string>>
  readonly contentType: string
  readonly text: string
  /** Undefined for none and for what is not JSON. */
  readonly body: JsonValue | undefined
}

/** What came of a request. Without an answer there is one sentence that says why, and what to do. */
export interface Exchange {
  readonly request: ShownRequest
  readonly answer: Answer | undefined
  readonly problem: string | undefined
  /** From the first byte sent to the last one received. */
  readonly ms: number
}
