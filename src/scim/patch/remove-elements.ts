import type { Field } from '../model/field.ts'
import type { JsonObject } from '../json/json.ts'
import { sameResource } from '../resource-equality.ts'
import { typeKey, valueKey } from '../element-identity.ts'
import type { WorkBudget } from './work-budget.ts'

/**
 * Takes away the elements that are listed: by their value, and by type where both sides name one;
 * an entry without a value stands for all elements that have its sub-attributes.
 */
export function removeElements(
  field: Field,
  existing: readonly JsonObject[],
  listed: readonly JsonObject[],
  budget: WorkBudget,
): readonly JsonObject[] {
  const typesByValue = new Map<string, Set<string | undefined>>()
  const partial: JsonObject[] = []
  for (const entry of listed) {
    const value = valueKey(field, entry)
    if (value === undefined) {
      partial.push(entry)
      continue
    }
    const types = typesByValue.get(value) ?? new Set()
    types.add(typeKey(field, entry))
    typesByValue.set(value, types)
  }
  budget.spend(partial.length * existing.length)
  return existing.filter((element) => {
    const types = typesByValue.get(valueKey(field, element) ?? '')
    const type = typeKey(field, element)
    if (types !== undefined && (type === undefined || types.has(undefined) || types.has(type))) return false
    return !partial.some((entry) => hasAllOf(element, entry))
  })
}

function hasAllOf(element: JsonObject, entry: JsonObject): boolean {
  return Object.keys(entry).every((name) => sameResource(element[name], entry[name]))
}
