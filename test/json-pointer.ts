import type { JsonValue } from '../src/scim/json/json.ts'
import { isJsonObject } from '../src/scim/json/json.ts'

/** Reads a JSON Pointer (RFC 6901). Keys with dots and colons are literal; `~1` and `~0` are `/` and `~`. */
export function at(value: JsonValue | undefined, pointer: string): JsonValue | undefined {
  let current = value
  for (const segment of pointer.split('/').slice(1)) {
    const key = segment.replaceAll('~1', '/').replaceAll('~0', '~')
    if (Array.isArray(current)) current = current[Number(key)]
    else if (isJsonObject(current) && Object.hasOwn(current, key)) current = current[key]
    else return undefined
  }
  return current
}
