import { fold } from '../../../scim/text/fold.ts'
import { recordChange } from '../../directory/write/record-change.ts'
import { isHidden, updateUser, userResource } from '../../directory/write/user-record.ts'
import { kinds } from '../../store/resources/resource-kind.ts'
import type { Role, UserRow } from '../../store/resources/users.ts'
import { type AdministrationScope, directoryIdOf, writeScopeOf } from '../administration-scope.ts'
import { Refusal } from '../refusal.ts'

/** Gives a user a role. Whether SCIM sees the user follows from it, and so does the count of what SCIM lists. */
export function changeRole(scope: AdministrationScope, directoryId: number, user: UserRow, role: Role): void {
  const hidden = isHidden({ source: user.source, role })
  const attributes = JSON.stringify({ role: [user.role, role] })
  scope.store.users.updateStanding(user.seq, {
    source: user.source,
    role,
    hidden: hidden ? 1 : 0,
    managed_by: user.managed_by,
    last_change: recordChange(writeScopeOf(scope, directoryId), kinds.User, user, 'role', attributes),
  })
  if (user.archived_at === null && hidden !== (user.hidden === 1))
    scope.store.positions.count(directoryId, kinds.User, user.seq, hidden ? -1 : 1)
}

/** By userName, as the command line names people, or by id, which stays when somebody is renamed meanwhile. */
export type NamedUser = { readonly userName: string } | { readonly id: string }

function presentUser(scope: AdministrationScope, directoryId: number, who: NamedUser): UserRow {
  const user =
    'id' in who
      ? scope.store.users.any(directoryId, who.id)
      : scope.store.users.byUserNameKey(directoryId, fold(who.userName))
  if (!user)
    throw new Refusal(
      'id' in who
        ? `There is no user with the id "${who.id}". It may have been purged.`
        : `There is no user "${who.userName}".`,
    )
  if (user.archived_at !== null) throw new Refusal(`${user.user_name} is archived. Restore this person first.`)
  return user
}

export function isActiveAdministrator({ role, active }: Pick<UserRow, 'role' | 'active'>): boolean {
  return role === 'administrator' && active === 1
}

/**
 * Throws `Refusal` when a change has left the directory without an active Administrator. `hadOne`: whether there was one before; an
 * identity provider may have deactivated the last one, and what takes nobody away is not to be refused for that.
 */
export function requireAdministrator(scope: AdministrationScope, directoryId: number, hadOne: boolean): void {
  if (hadOne && scope.store.rosters.activeAdministrators(directoryId) === 0)
    throw new Refusal('That would take the last active Administrator away. Make another user Administrator first.')
}

/** Gives a user a role, or activates and deactivates it. The last active Administrator cannot be taken away. */
export function setUserStanding(
  scope: AdministrationScope,
  input: NamedUser & {
    readonly directory: string
    readonly role: Role | undefined
    readonly active: boolean | undefined
  },
): { readonly id: string; readonly userName: string; readonly active: boolean; readonly role: Role } {
  const directoryId = directoryIdOf(scope, input.directory)
  const user = presentUser(scope, directoryId, input)
  if (input.role !== undefined && input.role !== user.role) changeRole(scope, directoryId, user, input.role)
  if (input.active !== undefined && input.active !== (user.active === 1)) {
    const current = scope.store.users.bySeq(user.seq) ?? user
    const stored = userResource(current, undefined)
    updateUser(writeScopeOf(scope, directoryId), current, { ...stored, active: input.active }, 'patch', stored)
  }
  requireAdministrator(scope, directoryId, isActiveAdministrator(user))
  const after = scope.store.users.bySeq(user.seq) ?? user
  return { id: after.id, userName: after.user_name, active: after.active === 1, role: after.role }
}
