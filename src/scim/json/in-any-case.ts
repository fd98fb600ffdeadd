import type { JsonObject, JsonValue } from './json.ts'

/** The value of a key in whatever letter case the client wrote it (RFC 7643 §2.1); as named, it goes before the others. */
export function inAnyCase(object: JsonObject, name: string): JsonValue | undefined {
  if (Object.hasOwn(object, name)) return object[name]
  const lower = name.toLowerCase()
  for (const key of Object.keys(object))
    if (key.length === name.length && key.toLowerCase() === lower) return object[key]
  return undefined
}
