import type { IdpId } from './idp.ts'
import { answerErrors } from './answer-errors.ts'
import type { AnswerError, ErrorExplanation } from './error-explanation.ts'

/** What is known of a failed request. */
export interface FailedAnswer {
  readonly status: number
  readonly scimType?: string | undefined
  /** The codes of the trace. */
  readonly codes?: readonly string[]
  /** The journal's word for what was asked: `Users`, `Groups`, `Schemas` … */
  readonly endpoint?: string | null | undefined
  readonly method?: string | undefined
  readonly idp?: IdpId | undefined
}

/** An explanation, and what the IdP that asked makes of the answer where that is known. */
export interface ExplainedAnswer extends ErrorExplanation {
  readonly reaction: string | undefined
}

function score({ codes, scimTypes, endpoints, methods }: AnswerError, answer: FailedAnswer): number {
  if (endpoints !== undefined && !endpoints.includes(answer.endpoint ?? '')) return 0
  if (methods !== undefined && !methods.includes(answer.method ?? '')) return 0
  if (codes?.some((code) => answer.codes?.includes(code) === true) === true) return 3
  if (answer.scimType !== undefined && scimTypes?.includes(answer.scimType) === true) return 2
  return codes === undefined && scimTypes === undefined ? 1 : 0
}

/** Explains a failed answer of ours: by its trace first, then by its scimType, then by where it was asked and its status. Undefined for one that did not fail. */
export function explainAnswer(answer: FailedAnswer): ExplainedAnswer | undefined {
  let best: { readonly error: AnswerError; readonly points: number } | undefined
  for (const error of answerErrors) {
    const points = error.status === answer.status ? score(error, answer) : 0
    if (points > (best?.points ?? 0)) best = { error, points }
  }
  if (best === undefined) return undefined
  const { id, title, meaning, nextStep, idps } = best.error
  return { id, title, meaning, nextStep, reaction: answer.idp && idps?.[answer.idp] }
}
