import { coerceScalar } from '../normalize/coerce-scalar.ts'
import { findField, type Field } from '../model/field.ts'
import type { Filter } from '../filter/filter.ts'
import type { JsonObject, JsonValue } from '../json/json.ts'
import { createNotes } from '../note.ts'

/**
 * The element that a value filter describes: `type eq "work" and primary eq true` gives `{type: 'work', primary: true}`.
 * Undefined when it holds anything but `eq` terms joined by `and`, so that no element follows from it.
 */
export function seedOf(field: Field, filter: Filter): JsonObject | undefined {
  const seed: Record<string, JsonValue> = {}
  return plant(field, filter, seed) ? seed : undefined
}

function plant(field: Field, filter: Filter, seed: Record<string, JsonValue>): boolean {
  if (filter.kind === 'and') return filter.operands.every((each) => plant(field, each, seed))
  if (filter.kind !== 'compare' || filter.operator !== 'eq' || filter.path.attribute === undefined) return false
  const sub = findField(field.fields, filter.path.attribute.name)
  if (sub === undefined || sub.attribute.mutability === 'readOnly') return false
  // The filter's parser has already left its notes about a boolean given as text.
  const value = coerceScalar(sub, filter.value, createNotes())
  if (value !== undefined) seed[sub.attribute.name] = value
  return true
}
