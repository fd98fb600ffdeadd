import type { ChangeAction } from '../store/changes.ts'
import type { ResourceKind } from '../store/resource-kind.ts'
import type { WriteScope } from './write-scope.ts'

const noteCodes: { readonly [action in ChangeAction]: string } = {
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
}

/** Adds the audit row of a modification and the trace's note of it. `attributes` is JSON text, see attribute-changes.ts. */
export function recordChange(
  scope: WriteScope,
  kind: ResourceKind,
  seq: number,
  resourceId: string,
  action: ChangeAction,
  attributes: string | undefined,
): void {
  scope.store.changes.add({
    at: scope.now,
    directoryId: scope.directoryId,
    kind,
    seq,
    resourceId,
    action,
    actor: scope.actor,
    integrationId: scope.integrationId,
    requestId: scope.requestId,
    attributes,
  })
  scope.notes.add({ step: 'change', code: noteCodes[action], seen: resourceId })
}
