import { describeAnswer, member, resourcesOf, textOf, valueAt } from '../../../idp/simulated/answer-content.ts'
import type { JsonValue } from '../../../scim/json/json.ts'
import { amount } from '../../text/amount.ts'
import { errorUrn } from '../../../scim/urn.ts'
import type { Answer } from '../exchange.ts'
import type { Unmet } from './check.ts'

/** A value as it stands in a sentence. */
export function shown(value: JsonValue | undefined): string {
  const text = JSON.stringify(value) ?? 'absent'
  return text.length > 200 ? `${text.slice(0, 200)}…` : text
}

export function hasStatus(answer: Answer, ...statuses: readonly number[]): Unmet | undefined {
  if (statuses.includes(answer.status)) return undefined
  return { expected: `status ${statuses.join(' or ')}`, seen: describeAnswer(answer), answer }
}

/** The value at a path like `name.familyName` or `emails.work.value`, where `work` is the entry of that type. */
export function at(answer: Answer, path: readonly string[]): JsonValue | undefined {
  return valueAt(answer.body, path)
}

export function has(answer: Answer, path: readonly string[], value: JsonValue): Unmet | undefined {
  const found = at(answer, path)
  if (JSON.stringify(found) === JSON.stringify(value)) return undefined
  return {
    expected: `${path.join('.')} is ${shown(value)}`,
    seen: `it is ${shown(found)} (status ${answer.status})`,
    answer,
  }
}

/** The same, where the letter case is the endpoint's own affair. */
export function hasText(answer: Answer, path: readonly string[], text: string): Unmet | undefined {
  const found = at(answer, path)
  if (typeof found === 'string' && found.toLowerCase() === text.toLowerCase()) return undefined
  return {
    expected: `${path.join('.')} is ${shown(text)}`,
    seen: `it is ${shown(found)} (status ${answer.status})`,
    answer,
  }
}

/** Absent, null, empty: RFC 7643 §2.5 takes them for the same. */
function isUnassigned(value: JsonValue | undefined): boolean {
  return value === undefined || value === null || value === '' || (Array.isArray(value) && value.length === 0)
}

export function lacks(answer: Answer, path: readonly string[]): Unmet | undefined {
  const found = at(answer, path)
  return isUnassigned(found) ? undefined : { expected: `no ${path.join('.')}`, seen: `it is ${shown(found)}`, answer }
}

export function holds(isSo: boolean, expected: string, seen: string, answer?: Answer): Unmet | undefined {
  return isSo ? undefined : { expected, seen, ...(answer ? { answer } : {}) }
}

export function isKind(
  answer: Answer,
  path: readonly string[],
  kind: 'string' | 'number' | 'boolean',
): Unmet | undefined {
  const found = at(answer, path)
  return holds(typeof found === kind, `${path.join('.')} is a ${kind}`, `it is ${shown(found)}`, answer)
}

/** An Error message of RFC 7644 §3.12 with a detail for people. */
export function isScimError(answer: Answer): Unmet | undefined {
  const schemas = member(answer.body, 'schemas')
  const status = member(answer.body, 'status')
  const isError = Array.isArray(schemas) && schemas.includes(errorUrn)
  return (
    holds(
      isError,
      `schemas has ${errorUrn}`,
      answer.text === '' ? 'an empty body' : `schemas is ${shown(schemas)}`,
      answer,
    ) ??
    holds((textOf(answer.body, 'detail') ?? '') !== '', 'a detail for people', 'none', answer) ??
    holds(
      status === String(answer.status) || status === answer.status,
      `status is "${answer.status}" in the body too`,
      `it is ${shown(status)}`,
      answer,
    )
  )
}

export function idsOf(answer: Answer): readonly string[] {
  return resourcesOf(answer).map((each) => textOf(each, 'id') ?? '')
}

/** A list of exactly these, in any order. */
export function listsExactly(answer: Answer, ...ids: readonly string[]): Unmet | undefined {
  const found = idsOf(answer)
  const isSame = found.length === ids.length && ids.every((each) => found.includes(each))
  return (
    hasStatus(answer, 200) ??
    holds(
      isSame,
      ids.length === 1 ? 'exactly the one who is meant' : `exactly ${amount(ids.length, 'resource')}`,
      `${amount(found.length, 'resource')}, ${ids.filter((each) => found.includes(each)).length} of them meant`,
      answer,
    ) ??
    has(answer, ['totalResults'], ids.length)
  )
}
