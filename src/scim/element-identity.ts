import type { Field } from './field.ts'
import { comparisonKey } from './fold.ts'
import type { JsonObject, JsonValue } from './json.ts'

/**
 * The key by which elements of a multi-valued attribute are the same one: value and type (RFC 7643 §2.4), in the letter
 * case that the attribute minds; all sub-attributes for an element without a value, such as an address.
 */
export function identityOf(field: Field, element: JsonObject): string {
  const value = valueKey(field, element)
  return value === undefined ? wholeKey(element) : `${typeKey(field, element) ?? ''}\0${value}`
}

/** The key of an element's value alone. */
export function valueKey(field: Field, element: JsonObject): string | undefined {
  return keyOf(field.value, element['value'])
}

/** The key of an element's type; undefined when it says none. */
export function typeKey(field: Field, element: JsonObject): string | undefined {
  return keyOf(field.fields.get('type'), element['type'])
}

function keyOf(sub: Field | undefined, value: JsonValue | undefined): string | undefined {
  if (value === undefined || value === null || typeof value === 'object') return undefined
  return sub === undefined || typeof value !== 'string' ? String(value) : comparisonKey(sub.attribute, value)
}

/** The same text for equal elements, however their sub-attributes are ordered. */
export function wholeKey(element: JsonObject): string {
  const names = Object.keys(element).toSorted()
  return JSON.stringify(names.map((name) => [name, element[name]]))
}
