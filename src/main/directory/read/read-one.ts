import { etagOf, ifNoneMatch } from '../../../scim/etag.ts'
import { parseProjection } from '../../../scim/query/projection.ts'
import type { Query } from '../../../scim/query/query.ts'
import type { GroupRow } from '../../store/resources/groups.ts'
import type { ResourceName } from '../../store/resources/resource-kind.ts'
import type { ResourceRow } from '../../store/resources/resource-row.ts'
import type { Allowance } from '../write/allowance.ts'
import { groupsAreOff } from '../write/groups-off.ts'
import { missing, requireMatch } from '../write/preconditions.ts'
import { groupAnswer, groupPieces, projectedUser, userAnswer } from './answer-resource.ts'
import type { Answer } from './answer.ts'
import { shownGroup, wholeUser } from './damaged-rows.ts'
import type { LongAnswer } from './long-answer.ts'
import { modelOf, type ReadScope } from './read-scope.ts'
import { locationOf } from './represent.ts'

/** Which resource is read. */
interface One {
  readonly resource: ResourceName
  readonly id: string
  readonly query: Query
  readonly ifMatch?: string | undefined
  readonly ifNone: string | undefined
}

/** A group that is listed. Throws 404 where the integration has groups switched off. */
function listedGroup({ reads, directoryId, policy, notes }: ReadScope, id: string): GroupRow | undefined {
  return policy.groups ? reads.groups.listed(directoryId, id) : groupsAreOff(notes)
}

/**
 * RFC 7644 §3.4.1. Answers 304 without a body when the client has this version already (§3.14), and `costly` where writing out the members of a
 * group, or the groups of a user, would hold up the thread. Throws 412 where the client asks for another version (RFC 9110 §13.1.1), and 500 for
 * a user whose record a disk has spoilt.
 */
export function readOne(scope: ReadScope, { resource, id, query, ifMatch, ifNone }: One): Answer | 'costly' {
  const { reads, directoryId, view, limits } = scope
  const projection = parseProjection(modelOf(scope, resource), query, scope.notes)
  if (resource === 'User') {
    const row = reads.users.listed(directoryId, id)
    if (!row) return missing(scope.notes, 'User', id, reads.users.any(directoryId, id))
    requireMatch(scope.notes, ifMatch, row)
    const allowance: Allowance = { left: limits.costlyFrom }
    const answer = unchanged(row, ifNone) ?? userAnswer(reads, wholeUser(scope, row), 200, projection, view, allowance)
    return allowance.left < 0 ? 'costly' : answer
  }
  const row = listedGroup(scope, id)
  if (!row) return missing(scope.notes, 'Group', id, reads.groups.any(directoryId, id))
  requireMatch(scope.notes, ifMatch, row)
  const old = unchanged(row, ifNone)
  if (old) return old
  const isLarge = projection.wants('members') && reads.memberships.hasMoreThan(row.seq, limits.costlyFrom)
  return isLarge ? 'costly' : groupAnswer(reads, shownGroup(scope, row), 200, projection, view)
}

/** The same, however many members or groups there are. */
export function readLargeOne(scope: ReadScope, { resource, id, query, ifNone }: One): LongAnswer {
  const { reads, directoryId, view } = scope
  const projection = parseProjection(modelOf(scope, resource), query, scope.notes)
  const user = resource === 'User' ? reads.users.listed(directoryId, id) : undefined
  const group = resource === 'Group' ? listedGroup(scope, id) : undefined
  const row = user ?? group
  if (!row) {
    const unlisted = resource === 'User' ? reads.users.any(directoryId, id) : reads.groups.any(directoryId, id)
    return { answer: missing(scope.notes, resource, id, unlisted), pieces: [] }
  }
  const old = unchanged(row, ifNone)
  if (old) return { answer: old, pieces: [] }
  const etag = etagOf(row.version, row.modified_at)
  return {
    answer: { status: 200, body: undefined, etag, location: locationOf(view.base, resource, id), resourceId: row.id },
    pieces: group
      ? groupPieces(reads, shownGroup(scope, group), projection, view)
      : [projectedUser(reads, wholeUser(scope, row), projection, view)],
  }
}

function unchanged(row: ResourceRow, ifNone: string | undefined): Answer | undefined {
  const etag = etagOf(row.version, row.modified_at)
  return ifNoneMatch(ifNone, etag) ? undefined : { status: 304, body: undefined, etag, resourceId: row.id }
}
