import { coerceScalar } from './coerce-scalar.ts'
import { coerceScalars } from './coerce-scalars.ts'
import { tolerate, ignoreReadOnly, ignoreUnknown, tolerateRepeated } from './lenience.ts'
import { invalidValue } from '../error.ts'
import { findField, type Field } from '../model/field.ts'
import { inAnyCase } from '../json/in-any-case.ts'
import { isJsonObject, type JsonObject, type JsonValue } from '../json/json.ts'
import { readJsonText } from '../json/json-text.ts'
import type { Notes } from '../note.ts'
import { referencedId } from './referenced-id.ts'

/** Coerces an object to a complex value with canonical sub-attribute names; undefined when nothing of it remains. */
export function coerceComplex(field: Field, input: JsonObject, notes: Notes): JsonObject | undefined {
  const result: Record<string, JsonValue> = {}
  let isEmpty = true
  for (const key of Object.keys(input)) {
    const given = input[key]
    const sub = findField(field.fields, key) ?? subAttributeMeant(field, key, given, notes)
    if (sub === undefined) continue
    const value = coerceSub(sub, given, notes)
    if (value === undefined) continue
    if (Object.hasOwn(result, sub.attribute.name)) tolerateRepeated(notes, sub.path)
    result[sub.attribute.name] = value
    isEmpty = false
  }
  if (isEmpty) return undefined
  const id = field.attribute.multiValued ? undefined : idOfReference(field, input, result)
  return id === undefined ? result : { value: id, ...result }
}

/** A manager may come by its URI alone (RFC 7643 §4.3), and is looked for by its id. */
function idOfReference({ value }: Field, input: JsonObject, given: JsonObject): string | undefined {
  return value === undefined || inAnyCase(input, 'value') !== undefined ? undefined : referencedId(given['$ref'])
}

/** Coerces the value of a sub-attribute inside its object; a read-only one is ignored with a note. */
function coerceSub(sub: Field, input: unknown, notes: Notes): JsonValue | undefined {
  if (sub.attribute.mutability === 'readOnly') {
    if (input !== null && input !== '') ignoreReadOnly(notes, sub.path)
    return undefined
  }
  return sub.attribute.multiValued ? coerceScalars(sub, input, notes) : coerceScalar(sub, input, notes)
}

/**
 * OneLogin's template gives a manager as `{managerId, displayName}`, and Entra's roles have `displayName` for `display`;
 * any other unknown name is ignored with a note.
 */
function subAttributeMeant(field: Field, key: string, input: unknown, notes: Notes): Field | undefined {
  const display = field.attribute.multiValued && key === 'displayName' ? field.fields.get('display') : undefined
  if (display !== undefined) {
    tolerate(notes, 'display-name-key', `${field.path}.${key}`, input)
    return display
  }
  if (!field.attribute.multiValued && key.toLowerCase() === `${field.attribute.name.toLowerCase()}id`) {
    if (field.value !== undefined) tolerate(notes, 'manager-id-key', `${field.path}.${key}`, input)
    return field.value
  }
  if (input !== null) ignoreUnknown(notes, `${field.path}.${key}`)
  return undefined
}

/**
 * Coerces one element of a multi-valued complex attribute: an object, or the bare value of one. Either may be JSON
 * text that holds the whole element, as Entra's AppRoleAssignmentsComplex and SingleAppRoleAssignment mappings write it.
 */
export function coerceElement(field: Field, input: unknown, notes: Notes): JsonObject | undefined {
  if (isJsonObject(input)) {
    const element = coerceComplex(field, input, notes)
    const inner = element && elementInText(field, element['value'], notes)
    if (inner === undefined) return element
    tolerate(notes, 'json-text', `${field.path}.value`, element?.['value'], inner['value'])
    return { ...element, ...inner }
  }
  const inner = elementInText(field, input, notes)
  if (inner !== undefined) {
    tolerate(notes, 'json-text', field.path, input, inner['value'])
    return inner
  }
  if (typeof input === 'boolean') throw invalidValue(`"${field.path}" must be objects with their sub-attributes.`)
  // An address has no `value`: a text given for one is the address as printed.
  const target = field.value ?? field.fields.get('formatted') ?? field
  const value = coerceScalar(target, input, notes)
  if (value === undefined) return undefined
  tolerate(notes, 'bare-value', field.path, input)
  return { [target.attribute.name]: value }
}

/** The element that a JSON text holds; undefined for text that is none, which is then kept verbatim. */
export function elementInText(field: Field, text: unknown, notes: Notes): JsonObject | undefined {
  const parsed = readJsonText(text)
  if (!isJsonObject(parsed)) return undefined
  const given = Object.entries(parsed).flatMap(([key, value]) => {
    const sub = findField(field.fields, key === 'displayName' ? 'display' : key)
    const isSaid = value !== null && value !== '' && typeof value !== 'object'
    return sub !== undefined && sub.attribute.mutability !== 'readOnly' && isSaid ? [{ sub, value }] : []
  })
  const isElement = field.value === undefined ? given.length > 0 : given.some(({ sub }) => sub === field.value)
  if (!isElement) return undefined
  const result: Record<string, JsonValue> = {}
  for (const { sub, value } of given) {
    const coerced = coerceScalar(sub, value, notes)
    if (coerced !== undefined) result[sub.attribute.name] = coerced
  }
  return result
}
