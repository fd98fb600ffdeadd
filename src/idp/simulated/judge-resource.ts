import { describeAnswer, idOf, isSameName, member, nameOf, valueAt } from './answer-content.ts'
import type { TroubleCode } from './trouble.ts'
import type { SeenAnswer, Trouble } from './turn.ts'

function codeOf(answer: SeenAnswer): TroubleCode {
  const { status } = answer
  if (status >= 300 && status < 400) return 'redirected'
  if (status === 401 || status === 403) return 'unauthorised'
  if (status === 404 || status === 410) return 'gone'
  if (status === 405 || status === 501) return 'unsupported'
  if (status === 409 || status === 412) return 'conflict'
  if (status === 429) return 'throttled'
  if (status >= 500) return 'failing'
  return status >= 400 ? 'rejected' : 'unexpected-status'
}

/** A redirect and a page say more about what answers than any status that was hoped for. */
function isPage(answer: SeenAnswer): boolean {
  return answer.body === undefined && answer.text.trim() !== ''
}

/** Trouble with an answer that has none of the statuses wanted, or that is no JSON. */
export function refusal(answer: SeenAnswer, ...wanted: readonly number[]): Trouble | undefined {
  if (isPage(answer)) return { code: 'not-scim', seen: describeAnswer(answer) }
  return wanted.includes(answer.status) ? undefined : { code: codeOf(answer), seen: describeAnswer(answer) }
}

/** An answer to a create: 201, with an id, about the one who was sent. */
export function isCreated(name: string) {
  return (answer: SeenAnswer): Trouble | undefined => {
    const wrong = refusal(answer, 201)
    if (wrong) return wrong
    const given = nameOf(answer.body)
    if (given !== undefined && !isSameName(given, name))
      return { code: 'somebody-else', seen: `201 with ${given}, while ${name} was sent` }
    return idOf(answer) === undefined ? { code: 'no-id', seen: '201 without an id in the body' } : undefined
  }
}

export function isUpdated(answer: SeenAnswer): Trouble | undefined {
  return refusal(answer, 200, 204)
}

/** What an attribute is expected to be: a path of names, and the value. */
export interface Expected {
  readonly path: readonly string[]
  readonly value: string
  /** Whether the letter case is the endpoint's own affair. */
  readonly ignoresCase?: boolean
}

/** A read-back that has to show what was sent. */
export function shows(...expected: readonly Expected[]) {
  return (answer: SeenAnswer): Trouble | undefined => {
    const wrong = refusal(answer, 200)
    if (wrong) return wrong
    for (const { path, value, ignoresCase } of expected) {
      const found = valueAt(answer.body, path)
      const isSame = ignoresCase
        ? typeof found === 'string' && found.toLowerCase() === value.toLowerCase()
        : found === value
      if (!isSame)
        return {
          code: 'change-not-shown',
          seen: `${path.join('.')} is ${JSON.stringify(found) ?? 'absent'} in place of ${JSON.stringify(value)}`,
        }
    }
    return undefined
  }
}

/** A read-back after a disable or a restore. */
export function showsActive(isActive: boolean) {
  return (answer: SeenAnswer): Trouble | undefined => {
    const wrong = refusal(answer, 200)
    if (wrong) return wrong
    const active = member(answer.body, 'active')
    if (active === isActive) return undefined
    return {
      code: isActive ? 'still-inactive' : 'still-active',
      seen: `active is ${JSON.stringify(active) ?? 'absent'}`,
    }
  }
}

/** A read of what was deleted. */
export function isGone(answer: SeenAnswer): Trouble | undefined {
  if (answer.status === 404) return undefined
  return answer.status === 200
    ? { code: 'still-there', seen: describeAnswer({ ...answer, text: '', body: {} }) }
    : refusal(answer, 404)
}
