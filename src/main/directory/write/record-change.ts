import type { ChangeAction } from '../../store/resources/changes.ts'
import type { ResourceKind } from '../../store/resources/resource-kind.ts'
import type { WriteScope } from './write-scope.ts'

/** The code of the note about each kind of change. */
export const noteCodes: { readonly [action in ChangeAction]: string } = {
  create: 'created',
  replace: 'replaced',
  patch: 'patched',
  archive: 'archived',
  restore: 'restored',
  purge: 'purged',
  import: 'imported',
  members: 'members-changed',
  role: 'role-changed',
  rename: 'renamed',
  release: 'released',
}

/**
 * Adds the audit row of a modification and the trace's note of it. `attributes` is JSON text, see attribute-changes.ts. Returns the change's id,
 * which becomes the `last_change` of the resource's row.
 */
export function recordChange(
  scope: WriteScope,
  kind: ResourceKind,
  resource: { readonly id: string; readonly last_change: number | null },
  action: ChangeAction,
  attributes: string | undefined,
): number {
  scope.notes.add({ step: 'change', code: noteCodes[action], seen: resource.id })
  return scope.store.changes.add({
    previous: resource.last_change,
    at: scope.now,
    directoryId: scope.directoryId,
    kind,
    resourceId: resource.id,
    action,
    actor: scope.actor,
    integrationId: scope.integrationId,
    requestId: scope.requestId,
    attributes,
  })
}
