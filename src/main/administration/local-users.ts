import { ScimError } from '../../scim/error.ts'
import { isList, ownValue } from '../../scim/attribute-path.ts'
import { fold } from '../../scim/fold.ts'
import { isJsonObject, type Resource } from '../../scim/json.ts'
import { normalizeResource } from '../../scim/normalize.ts'
import { recordChange } from '../directory/record-change.ts'
import { externalIdOf } from '../store/resource-row.ts'
import { kinds } from '../store/resource-kind.ts'
import type { Role, UserRow } from '../store/users.ts'
import { emailKeysOf, insertUser, isHidden, updateUser, userResource } from '../directory/user-record.ts'
import { type AdministrationScope, directoryIdOf, writeScopeOf } from './administration-scope.ts'
import { mergeResource } from './merge-resource.ts'
import { Refusal } from './refusal.ts'

/** One user of an import: the resource as SCIM would send it, and what only the admin may say. */
export interface ImportedUser {
  readonly line: number
  readonly resource: unknown
  readonly role: Role | undefined
}

export interface ImportResult {
  readonly created: number
  readonly updated: number
  readonly unchanged: number
}

/** Okta's import, among others, takes the address that is marked as primary; an import has no other way to say so than a column. */
function withPrimaryEmail(resource: Resource): Resource {
  const emails = resource['emails']
  if (!isList(emails) || emails.some((each) => ownValue(each, 'primary') === true)) return resource
  const [first, ...others] = emails
  return isJsonObject(first) ? { ...resource, emails: [{ ...first, primary: true }, ...others] } : resource
}

function importOne(scope: AdministrationScope, directoryId: number, user: ImportedUser): keyof ImportResult {
  const write = writeScopeOf(scope, directoryId)
  const resource = normalizeResource(write.models.user, user.resource, { notes: write.notes, purpose: 'create' })
  const userName = typeof resource['userName'] === 'string' ? resource['userName'] : ''
  const existing = scope.store.users.byUserNameKey(directoryId, fold(userName))
  if (!existing) {
    insertUser(write, withPrimaryEmail(resource), { source: 'local', role: user.role ?? 'user' }, 'import')
    return 'created'
  }
  const merged = mergeResource(write.models.user, userResource(existing, undefined), resource)
  const after = updateUser(write, existing, merged, 'import')
  const role = user.role ?? existing.role
  if (role !== existing.role) changeRole(scope, directoryId, after, role)
  return after === existing && role === existing.role ? 'unchanged' : 'updated'
}

/** Imports a batch of local users, all or none: who is there already by userName is updated. Throws `Refusal` naming the line. */
export function importUsers(
  scope: AdministrationScope,
  input: { readonly directory: string; readonly users: readonly ImportedUser[] },
): ImportResult {
  const directoryId = directoryIdOf(scope, input.directory)
  const result = { created: 0, updated: 0, unchanged: 0 }
  for (const user of input.users) {
    try {
      result[importOne(scope, directoryId, user)] += 1
    } catch (error) {
      if (error instanceof ScimError) throw new Refusal(`Line ${user.line}: ${error.detail}`)
      throw error
    }
  }
  requireAdministrator(scope, directoryId)
  return result
}

function changeRole(scope: AdministrationScope, directoryId: number, user: UserRow, role: Role): void {
  const hidden = isHidden({ source: user.source, role })
  scope.store.users.updateStanding(user.seq, {
    source: user.source,
    role,
    hidden: hidden ? 1 : 0,
    managed_by: user.managed_by,
  })
  if (user.archived_at === null && hidden !== (user.hidden === 1))
    scope.store.positions.count(directoryId, kinds.User, user.seq, hidden ? -1 : 1)
  const attributes = JSON.stringify({ role: [user.role, role] })
  recordChange(writeScopeOf(scope, directoryId), kinds.User, user.seq, user.id, 'role', attributes)
}

function presentUser(scope: AdministrationScope, directoryId: number, userName: string): UserRow {
  const user = scope.store.users.byUserNameKey(directoryId, fold(userName))
  if (!user) throw new Refusal(`There is no user "${userName}".`)
  return user
}

function requireAdministrator(scope: AdministrationScope, directoryId: number): void {
  if (scope.store.rosters.activeAdministrators(directoryId) === 0)
    throw new Refusal('That would take the last active Administrator away. Make another user Administrator first.')
}

/** Gives a user a role, or activates and deactivates it. The last active Administrator cannot be taken away. */
export function setUserStanding(
  scope: AdministrationScope,
  input: {
    readonly directory: string
    readonly userName: string
    readonly role: Role | undefined
    readonly active: boolean | undefined
  },
): { readonly id: string; readonly userName: string; readonly active: boolean; readonly role: Role } {
  const directoryId = directoryIdOf(scope, input.directory)
  const user = presentUser(scope, directoryId, input.userName)
  if (input.role !== undefined && input.role !== user.role) changeRole(scope, directoryId, user, input.role)
  if (input.active !== undefined && input.active !== (user.active === 1)) {
    const current = scope.store.users.bySeq(user.seq) ?? user
    const resource = { ...userResource(current, undefined), active: input.active }
    updateUser(writeScopeOf(scope, directoryId), current, resource, 'patch')
  }
  requireAdministrator(scope, directoryId)
  const after = scope.store.users.bySeq(user.seq) ?? user
  return { id: after.id, userName: after.user_name, active: after.active === 1, role: after.role }
}

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
  const { store, now } = scope
  store.users.setArchived(user.seq, null, now)
  store.memberships.bringBack(kinds.User, user.seq)
  for (const groupSeq of store.memberships.groupSeqsOf(kinds.User, user.seq)) store.groups.touch(groupSeq, now)
  if (user.hidden === 0) store.positions.count(directoryId, kinds.User, user.seq, 1)
  recordChange(writeScopeOf(scope, directoryId), kinds.User, user.seq, user.id, 'restore', undefined)
  return { id: user.id, userName: user.user_name }
}

/** Removes an archived user for good. Only the fact of it stays in the audit. */
export function purgeUser(
  scope: AdministrationScope,
  input: { readonly directory: string; readonly who: string },
): { readonly id: string; readonly userName: string } {
  const directoryId = directoryIdOf(scope, input.directory)
  const user = archivedUser(scope, directoryId, input.who)
  const { store } = scope
  if (store.integrations.all().some((each) => each.administrator_seq === user.seq))
    throw new Refusal(`An integration acts as "${user.user_name}". Choose another SCIM administrator for it first.`)
  for (const integration of store.integrations.all()) {
    const externalId = externalIdOf(user, integration.id)
    store.externalIds.update(integration.id, kinds.User, user.seq, externalId, undefined)
  }
  store.emails.update(directoryId, user.seq, emailKeysOf(userResource(user, undefined)), [])
  store.memberships.forgetMember(kinds.User, user.seq)
  store.changes.forget(kinds.User, user.seq)
  store.users.remove(user.seq)
  recordChange(writeScopeOf(scope, directoryId), kinds.User, user.seq, user.id, 'purge', undefined)
  return { id: user.id, userName: user.user_name }
}
