import { normalizeResource } from '../../../scim/normalize/normalize.ts'
import { insertUser, outgoingResource, updateUser } from '../../directory/write/user-record.ts'
import { archiveUser } from '../../directory/write/user-writes.ts'
import type { Role, UserRow } from '../../store/resources/users.ts'
import { type AdministrationScope, directoryIdOf, writeScopeOf } from '../administration-scope.ts'
import { type EditGuard, requireOwnRecord, requireSeenVersion } from './managed-edit.ts'
import { Refusal } from '../refusal.ts'
import { requireNoIntegration } from '../integrations/require-no-integration.ts'
import { isActiveAdministrator, requireAdministrator } from './user-standing.ts'

interface Which {
  readonly directory: string
  readonly id: string
}

/** The user with this id. Throws `Refusal` for one that is archived or not there. */
export function presentUser(scope: AdministrationScope, directoryId: number, id: string): UserRow {
  const user = scope.store.users.any(directoryId, id)
  if (!user) throw new Refusal(`There is no user with the id "${id}".`)
  if (user.archived_at !== null) throw new Refusal(`${user.user_name} is archived. Restore this person first.`)
  return user
}

/** Creates a local user from what SCIM would send. Throws `ScimError` for what is wrong with it. */
export function createUser(
  scope: AdministrationScope,
  input: { readonly directory: string; readonly resource: unknown; readonly role: Role },
): { readonly id: string } {
  const directoryId = directoryIdOf(scope, input.directory)
  const write = writeScopeOf(scope, directoryId)
  const resource = normalizeResource(write.models.user, input.resource, { notes: write.notes, purpose: 'create' })
  return { id: insertUser(write, resource, { source: 'local', role: input.role }).id }
}

/** Replaces what a client may write of a user; external ids stay with their integrations. */
export function editUser(
  scope: AdministrationScope,
  input: Which & EditGuard & { readonly resource: unknown; readonly version: number },
): { readonly version: number } {
  const directoryId = directoryIdOf(scope, input.directory)
  const user = presentUser(scope, directoryId, input.id)
  requireOwnRecord(user.source, user.user_name, input)
  requireSeenVersion(user, user.user_name, input.version)
  const write = writeScopeOf(scope, directoryId)
  const { externalId: _own, ...sent } = normalizeResource(write.models.user, input.resource, {
    notes: write.notes,
    purpose: 'replace',
  })
  const stored = outgoingResource(write, user)
  const resource = sent['active'] === undefined ? { ...sent, active: stored['active'] } : sent
  const after = updateUser(write, user, resource, 'replace', stored)
  requireAdministrator(scope, directoryId, isActiveAdministrator(user))
  return { version: after.version }
}

/** Archives a user, for a restore to bring back. The last active Administrator stays, and so does whom an integration acts as. */
export function archiveUserById(scope: AdministrationScope, input: Which & EditGuard): { readonly id: string } {
  const directoryId = directoryIdOf(scope, input.directory)
  const user = presentUser(scope, directoryId, input.id)
  requireOwnRecord(user.source, user.user_name, input)
  requireNoIntegration(scope, user)
  archiveUser(writeScopeOf(scope, directoryId), user)
  requireAdministrator(scope, directoryId, isActiveAdministrator(user))
  return { id: user.id }
}
