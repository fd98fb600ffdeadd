import { fold } from '../../../scim/text/fold.ts'
import { recordChange } from '../../directory/write/record-change.ts'
import type { BatchBudget } from '../../jobs/batch-budget.ts'
import type { GroupRow } from '../../store/resources/groups.ts'
import { kinds } from '../../store/resources/resource-kind.ts'
import { externalIdOf } from '../../store/resources/resource-row.ts'
import { type AdministrationScope, directoryIdOf, writeScopeOf } from '../administration-scope.ts'
import { purgeBudget } from './purge-budget.ts'
import { Refusal } from '../refusal.ts'

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

/** How many members, or changes of its history, are removed between two looks at the time. */
const atOnce = 500

/** Removes members, and after them the history, until the time is up; `hasMore` is for the next transaction. */
function emptyGroup({ store }: AdministrationScope, group: GroupRow, budget: BatchBudget) {
  let removed = 0
  for (;;) {
    const members = store.memberships.clearSome(group.seq, atOnce)
    removed += members
    if (members < atOnce) break
    if (budget.isSpent(removed)) return { members: removed, hasMore: true }
  }
  let last = group.last_change
  do last = store.changes.forgetSome(last, atOnce)
  while (last !== null && !budget.isSpent(atOnce))
  if (last !== null) store.groups.setLastChange(group.seq, last)
  return { members: removed, hasMore: last !== null }
}

/** What one step of the purge of a group did. */
export interface GroupPurge extends Named {
  /** How many members it removed. */
  readonly members: number
  /** There was no time for all of it: the group is there still, with what is left, and the next step goes on. */
  readonly hasMore: boolean
}

/** Removes an archived group for good, or as much of a large one as there is time for. Only the fact of it stays in the audit. */
export function purgeGroup(scope: AdministrationScope, input: Which, budget = purgeBudget(scope)): GroupPurge {
  const directoryId = directoryIdOf(scope, input.directory)
  const group = archivedGroup(scope, directoryId, input.which)
  const { store } = scope
  const done = { id: group.id, displayName: group.display_name, ...emptyGroup(scope, group, budget) }
  if (done.hasMore) return done
  for (const integrationId of store.integrations.everyId())
    store.externalIds.update(integrationId, kinds.Group, group.seq, externalIdOf(group, integrationId), undefined)
  store.memberships.forgetMember(kinds.Group, group.seq)
  store.drift.forget(kinds.Group, group.seq)
  store.groups.remove(group.seq)
  recordChange(writeScopeOf(scope, directoryId), kinds.Group, { id: group.id, last_change: null }, 'purge', undefined)
  return done
}
