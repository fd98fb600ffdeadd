import { forbidden, notFound, preconditionFailed } from '../../../scim/error.ts'
import { etagOf, ifMatch, ifNoneMatch } from '../../../scim/etag.ts'
import type { Notes } from '../../../scim/note.ts'
import type { ResourceName } from '../../store/resources/resource-kind.ts'
import type { GroupRow } from '../../store/resources/groups.ts'
import type { ResourceRow } from '../../store/resources/resource-row.ts'
import type { UserRow } from '../../store/resources/users.ts'
import type { WriteScope } from './write-scope.ts'

const refusals = {
  create: 'created',
  update: 'changed',
  delete: 'deleted',
} as const

/** Throws 403 when the integration's policy does not allow this kind of change. */
export function requireAllowed(scope: WriteScope, resource: ResourceName, change: keyof typeof refusals): void {
  if (resource === 'Group' && !scope.policy.groups) {
    scope.notes.add({ step: 'rule', code: 'policy-refused', path: 'groups' })
    throw forbidden('Groups are switched off for this integration. Switch them on in its policy.')
  }
  if (scope.policy[change]) return
  scope.notes.add({ step: 'rule', code: 'policy-refused', path: change })
  throw forbidden(
    `The policy of this integration does not allow that a ${resource.toLowerCase()} is ${refusals[change]}. Change its policy to allow it.`,
  )
}

/** The notes and the 412 of a request that another version than the stored one was meant for. */
export function requireMatch(notes: Notes, header: string | undefined, row: ResourceRow): void {
  if (header === undefined) return
  const current = etagOf(row.version, row.modified_at)
  if (ifMatch(header, current)) return
  notes.add({
    step: 'rule',
    code: 'version-mismatch',
    path: 'If-Match',
    expected: current,
    seen: header.slice(0, 200),
  })
  throw preconditionFailed(
    `The resource has been changed since: its version is ${current}. Read it again and repeat the request.`,
  )
}

/** RFC 7644 §3.14, RFC 9110 §13.2.2: throws 412 when `If-Match` names another version than the stored one, or `If-None-Match` this one. */
export function requirePreconditions(
  scope: { readonly notes: Notes },
  headers: { readonly ifMatch: string | undefined; readonly ifNoneMatch?: string | undefined },
  row: ResourceRow,
): void {
  requireMatch(scope.notes, headers.ifMatch, row)
  const { ifNoneMatch: header } = headers
  if (header === undefined) return
  const current = etagOf(row.version, row.modified_at)
  if (ifNoneMatch(header, current)) return
  scope.notes.add({
    step: 'rule',
    code: 'only-if-absent',
    path: 'If-None-Match',
    expected: `not ${current}`,
    seen: header.slice(0, 200),
  })
  throw preconditionFailed(`The resource exists with the version ${current}, which If-None-Match rules out.`)
}

/** 404 for a resource that SCIM does not see: unknown, archived, or a local administrator. Which of these is told in the trace alone. */
export function missing(notes: Notes, resource: ResourceName, id: string, row: UserRow | GroupRow | undefined): never {
  if (row && row.archived_at !== null) notes.add({ step: 'match', code: 'record-archived', seen: row.id })
  else if (row && 'hidden' in row && row.hidden === 1)
    notes.add({ step: 'match', code: 'protected-record', seen: row.id })
  throw notFound(`There is no ${resource.toLowerCase()} with the id "${id.slice(0, 200)}".`)
}
