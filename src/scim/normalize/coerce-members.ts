import { checkText } from './coerce-scalar.ts'
import { itemsOf, noteDuplicates } from './coerce-scalars.ts'
import { tolerate } from './lenience.ts'
import { invalidValue } from '../error.ts'
import type { Field } from '../model/field.ts'
import { inAnyCase } from '../json/in-any-case.ts'
import { isJsonObject, type JsonObject } from '../json/json.ts'
import { readJsonText } from '../json/json-text.ts'
import type { Notes } from '../note.ts'
import { referencedId } from './referenced-id.ts'

/**
 * Coerces the members of a group to `{value, type?}`: `display` and `$ref` are worked out by the server from the id,
 * so what a client sends for them is not kept. Elements may be bare ids, or lead to a member by `$ref` alone. Made for lists of 100,000.
 */
export function coerceMembers(field: Field, input: unknown, notes: Notes): readonly JsonObject[] | undefined {
  const members = new Map<string, JsonObject>()
  let given = 0
  for (const item of itemsOf(field, input, notes)) {
    if (item === null || item === '') continue
    given++
    const member = coerceMember(field, item, notes)
    if (!members.has(member.value)) members.set(member.value, member)
  }
  if (members.size < given) noteDuplicates(field, given - members.size, notes)
  return members.size === 0 ? undefined : [...members.values()]
}

interface Member {
  readonly [key: string]: string
  readonly value: string
}

function coerceMember(field: Field, item: unknown, notes: Notes): Member {
  if (typeof item === 'string' || typeof item === 'number') {
    const held = readJsonText(item)
    if (isJsonObject(held)) {
      tolerate(notes, 'json-text', field.path, item)
      return coerceMember(field, held, notes)
    }
    const value = memberId(field, item)
    tolerate(notes, 'bare-value', field.path, item)
    return { value }
  }
  if (!isJsonObject(item)) throw invalidValue(`An element of "${field.path}" must be an object with a "value".`)
  const value = memberId(field, inAnyCase(item, 'value') ?? referencedId(inAnyCase(item, '$ref')))
  const type = inAnyCase(item, 'type')
  if (type === undefined || type === null || type === '') return { value }
  if (typeof type !== 'string') throw invalidValue(`"${field.path}.type" must be text.`)
  return { value, type: checkText(field, type) }
}

function memberId(field: Field, value: unknown): string {
  const text = typeof value === 'number' ? String(value) : value
  if (typeof text !== 'string' || text === '') {
    throw invalidValue(`Each element of "${field.path}" needs a "value": the id of the member.`)
  }
  return checkText(field, text)
}
