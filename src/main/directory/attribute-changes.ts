import type { JsonValue, Resource } from '../../scim/json.ts'
import { sameResource } from '../../scim/resource-equality.ts'

/** JSON text of what differs between two versions of a resource: attribute → [before, after], null where it was absent. */
export function attributeChanges(before: Resource, after: Resource): string {
  const changes = new Map<string, readonly [JsonValue, JsonValue]>()
  for (const name of new Set([...Object.keys(before), ...Object.keys(after)])) {
    const from = before[name] ?? null
    const to = after[name] ?? null
    if (!sameResource(from, to)) changes.set(name, [from, to])
  }
  return JSON.stringify(Object.fromEntries(changes))
}
