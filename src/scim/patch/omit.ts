import type { JsonObject, JsonValue } from '../json/json.ts'

/** The object without a key. A copy, because `delete` would turn it into a slow dictionary. */
export function omit(object: JsonObject, name: string): JsonObject {
  const rest: Record<string, JsonValue | undefined> = {}
  for (const key of Object.keys(object)) if (key !== name) rest[key] = object[key]
  return rest
}
