import { decodeCursor, encodeCursor, hashQuery, sortPlaceOf } from '../../scim/cursor.ts'
import { etagOf, ifNoneMatch } from '../../scim/etag.ts'
import { parseFilter } from '../../scim/filter/parse.ts'
import { listResponseBody } from '../../scim/list-response.ts'
import { createNotes } from '../../scim/note.ts'
import { parsePaging, type Paging } from '../../scim/paging.ts'
import { parseProjection, type Projection } from '../../scim/projection.ts'
import type { Query } from '../../scim/query.ts'
import type { ResourceModel } from '../../scim/resource-model.ts'
import { parseSortBy } from '../../scim/sort.ts'
import type { ListQuery, PreparedList } from '../store/lists.ts'
import { kinds, type ResourceName } from '../store/resource-kind.ts'
import type { ResourceRow } from '../store/resource-row.ts'
import { projectedGroup, projectedUser, groupAnswer, userAnswer } from './answer-resource.ts'
import { mostListed, overfull, type Allowance } from './allowance.ts'
import type { Answer } from './answer.ts'
import { asksForGroups, asksForMembers } from './asks-for-memberships.ts'
import { noteGroupsOff } from './groups-off.ts'
import { missing } from './preconditions.ts'
import { modelOf, type ReadScope } from './read-scope.ts'

/** RFC 7644 §3.4.1. Answers 304 without a body when the client has this version already (§3.14). */
export function readOne(
  scope: ReadScope,
  resource: ResourceName,
  id: string,
  query: Query,
  ifNone: string | undefined,
): Answer {
  const { reads, directoryId, view } = scope
  const projection = parseProjection(modelOf(scope, resource), query, scope.notes)
  if (resource === 'User') {
    const row = reads.users.listed(directoryId, id)
    if (!row) return missing('User', id)
    return unchanged(row, ifNone) ?? userAnswer(reads, row, 200, projection, view)
  }
  if (!scope.policy.groups) noteGroupsOff(scope.notes)
  const row = scope.policy.groups ? reads.groups.listed(directoryId, id) : undefined
  if (!row) return missing('Group', id)
  return unchanged(row, ifNone) ?? groupAnswer(reads, row, 200, projection, view)
}

function unchanged(row: ResourceRow, ifNone: string | undefined): Answer | undefined {
  const etag = etagOf(row.version, row.modified_at)
  return ifNoneMatch(ifNone, etag) ? undefined : { status: 304, body: undefined, etag, resourceId: row.id }
}

interface ListRequest {
  readonly list: ListQuery
  readonly prepared: PreparedList
  readonly paging: Paging
  readonly projection: Projection
  readonly queryHash: string
}

/** By index a list is walked by position, by cursor behind the last resource of the page before. */
function listQuery(scope: ReadScope, model: ResourceModel, query: Query, paging: Paging, queryHash: string): ListQuery {
  const filter = query.filter === undefined ? undefined : parseFilter(model, query.filter, { notes: scope.notes })
  const sort =
    query.sortBy === undefined || query.sortBy === ''
      ? undefined
      : { path: parseSortBy(model, query.sortBy, scope.notes), descending: query.sortOrder === 'descending' }
  const base = {
    scope: { model, directoryId: scope.directoryId, ...scope.view },
    filter,
    sort,
  }
  if (paging.kind === 'index')
    return { ...base, count: paging.count, startIndex: paging.startIndex, afterSeq: undefined }
  const from =
    paging.cursor === ''
      ? undefined
      : decodeCursor(paging.cursor, {
          queryHash,
          now: scope.now,
          timeoutSeconds: scope.limits.cursorTimeoutSeconds,
        })
  // One more than asked for tells whether another page follows.
  return { ...base, count: paging.count + 1, startIndex: 1, afterSeq: from?.lastKey, afterPlace: from?.lastPlace }
}

function prepareList(scope: ReadScope, resource: ResourceName, query: Query): ListRequest {
  const model = modelOf(scope, resource)
  const paging = parsePaging(query, scope.limits, scope.notes)
  // Only a cursor is bound to its query.
  const queryHash =
    paging.kind === 'cursor'
      ? hashQuery([resource, query.filter, query.sortBy, query.sortOrder, String(scope.view.integrationId)])
      : ''
  const list = listQuery(scope, model, query, paging, queryHash)
  if (query.filter !== undefined)
    scope.notes.add({ step: 'parse', code: 'filter-parsed', seen: query.filter.slice(0, 200) })
  const projection = parseProjection(model, query, scope.notes)
  return { list, prepared: scope.reads.lists.prepare(list), paging, projection, queryHash }
}

/** By `meta.created` or `meta.lastModified`, which are nobody's secret. */
function isSortedByMeta({ sort }: ListQuery): boolean {
  return sort?.path.attribute?.name === 'meta'
}

/** The cursor of the next page, where there is one (RFC 9865 §2); `rows` may hold the first resource of it. */
function nextCursor(scope: ReadScope, request: ListRequest, rows: readonly ResourceRow[]): string | undefined {
  const { paging, queryHash } = request
  const last = rows[paging.count - 1]
  if (paging.kind !== 'cursor' || !last || rows.length <= paging.count) return undefined
  const lastPlace =
    last.sort_value === undefined ? undefined : sortPlaceOf(last.sort_value, isSortedByMeta(request.list))
  return encodeCursor({ lastKey: last.seq, lastPlace, queryHash, issuedAt: scope.now })
}

/** Whether a filter or an order that no index answers, or one by which many are found, would hold up the endpoint's thread. */
function isCostly(scope: ReadScope, { prepared, list }: ListRequest): boolean {
  const { isBroad, isWiderThan } = prepared
  if (!isBroad && !isWiderThan) return false
  if (!isLargeDirectory(scope, asksForGroups(list) || asksForMembers(list))) return false
  return isBroad || isWiderThan?.(scope.limits.costlyFrom) === true
}

/** Whether to look at everybody, or with `memberships` at every membership, would hold up the endpoint's thread. */
export function isLargeDirectory({ reads, directoryId, limits }: ReadScope, memberships: boolean): boolean {
  const { lists } = reads
  return (
    lists.total(directoryId, kinds.User) > limits.costlyFrom ||
    lists.total(directoryId, kinds.Group) > limits.costlyFrom ||
    (memberships && reads.memberships.areMoreThan(limits.costlyFrom))
  )
}

export type ListOutcome = { readonly kind: 'answer'; readonly answer: Answer } | { readonly kind: 'costly' }

/**
 * RFC 7644 §3.4.2 and RFC 9865. With `allowCostly` false it ends a list that would hold up the thread, since it looks at many rows or writes out
 * many members or groups, and says so. Throws `ScimError` for a filter, sort, page or cursor that is wrong, and `tooMany` for a page whose
 * members do not fit into memory.
 */
export function readList(scope: ReadScope, resource: ResourceName, query: Query, allowCostly: boolean): ListOutcome {
  const request = prepareList(scope, resource, query)
  if (!allowCostly && isCostly(scope, request)) return { kind: 'costly' }
  if (resource === 'Group' && !scope.policy.groups) {
    noteGroupsOff(scope.notes)
    return { kind: 'answer', answer: emptyList(request) }
  }
  const { rows, total } = request.prepared.page()
  const { paging } = request
  const resources = writtenOut(scope, resource, request, rows, allowCostly ? mostListed : scope.limits.costlyFrom)
  if (!resources) {
    if (allowCostly) throw overfull()
    return { kind: 'costly' }
  }
  if (!scope.policy.groups && asksForGroups(request.list)) noteGroupsOff(scope.notes)
  scope.notes.add({ step: 'match', code: total === 0 ? 'no-match' : 'matched', count: total })
  const body = listResponseBody({
    resources,
    totalResults: total,
    startIndex: paging.kind === 'index' ? paging.startIndex : undefined,
    nextCursor: nextCursor(scope, request, rows),
  })
  return { kind: 'answer', answer: { status: 200, body, matched: total } }
}

/** The resources of a page as JSON texts; undefined when they have more members or groups altogether than `most`. */
function writtenOut(
  { reads, view }: ReadScope,
  resource: ResourceName,
  { paging, projection }: ListRequest,
  rows: readonly ResourceRow[],
  most: number,
): readonly string[] | undefined {
  const write = resource === 'User' ? projectedUser : projectedGroup
  const allowance: Allowance = { left: most }
  const texts: string[] = []
  for (const row of rows.slice(0, paging.count)) {
    texts.push(write(reads, row, projection, view, allowance))
    if (allowance.left < 0) return undefined
  }
  return texts
}

function emptyList({ paging }: ListRequest): Answer {
  const startIndex = paging.kind === 'index' ? paging.startIndex : undefined
  return { status: 200, body: listResponseBody({ resources: [], totalResults: 0, startIndex }), matched: 0 }
}

/** Whether writing out this one group's members would hold up the thread. */
export function isLargeGroup(scope: ReadScope, id: string, query: Query): boolean {
  const row = scope.reads.groups.listed(scope.directoryId, id)
  if (!row || !scope.reads.memberships.hasMoreThan(row.seq, scope.limits.costlyFrom)) return false
  // Whoever carries out the read notes what is to be said of the query.
  return parseProjection(scope.models.group, query, createNotes(scope.notes.strict)).wants('members')
}
