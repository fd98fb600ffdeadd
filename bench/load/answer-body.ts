import type { Answer } from './connection.ts'

const ID = Buffer.from('"id":"')
const QUOTE = 34

/** The parsed body, or undefined where it is not JSON. */
export function parseBody(answer: Answer): unknown {
  try {
    return JSON.parse(answer.body.toString('utf8'))
  } catch {
    return undefined
  }
}

/** A member of a parsed body; undefined where the value is no object or has no such member. */
export function memberOf(value: unknown, name: string): unknown {
  if (typeof value !== 'object' || value === null || !Object.hasOwn(value, name)) return undefined
  return Object.getOwnPropertyDescriptor(value, name)?.value
}

export function listOf(value: unknown, name: string): readonly unknown[] {
  const list = memberOf(value, name)
  return Array.isArray(list) ? list : []
}

/** The resource's id, read without parsing the whole body: a fresh resource's first `"id":"` is its own. */
export function resourceId(answer: Answer): string | undefined {
  const at = answer.body.indexOf(ID)
  if (at >= 0) return answer.body.toString('utf8', at + ID.length, answer.body.indexOf(QUOTE, at + ID.length))
  const id = memberOf(parseBody(answer), 'id')
  return typeof id === 'string' ? id : undefined
}
