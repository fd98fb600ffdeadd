import { fold } from '../../scim/text/fold.ts'
import { recordChange } from '../directory/record-change.ts'
import type { GroupRow } from '../store/groups.ts'
import { kinds } from '../store/resource-kind.ts'
import { externalIdOf } from '../store/resource-row.ts'
import { type AdministrationScope, directoryIdOf, writeScopeOf } from './administration-scope.ts'
import { Refusal } from './refusal.ts'

interface Which {
  readonly directory: string
  /** A displayName or an id. */
  readonly which: string
}

interface Named {
  readonly id: string
  readonly displayName: string
}

function archivedGroup(scope: AdministrationScope, directoryId: number, which: string): GroupRow {
  const byId = scope.store.groups.any(directoryId, which)
  if (byId && byId.archived_at !== null) return byId
  const [newest, second] = scope.store.groups.archivedByDisplayNameKey(directoryId, fold(which))
  if (!newest)
    throw new Refusal(`No archived group has the displayName or id "${which}". See "rollcall groups list --archived".`)
  if (second)
    throw new Refusal(
      `Several archived groups were named "${which}". Name the one you mean by its id, e.g. ${newest.id}.`,
    )
  return newest
}

/** A group that has come to be inside this one meanwhile cannot hold it any more: each would contain itself. */
function forgetImpossiblePlaces({ store }: AdministrationScope, group: GroupRow): void {
  const inside = store.memberships.groupsInside(group.seq)
  for (const parent of store.memberships.placesOf(kinds.Group, group.seq))
    if (inside.has(parent)) store.memberships.forgetPlace(parent, kinds.Group, group.seq)
}

/** Brings an archived group back, with its members and its places in other groups. Throws `Refusal` when its name is taken by now. */
export function restoreGroup(scope: AdministrationScope, input: Which): Named {
  const directoryId = directoryIdOf(scope, input.directory)
  const group = archivedGroup(scope, directoryId, input.which)
  const other = scope.store.groups.byDisplayNameKey(directoryId, group.display_name_key)
  if (other)
    throw new Refusal(
      `The displayName "${group.display_name}" belongs to the group ${other.id} by now. Rename or delete that one first.`,
    )
  const { store, now } = scope
  const change = recordChange(writeScopeOf(scope, directoryId), kinds.Group, group, 'restore', undefined)
  store.groups.setArchived(group.seq, null, now, change)
  forgetImpossiblePlaces(scope, group)
  store.memberships.bringBack(kinds.Group, group.seq)
  for (const parent of store.memberships.groupSeqsOf(kinds.Group, group.seq)) store.groups.touch(parent, now, null)
  store.positions.count(directoryId, kinds.Group, group.seq, 1)
  return { id: group.id, displayName: group.display_name }
}

/** Removes an archived group for good. Only the fact of it stays in the audit. */
export function purgeGroup(scope: AdministrationScope, input: Which): Named {
  const directoryId = directoryIdOf(scope, input.directory)
  const group = archivedGroup(scope, directoryId, input.which)
  const { store } = scope
  for (const integrationId of store.integrations.everyId())
    store.externalIds.update(integrationId, kinds.Group, group.seq, externalIdOf(group, integrationId), undefined)
  store.memberships.forgetMember(kinds.Group, group.seq)
  store.drift.forget(kinds.Group, group.seq)
  store.changes.forget(group.last_change)
  store.groups.remove(group.seq)
  recordChange(writeScopeOf(scope, directoryId), kinds.Group, { id: group.id, last_change: null }, 'purge', undefined)
  return { id: group.id, displayName: group.display_name }
}
