import { isJsonObject, type JsonObject, type JsonValue } from './json/json.ts'

/**
 * Whether two values of a resource are the same: the order of keys does not matter, a key whose value is undefined is
 * absent. The order of array elements does count, so only what keeps it may call a change none.
 * For resources that went through a schema: those are never nested deeper than four levels.
 */
export function sameResource(one: JsonValue | undefined, other: JsonValue | undefined): boolean {
  if (one === other) return true
  if (typeof one !== 'object' || typeof other !== 'object' || one === null || other === null) return false
  if (isJsonObject(one)) return isJsonObject(other) && sameObject(one, other)
  return !isJsonObject(other) && sameArray(one, other)
}

function sameArray(one: readonly JsonValue[], other: readonly JsonValue[]): boolean {
  if (one.length !== other.length) return false
  for (let index = 0; index < one.length; index++) if (!sameResource(one[index], other[index])) return false
  return true
}

function sameObject(one: JsonObject, other: JsonObject): boolean {
  let present = 0
  for (const key of Object.keys(one)) {
    const value = one[key]
    if (value === undefined) continue
    present++
    if (!Object.hasOwn(other, key) || !sameResource(value, other[key])) return false
  }
  for (const key of Object.keys(other)) if (other[key] !== undefined) present--
  return present === 0
}
