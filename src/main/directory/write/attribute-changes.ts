import type { JsonValue, Resource } from '../../../scim/json/json.ts'
import { sameResource } from '../../../scim/resource-equality.ts'

/** JSON text of what differs between two versions of a resource: attribute → [before, after], null where it was absent. */
export function attributeChanges(before: Resource, after: Resource): string {
  const changes: string[] = []
  const compare = (name: string, from: JsonValue | undefined, to: JsonValue | undefined): void => {
    if (!sameResource(from ?? null, to ?? null))
      changes.push(`${JSON.stringify(name)}:${JSON.stringify([from ?? null, to ?? null])}`)
  }
  for (const name of Object.keys(before)) compare(name, before[name], after[name])
  for (const name of Object.keys(after)) if (!Object.hasOwn(before, name)) compare(name, undefined, after[name])
  return `{${changes.join(',')}}`
}
