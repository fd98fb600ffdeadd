import { findField, type FieldTable } from '../model/field.ts'
import { isJsonObject } from '../json/json.ts'
import { tolerate } from '../normalize/lenience.ts'
import type { Notes } from '../note.ts'

/**
 * The value of an operation without the name that its path has said already: `{"path": "members", "value": {"members": […]}}`, in which form the SCIM
 * SDK of Ping can write a remove. `fields` are those that an object for this path may have; what is one of them is no repeated name.
 */
export function withoutItsName(names: readonly string[], fields: FieldTable, value: unknown, notes: Notes): unknown {
  if (!isJsonObject(value)) return value
  const [key, ...others] = Object.keys(value)
  if (key === undefined || others.length > 0 || findField(fields, key) !== undefined) return value
  const lower = key.toLowerCase()
  if (!names.some((name) => name.toLowerCase() === lower)) return value
  tolerate(notes, 'name-in-value', key, value)
  return value[key]
}
