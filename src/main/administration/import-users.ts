import { isList, ownValue } from '../../scim/attribute-path.ts'
import { ScimError } from '../../scim/error.ts'
import { fold } from '../../scim/fold.ts'
import { isJsonObject, type Resource } from '../../scim/json.ts'
import { normalizeResource } from '../../scim/normalize.ts'
import { insertUser, updateUser, userResource } from '../directory/user-record.ts'
import type { Role } from '../store/users.ts'
import { type AdministrationScope, directoryIdOf, writeScopeOf } from './administration-scope.ts'
import { mergeResource } from './merge-resource.ts'
import { Refusal } from './refusal.ts'
import { changeRole, requireAdministrator } from './user-standing.ts'

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
