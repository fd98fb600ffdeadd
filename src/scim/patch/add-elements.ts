import type { Field } from '../model/field.ts'
import type { JsonObject } from '../json/json.ts'
import { withOtherPrimariesFalse } from '../normalize/tidy-elements.ts'
import { identityOf, typeKey, valueKey } from '../element-identity.ts'

/**
 * Appends elements. One that is there already, by value and type, is completed by what the added one says besides,
 * and stays in its place; an added primary takes that from all others (RFC 7644 §3.5.2).
 */
export function addElements(
  field: Field,
  existing: readonly JsonObject[],
  added: readonly JsonObject[],
): readonly JsonObject[] {
  const places = new Map<string, number>()
  const placesByValue = new Map<string, number>()
  const result = [...existing]
  const enter = (element: JsonObject, index: number) => {
    const identity = identityOf(field, element)
    if (!places.has(identity)) places.set(identity, index)
    const value = valueKey(field, element)
    if (value !== undefined && !placesByValue.has(value)) placesByValue.set(value, index)
  }
  for (const [index, element] of existing.entries()) enter(element, index)
  let primary: number | undefined
  for (const element of added) {
    const value = typeKey(field, element) === undefined ? valueKey(field, element) : undefined
    const place = places.get(identityOf(field, element)) ?? (value === undefined ? undefined : placesByValue.get(value))
    const index = place ?? result.length
    result[index] = place === undefined ? element : { ...result[place], ...element }
    if (place === undefined) enter(element, index)
    if (element['primary'] === true) primary ??= index
  }
  return primary === undefined ? result : withOtherPrimariesFalse(result, primary)
}
