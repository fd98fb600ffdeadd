import type { Explanation } from '../../../contract/request-detail.ts'
import { explainAnswer } from '../../../idp/error-explanations.ts'
import { idpIds } from '../../../idp/idp.ts'

interface ToldAnswer {
  readonly status: number
  readonly scimType: string | undefined
  readonly codes: readonly string[]
  /** The journal's word for what was asked. */
  readonly endpoint: string | null | undefined
  readonly method: string
  /** As an integration or a trait names it. */
  readonly idp: string | null | undefined
}

/** What a failed answer means, and what to do next; null for one that did not fail. */
export function explanationOf({ status, scimType, codes, endpoint, method, idp }: ToldAnswer): Explanation | null {
  const explained = explainAnswer({
    status,
    scimType,
    codes,
    endpoint,
    method,
    idp: idpIds.find((each) => each === idp),
  })
  if (!explained) return null
  const { id, title, meaning, nextStep, reaction } = explained
  return { id, title, meaning, nextStep, reaction: reaction ?? null }
}
