import { isJsonObject, type JsonValue, type Resource } from '../../../scim/json/json.ts'
import { shown } from '../../../scim/note.ts'
import { enterpriseUserSchemaUrn } from '../../../scim/urn.ts'
import type { WriteScope } from './write-scope.ts'

function managerIn(resource: Resource | undefined): JsonValue | undefined {
  const enterprise = resource?.[enterpriseUserSchemaUrn]
  const manager = isJsonObject(enterprise) ? enterprise['manager'] : undefined
  return isJsonObject(manager) ? manager['value'] : undefined
}

/**
 * Notes a manager whom no user of the directory is: some identity providers send a name, an address or a number of another system where SCIM has
 * the id. It is kept all the same, since the rest of the request is right and the manager may come later. `before` is who is known to have had it.
 */
export function noteManager(scope: WriteScope, resource: Resource, before?: Resource): void {
  const manager = managerIn(resource)
  if (typeof manager !== 'string' || manager === managerIn(before)) return
  const row = scope.store.users.any(scope.directoryId, manager)
  if (row === undefined || row.archived_at !== null)
    scope.notes.add({ step: 'rule', code: 'manager-not-here', path: 'manager', seen: shown(manager) })
}
