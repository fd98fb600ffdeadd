import { parseDateTime } from './date-time.ts'
import type { Field } from './model/field.ts'
import { comparisonKey } from './text/fold.ts'
import type { JsonObject, JsonValue } from './json/json.ts'

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
  return sub === undefined ? String(value) : scalarKey(sub, value)
}

/** The key by which two values of a simple attribute are the same one, as filters see them. */
export function scalarKey({ attribute }: Field, value: JsonValue): string {
  if (typeof value !== 'string') return JSON.stringify(value)
  const instant = attribute.type === 'dateTime' ? parseDateTime(value, { zone: 'utc' }) : undefined
  return instant === undefined ? comparisonKey(attribute, value) : String(instant)
}

/** The same text for equal elements, however their sub-attributes are ordered. */
export function wholeKey(element: JsonObject): string {
  const names = Object.keys(element).toSorted()
  return JSON.stringify(names.map((name) => [name, element[name]]))
}
