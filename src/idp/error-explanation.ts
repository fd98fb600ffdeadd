import type { IdpId } from './idp.ts'

/** An error that a person can meet, in words: what it means, and what to do next. */
export interface ErrorExplanation {
  /** Names it in URLs and tests. */
  readonly id: string
  /** As the person meets it. */
  readonly title: string
  /** One sentence: what happened. */
  readonly meaning: string
  /** One sentence or two: what to do about it. */
  readonly nextStep: string
}

/** An answer of Rollcall. */
export interface AnswerError extends ErrorExplanation {
  readonly status: number
  /** Codes of the trace (`traceKind` = failed) that single it out among the answers of this status. */
  readonly codes?: readonly string[]
  /** The scimType of RFC 7644 §3.12 that singles it out. */
  readonly scimTypes?: readonly string[]
  /** Words of the journal for what was asked, such as `Groups`: it explains answers from there alone. */
  readonly endpoints?: readonly string[]
  /** It explains answers to these methods alone. */
  readonly methods?: readonly string[]
  /** What certain IdPs make of such an answer, a sentence each. */
  readonly idps?: Readonly<Partial<Record<IdpId, string>>>
}

/** Something that an IdP's own portal or log says. */
export interface PortalError extends ErrorExplanation {
  readonly idp: IdpId
  /** Codes and pieces of its messages, by which it is found. */
  readonly words: readonly string[]
}
