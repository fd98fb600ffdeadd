import { normalizeResource } from '../../../scim/normalize/normalize.ts'
import { recordMemberDrift } from '../../directory/drift.ts'
import { insertGroup, updateGroup } from '../../directory/write/group-record.ts'
import { archiveGroup } from '../../directory/write/group-writes.ts'
import { changeMembers, concludeMembership, emptyTally } from '../../directory/membership.ts'
import type { GroupRow } from '../../store/resources/groups.ts'
import { type AdministrationScope, directoryIdOf, writeScopeOf } from '../administration-scope.ts'
import { type EditGuard, requireOwnRecord, requireSeenVersion } from './managed-edit.ts'
import { Refusal } from '../refusal.ts'

interface Which {
  readonly directory: string
  readonly id: string
}

/** The group with this id. Throws `Refusal` for one that is archived or not there. */
export function presentGroup(scope: AdministrationScope, directoryId: number, id: string): GroupRow {
  const group = scope.store.groups.any(directoryId, id)
  if (!group) throw new Refusal(`There is no group with the id "${id}".`)
  if (group.archived_at !== null) throw new Refusal(`${group.display_name} is archived. Restore this group first.`)
  return group
}

/** Creates a local group without members. Throws `ScimError` for what is wrong with it. */
export function createGroup(
  scope: AdministrationScope,
  input: { readonly directory: string; readonly resource: unknown },
): { readonly id: string } {
  const write = writeScopeOf(scope, directoryIdOf(scope, input.directory))
  const resource = normalizeResource(write.models.group, input.resource, { notes: write.notes, purpose: 'create' })
  return { id: insertGroup(write, resource, 'local').id }
}

/** Replaces what a client may write of a group but for its members. */
export function editGroup(
  scope: AdministrationScope,
  input: Which & EditGuard & { readonly resource: unknown; readonly version: number },
): { readonly version: number } {
  const directoryId = directoryIdOf(scope, input.directory)
  const group = presentGroup(scope, directoryId, input.id)
  requireOwnRecord(group.source, group.display_name, input)
  requireSeenVersion(group, group.display_name, input.version)
  const write = writeScopeOf(scope, directoryId)
  const { externalId: _own, ...resource } = normalizeResource(write.models.group, input.resource, {
    notes: write.notes,
    purpose: 'replace',
  })
  return { version: updateGroup(write, group, resource, 'replace').version }
}

/** Adds members and takes members out; who is in already, or out already, is passed over. */
export function changeGroupMembers(
  scope: AdministrationScope,
  input: Which & EditGuard & { readonly add: readonly string[]; readonly remove: readonly string[] },
): { readonly added: number; readonly removed: number } {
  const directoryId = directoryIdOf(scope, input.directory)
  const group = presentGroup(scope, directoryId, input.id)
  requireOwnRecord(group.source, group.display_name, input)
  const write = writeScopeOf(scope, directoryId)
  const tally = emptyTally()
  changeMembers(write, group, { kind: 'remove', values: input.remove }, tally)
  changeMembers(write, group, { kind: 'add', values: input.add }, tally)
  if (group.source === 'scim') recordMemberDrift(write, group, tally)
  concludeMembership(write, group, tally)
  return { added: tally.added.size, removed: tally.removed.size }
}

/** Archives a group, for a restore to bring back with its members. */
export function archiveGroupById(scope: AdministrationScope, input: Which & EditGuard): { readonly id: string } {
  const directoryId = directoryIdOf(scope, input.directory)
  const group = presentGroup(scope, directoryId, input.id)
  requireOwnRecord(group.source, group.display_name, input)
  archiveGroup(writeScopeOf(scope, directoryId), group)
  return { id: group.id }
}
