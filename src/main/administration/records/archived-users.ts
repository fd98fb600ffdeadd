import { fold } from '../../../scim/text/fold.ts'
import { recordChange } from '../../directory/write/record-change.ts'
import { lookupKeysOf } from '../../directory/write/lookup-keys.ts'
import { emailKeysOf, outgoingResource } from '../../directory/write/user-record.ts'
import { kinds } from '../../store/resources/resource-kind.ts'
import { externalIdOf } from '../../store/resources/resource-row.ts'
import type { WriteScope } from '../../directory/write/write-scope.ts'
import type { UserRow } from '../../store/resources/users.ts'
import { type AdministrationScope, directoryIdOf, writeScopeOf } from '../administration-scope.ts'
import { Refusal } from '../refusal.ts'
import { requireNoIntegration } from '../integrations/require-no-integration.ts'

/** The archived user meant by a userName or an id. */
function archivedUser(scope: AdministrationScope, directoryId: number, who: string): UserRow {
  const byId = scope.store.users.any(directoryId, who)
  if (byId && byId.archived_at !== null) return byId
  const [newest, second] = scope.store.rosters.archivedByUserNameKey(directoryId, fold(who))
  if (!newest)
    throw new Refusal(`No archived user has the userName or id "${who}". See "rollcall users list --archived".`)
  if (second)
    throw new Refusal(
      `Several archived users had the userName "${who}". Name the one you mean by its id, e.g. ${newest.id}.`,
    )
  const row = scope.store.users.bySeq(newest.seq)
  if (!row) throw new Refusal(`The archived user "${who}" is gone.`)
  return row
}

/** Brings an archived user back, with its memberships. Throws `Refusal` when somebody else has its userName by now. */
export function restoreUser(
  scope: AdministrationScope,
  input: { readonly directory: string; readonly who: string },
): { readonly id: string; readonly userName: string } {
  const directoryId = directoryIdOf(scope, input.directory)
  const user = archivedUser(scope, directoryId, input.who)
  const other = scope.store.users.byUserNameKey(directoryId, user.user_name_key)
  if (other)
    throw new Refusal(
      `The userName "${user.user_name}" belongs to the user ${other.id} by now. Rename or delete that one first.`,
    )
  bringBackUser(scope, writeScopeOf(scope, directoryId), user)
  return { id: user.id, userName: user.user_name }
}

/** Brings an archived user back whose userName nobody has. */
export function bringBackUser({ store, now }: AdministrationScope, write: WriteScope, user: UserRow): void {
  const change = recordChange(write, kinds.User, user, 'restore', undefined)
  store.users.setArchived(user.seq, null, now, change)
  store.memberships.bringBack(kinds.User, user.seq)
  for (const groupSeq of store.memberships.groupSeqsOf(kinds.User, user.seq)) store.groups.touch(groupSeq, now, null)
  if (user.hidden === 0) store.positions.count(write.directoryId, kinds.User, user.seq, 1)
}

/** Removes an archived user for good. Only the fact of it stays in the audit. */
export function purgeUser(
  scope: AdministrationScope,
  input: { readonly directory: string; readonly who: string },
): { readonly id: string; readonly userName: string } {
  const directoryId = directoryIdOf(scope, input.directory)
  const user = archivedUser(scope, directoryId, input.who)
  const { store } = scope
  requireNoIntegration(scope, user)
  for (const integrationId of store.integrations.everyId()) {
    const externalId = externalIdOf(user, integrationId)
    store.externalIds.update(integrationId, kinds.User, user.seq, externalId, undefined)
  }
  store.integrations.forgetActor(user.seq)
  const write = writeScopeOf(scope, directoryId)
  const resource = outgoingResource(write, user)
  store.emails.update(directoryId, user.seq, emailKeysOf(resource), [])
  for (const index of write.indexes) store.lookupIndexes.update(index.id, user.seq, lookupKeysOf(index, resource), [])
  store.memberships.forgetMember(kinds.User, user.seq)
  store.drift.forget(kinds.User, user.seq)
  store.aliases.forgetUser(directoryId, user.seq)
  store.jobRemarks.forgetUser(directoryId, user.seq)
  store.changes.forget(user.last_change)
  store.users.remove(user.seq)
  recordChange(write, kinds.User, { id: user.id, last_change: null }, 'purge', undefined)
  return { id: user.id, userName: user.user_name }
}
