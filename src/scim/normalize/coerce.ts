import { tolerate } from './lenience.ts'
import { coerceComplex } from './coerce-complex.ts'
import { coerceList } from './coerce-list.ts'
import { coerceScalar } from './coerce-scalar.ts'
import { invalidValue } from '../error.ts'
import type { Field } from '../model/field.ts'
import { isJsonObject, type JsonObject, type JsonValue } from '../json/json.ts'
import { readJsonText } from '../json/json-text.ts'
import type { Notes } from '../note.ts'

/**
 * Coerces one value to the type of its attribute. Returns undefined for what SCIM holds for unassigned:
 * null, an empty array (RFC 7643 §2.5), and also "" and {}, with which IdPs clear an attribute.
 * Forms that only IdPs know are accepted with a note, or refused with invalidValue when `notes.strict`.
 */
export function coerce(field: Field, input: unknown, notes: Notes): JsonValue | undefined {
  if (field.attribute.multiValued) return coerceList(field, input, notes)
  if (field.attribute.type === 'complex') return coerceSingleComplex(field, input, notes)
  return coerceSingle(field, input, notes)
}

/** Coerces a simple value, which old clients wrap: `[{"$ref":null,"value":"x"}]`, `{"value":"x"}`, `["x"]`. */
export function coerceSingle(field: Field, input: unknown, notes: Notes): JsonValue | undefined {
  if (typeof input !== 'object' || input === null) return coerceScalar(field, input, notes)
  const element = onlyElement(field, input)
  const inner = isJsonObject(element) ? valueOf(field, element) : element
  if (inner === undefined) return undefined
  if (typeof inner === 'object' && inner !== null) throw invalidValue(`"${field.path}" must be a single value.`)
  const value = coerceScalar(field, inner, notes)
  tolerate(notes, 'wrapped-scalar', field.path, input, value)
  return value
}

function coerceSingleComplex(field: Field, input: unknown, notes: Notes): JsonObject | undefined {
  const element = Array.isArray(input) ? onlyElement(field, input) : input
  if (element === undefined || element === null || element === '') return undefined
  if (Array.isArray(input)) tolerate(notes, 'array-for-single', field.path, input)
  if (isJsonObject(element)) return coerceComplex(field, element, notes)
  const held = onlyElement(field, readJsonText(element))
  if (isJsonObject(held)) {
    tolerate(notes, 'json-text', field.path, element)
    return coerceComplex(field, held, notes)
  }
  if (field.value === undefined || typeof element === 'object') {
    throw invalidValue(`"${field.path}" must be an object with its sub-attributes.`)
  }
  const value = coerceScalar(field.value, element, notes)
  tolerate(notes, 'string-for-complex', field.path, element)
  return value === undefined ? undefined : { value }
}

/** The one element of an array, anything else as it is; undefined when empty. */
function onlyElement(field: Field, input: unknown): unknown {
  if (!Array.isArray(input)) return input
  const items: readonly unknown[] = input
  if (items.length > 1) throw invalidValue(`"${field.path}" takes one value; got ${items.length}.`)
  return items[0]
}

function valueOf(field: Field, element: JsonObject): unknown {
  const keys = Object.keys(element)
  if (keys.length === 0) return undefined
  const key = keys.find((each) => each === 'value') ?? keys.find((each) => each.toLowerCase() === 'value')
  if (key === undefined) throw invalidValue(`"${field.path}" must be a single value; got an object.`)
  return element[key] ?? undefined
}
