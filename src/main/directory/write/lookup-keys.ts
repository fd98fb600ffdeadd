import { isJsonObject, type JsonObject } from '../../../scim/json/json.ts'
import type { LookupPlace } from '../../store/configuration/lookup-indexes.ts'
import { lookupKey } from '../../store/resources/lookup-key.ts'

function valueIn(holder: unknown, name: string): unknown {
  return isJsonObject(holder) ? holder[name] : undefined
}

/** The keys under which an index finds a user, each once. */
export function lookupKeysOf(place: LookupPlace, resource: JsonObject): readonly string[] {
  const holder = place.extension === '' ? resource : resource[place.extension]
  const value = valueIn(holder, place.attribute)
  const elements: readonly unknown[] = Array.isArray(value) ? value : [value]
  const keys = new Set<string>()
  for (const element of elements) {
    const leaf = place.sub_attribute === '' ? element : valueIn(element, place.sub_attribute)
    if (typeof leaf === 'string' || typeof leaf === 'number') keys.add(lookupKey(leaf))
  }
  return [...keys]
}
