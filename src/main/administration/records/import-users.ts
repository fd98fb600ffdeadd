import { isList, ownValue } from '../../../scim/path/attribute-path.ts'
import { ScimError } from '../../../scim/error.ts'
import { fold } from '../../../scim/text/fold.ts'
import { isJsonObject, type Resource } from '../../../scim/json/json.ts'
import { normalizeResource } from '../../../scim/normalize/normalize.ts'
import { insertUser, updateUser, userResource } from '../../directory/write/user-record.ts'
import type { Role } from '../../store/resources/users.ts'
import { type AdministrationScope, directoryIdOf, writeScopeOf } from '../administration-scope.ts'
import { mergeResource } from './merge-resource.ts'
import { Refusal } from '../refusal.ts'
import { changeRole, isActiveAdministrator, requireAdministrator } from './user-standing.ts'

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

interface Imported {
  readonly outcome: keyof ImportResult
  readonly id: string
}

/** Whom an import leaves as they are: whom an IdP manages, and who would leave the directory without an active Administrator. */
interface Spared {
  readonly managed: boolean
  readonly lastAdministrator: boolean
}

function importOne(
  scope: AdministrationScope,
  directoryId: number,
  user: ImportedUser,
  spared: Spared,
): Imported | 'managed' | 'last-administrator' {
  const write = writeScopeOf(scope, directoryId)
  const resource = normalizeResource(write.models.user, user.resource, { notes: write.notes, purpose: 'create' })
  const userName = typeof resource['userName'] === 'string' ? resource['userName'] : ''
  const existing = scope.store.users.byUserNameKey(directoryId, fold(userName))
  if (!existing) {
    const standing = { source: 'local', role: user.role ?? 'user' } as const
    return { outcome: 'created', id: insertUser(write, withPrimaryEmail(resource), standing, 'import').id }
  }
  if (existing.source === 'scim' && spared.managed) return 'managed'
  const stored = userResource(existing, undefined)
  const merged = mergeResource(write.models.user, stored, resource)
  const role = user.role ?? existing.role
  const staysOne = role === 'administrator' && merged['active'] !== false
  const isSpared = spared.lastAdministrator && isActiveAdministrator(existing) && !staysOne
  if (isSpared && scope.store.rosters.activeAdministrators(directoryId) === 1) return 'last-administrator'
  const after = updateUser(write, existing, merged, 'import', stored)
  if (role !== existing.role) changeRole(scope, directoryId, after, role)
  const isUnchanged = after === existing && role === existing.role
  return { outcome: isUnchanged ? 'unchanged' : 'updated', id: existing.id }
}

/** Imports a batch of local users, all or none: who is there already by userName is updated. Throws `Refusal` naming the line. */
export function importUsers(
  scope: AdministrationScope,
  input: { readonly directory: string; readonly users: readonly ImportedUser[] },
): ImportResult {
  const directoryId = directoryIdOf(scope, input.directory)
  const hadOne = scope.store.rosters.activeAdministrators(directoryId) > 0
  const result = { created: 0, updated: 0, unchanged: 0 }
  for (const user of input.users) {
    try {
      const imported = importOne(scope, directoryId, user, { managed: false, lastAdministrator: false })
      if (typeof imported === 'object') result[imported.outcome] += 1
    } catch (error) {
      if (error instanceof ScimError) throw new Refusal(`Line ${user.line}: ${error.detail}`)
      throw error
    }
  }
  requireAdministrator(scope, directoryId, hadOne)
  return result
}

/** What became of one line; `left` is somebody whom an IdP manages and who was to be left alone. */
export interface ImportedLine {
  readonly line: number
  readonly outcome: keyof ImportResult | 'refused' | 'left'
  readonly id: string | null
  /** Why it was refused: a sentence. */
  readonly problem: string | null
}

const lastAdministrator =
  'This is the last active Administrator. Import the line again once somebody else is Administrator.'

/**
 * Imports what can be imported of a batch and tells of each line. A rule refuses a line before any of it is written. Who is Administrator
 * may change hands within the batch, in whatever order its lines are.
 */
export function importUsersByLine(
  scope: AdministrationScope,
  input: { readonly directory: string; readonly users: readonly ImportedUser[]; readonly skipsManaged: boolean },
): readonly ImportedLine[] {
  const directoryId = directoryIdOf(scope, input.directory)
  const spared: Spared = { managed: input.skipsManaged, lastAdministrator: true }
  const refused = (line: number, problem: string): ImportedLine => ({ line, outcome: 'refused', id: null, problem })

  function importLine(user: ImportedUser): ImportedLine | 'last-administrator' {
    const { line } = user
    try {
      const imported = importOne(scope, directoryId, user, spared)
      if (imported === 'managed') return { line, outcome: 'left', id: null, problem: null }
      return imported === 'last-administrator' ? imported : { line, ...imported, problem: null }
    } catch (error) {
      if (error instanceof ScimError) return refused(line, error.detail)
      throw error
    }
  }

  const first = input.users.map((user) => ({ user, imported: importLine(user) }))
  return first.map(({ user, imported }) => {
    if (imported !== 'last-administrator') return imported
    const again = importLine(user)
    return again === 'last-administrator' ? refused(user.line, lastAdministrator) : again
  })
}
