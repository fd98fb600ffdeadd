import { isJsonObject } from '../../../scim/json/json.ts'
import type { Schema } from '../../../scim/model/schema.ts'

function hasMember(object: unknown, ...names: readonly string[]): boolean {
  return isJsonObject(object) && Object.keys(object).some((key) => names.includes(key.toLowerCase()))
}

/**
 * Whether an attribute of the core schema stands in the body of a request, be it as null, under its own name or that of the schema. A
 * normalised resource does not tell null from what was left out.
 */
export function isNamedIn(body: unknown, { id }: Pick<Schema, 'id'>, attribute: string): boolean {
  if (!isJsonObject(body)) return false
  const [urn, name] = [id.toLowerCase(), attribute.toLowerCase()]
  if (hasMember(body, name, `${urn}:${name}`)) return true
  return Object.entries(body).some(([key, value]) => key.toLowerCase() === urn && hasMember(value, name))
}
