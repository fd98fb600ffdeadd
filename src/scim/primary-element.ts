import { isJsonObject, type JsonValue } from './json/json.ts'

/** Whether an element of a multi-valued attribute is marked as the preferred one (RFC 7643 §2.4). */
export function isPrimary(element: JsonValue): boolean {
  return isJsonObject(element) && element['primary'] === true
}
