import type { JsonObject, JsonValue } from '../../scim/json/json.ts'
import type { TroubleCode } from './trouble.ts'

/** A request as an identity provider sends it; the token is added by whoever sends it. */
export interface SentRequest {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  /** Relative to the SCIM URL, with the query. */
  readonly path: string
  readonly headers: Readonly<Record<string, string>>
  readonly body?: JsonObject
}

export interface SeenAnswer {
  readonly status: number
  readonly contentType: string
  /** Undefined for none and for what is not JSON. */
  readonly body: JsonValue | undefined
  readonly text: string
}

/** What an answer lacks. */
export interface Trouble {
  readonly code: TroubleCode
  /** What came back, in a few words. */
  readonly seen: string
}

export type ResourceEndpoint = '/Users' | '/Groups'

/** One request with what is expected of its answer. */
export interface Turn {
  /** What it is about, as the table of kinds names it. */
  readonly kind: string
  readonly request: SentRequest
  judge(answer: SeenAnswer): Trouble | undefined
  /** What stands at the endpoint once this has been answered with 201. */
  readonly creates?: { readonly endpoint: ResourceEndpoint; readonly name: string }
  /** The id that is proved gone when this is answered with 404. */
  readonly provesGone?: string
}

/** What is sent about one subject, one request after another: each next one follows from the answers so far. */
export type Conversation = Generator<Turn, void, SeenAnswer>
