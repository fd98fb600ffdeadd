import { isJsonObject, type JsonObject, type JsonValue } from '../../scim/json/json.ts'
import type { SeenAnswer } from './turn.ts'

const longestSeen = 300

/** The answer in a few words: status, and what it says about itself. */
export function describeAnswer(answer: SeenAnswer): string {
  const { body, text, status, contentType } = answer
  const detail = isJsonObject(body) && typeof body['detail'] === 'string' ? body['detail'] : text
  const line = detail.replaceAll(/\s+/g, ' ').trim()
  const kind = body === undefined && text !== '' ? ` ${contentType || 'without a content type'}` : ''
  return `${status}${kind}${line === '' ? '' : `: ${line.length > longestSeen ? `${line.slice(0, longestSeen)}…` : line}`}`
}

/** A member of an object by its name in any letter case (RFC 7643 §2.1). */
export function member(value: JsonValue | undefined, name: string): JsonValue | undefined {
  if (!isJsonObject(value)) return undefined
  if (Object.hasOwn(value, name)) return value[name]
  const key = Object.keys(value).find((each) => each.toLowerCase() === name.toLowerCase())
  return key === undefined ? undefined : value[key]
}

export function textOf(value: JsonValue | undefined, name: string): string | undefined {
  const found = member(value, name)
  return typeof found === 'string' ? found : undefined
}

export function items(value: JsonValue | undefined): readonly JsonValue[] {
  return Array.isArray(value) ? value : []
}

export function resourcesOf(answer: SeenAnswer): readonly JsonObject[] {
  return items(member(answer.body, 'Resources')).filter(isJsonObject)
}

export function idOf(answer: SeenAnswer): string | undefined {
  const id = textOf(answer.body, 'id')
  return id === '' ? undefined : id
}

/** The userName of a user, the displayName of a group. */
export function nameOf(resource: JsonValue | undefined): string | undefined {
  return textOf(resource, 'userName') ?? textOf(resource, 'displayName')
}

/** Whether two names are of one: letter case and the composition of characters are the endpoint's own affair. */
export function isSameName(one: string, other: string): boolean {
  return one.normalize('NFC').toLowerCase() === other.normalize('NFC').toLowerCase()
}

/** The value at a path of names. In a list, a name means the entry of that type. */
export function valueAt(value: JsonValue | undefined, path: readonly string[]): JsonValue | undefined {
  const [name, ...rest] = path
  if (name === undefined) return value
  if (Array.isArray(value))
    return valueAt(
      value.find((each: JsonValue) => textOf(each, 'type')?.toLowerCase() === name),
      rest,
    )
  return valueAt(member(value, name), rest)
}
