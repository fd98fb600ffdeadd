import { decodeCursor, encodeCursor, hashQuery, sortPlaceOf } from '../../../scim/query/cursor.ts'
import type { Filter } from '../../../scim/filter/filter.ts'
import { parseFilter } from '../../../scim/filter/parse.ts'
import {
  listResponseBody,
  listResponseHead,
  listResponseTail,
  type ListResponse,
} from '../../../scim/query/list-response.ts'
import { parsePaging, type Paging } from '../../../scim/query/paging.ts'
import { parseProjection, type Projection } from '../../../scim/query/projection.ts'
import type { Query } from '../../../scim/query/query.ts'
import type { ResourceModel } from '../../../scim/model/resource-model.ts'
import { parseSortBy } from '../../../scim/query/sort.ts'
import type { ListPage, ListQuery, PreparedList } from '../../store/lists/list-query.ts'
import type { ResourceName } from '../../store/resources/resource-kind.ts'
import type { ResourceRow } from '../../store/resources/resource-row.ts'
import { groupPieces, projectedGroup, projectedUser } from './answer-resource.ts'
import { mostListed, overfull, type Allowance } from '../write/allowance.ts'
import type { Answer } from './answer.ts'
import { asksForGroups, asksForMembers } from './asks-for-memberships.ts'
import { noteGroupsOff } from '../write/groups-off.ts'
import { shownRows } from './damaged-rows.ts'
import { costlyList, isLargeDirectory, type CostlyList } from './costly-list.ts'
import type { LongAnswer } from './long-answer.ts'
import { modelOf, type ReadScope } from './read-scope.ts'

/** A page of larger documents would hold up the thread of the endpoint; a thousand usual users have a third of it. */
const mostCharactersAtOnce = 8 * 1024 * 1024

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

/** What tells where a page stands in its list. */
function headOf(scope: ReadScope, request: ListRequest, { rows, total }: ListPage): ListResponse {
  const { paging } = request
  return {
    totalResults: total,
    startIndex: paging.kind === 'index' ? paging.startIndex : undefined,
    nextCursor: nextCursor(scope, request, rows),
  }
}

function noteMatches({ notes, policy }: ReadScope, { list }: ListRequest, total: number): void {
  if (!policy.groups && asksForGroups(list)) noteGroupsOff(notes)
  const reference = total === 0 && list.filter ? checkedReference(list.filter) : undefined
  if (reference !== undefined) return notes.add({ step: 'match', code: 'reference-differs', path: reference })
  notes.add({ step: 'match', code: total === 0 ? 'no-match' : 'matched', count: total })
}

/** What a filter such as `id eq "a" and manager eq "b"` looks at, by which Entra ID tells whether it has to be set; undefined for any other. */
function checkedReference(filter: Filter): string | undefined {
  if (filter.kind !== 'and' || filter.operands.length !== 2) return undefined
  const names = filter.operands.map((each) => (each.kind === 'compare' ? each.path.attribute?.name : undefined))
  const other = names.includes('id') ? names.find((name) => name !== 'id') : undefined
  return other === 'manager' || other === 'members' ? other : undefined
}

/**
 * RFC 7644 §3.4.2 and RFC 9865; a `CostlyList` for one that would hold up the thread, since it looks at many rows, or writes out much. Throws
 * `ScimError` for a filter, sort, page or cursor that is wrong.
 */
export function readList(scope: ReadScope, resource: ResourceName, query: Query): Answer | CostlyList {
  const request = prepareList(scope, resource, query)
  if (isCostly(scope, request)) return costlyList(scope, request.prepared)
  if (resource === 'Group' && !scope.policy.groups) return groupsOffList(scope, request)
  const page = request.prepared.pageWithin(mostCharactersAtOnce)
  if (!page) return { isCostly: true, wantedIndex: undefined }
  const resources = writtenOut(scope, resource, request, page.rows)
  if (!resources) return { isCostly: true, wantedIndex: undefined }
  noteMatches(scope, request, page.total)
  const body = listResponseBody({ ...headOf(scope, request, page), resources })
  return { status: 200, body, matched: page.total }
}

/** The same, however many rows it looks at. */
export function readLargeList(scope: ReadScope, resource: ResourceName, query: Query): LongAnswer {
  const request = prepareList(scope, resource, query)
  if (resource === 'Group' && !scope.policy.groups) return { answer: groupsOffList(scope, request), pieces: [] }
  const page = request.prepared.page()
  noteMatches(scope, request, page.total)
  return {
    answer: { status: 200, body: undefined, matched: page.total },
    pieces: listPieces(scope, resource, request, page),
  }
}

function* listPieces(
  scope: ReadScope,
  resource: ResourceName,
  request: ListRequest,
  page: ListPage,
): Generator<string> {
  const { reads, view } = scope
  const { paging, projection } = request
  const allowance: Allowance = { left: mostListed }
  const rows = shownRows(scope, resource, page.rows.slice(0, paging.count))
  // To find it out while they are read took as long as to read a million of them.
  const hasMembers = resource === 'Group' && projection.wants('members')
  if (
    hasMembers &&
    reads.memberships.haveMoreThan(
      rows.map(({ seq }) => seq),
      mostListed,
    )
  )
    throw overfull()
  yield listResponseHead(headOf(scope, request, page), rows.length)
  for (const [n, row] of rows.entries()) {
    if (n > 0) yield ','
    if (resource === 'User') yield projectedUser(reads, row, projection, view, allowance)
    else yield* groupPieces(reads, row, projection, view, allowance)
    if (allowance.left < 0) throw overfull()
  }
  yield listResponseTail
}

/** The resources of a page as JSON texts; undefined when their members or groups are so many that they would hold up the thread. */
function writtenOut(
  scope: ReadScope,
  resource: ResourceName,
  { paging, projection }: ListRequest,
  rows: readonly ResourceRow[],
): readonly string[] | undefined {
  const { reads, view, limits } = scope
  const write = resource === 'User' ? projectedUser : projectedGroup
  const allowance: Allowance = { left: limits.costlyFrom }
  const texts: string[] = []
  for (const row of shownRows(scope, resource, rows.slice(0, paging.count))) {
    texts.push(write(reads, row, projection, view, allowance))
    if (allowance.left < 0) return undefined
  }
  return texts
}

function groupsOffList({ notes }: ReadScope, { paging }: ListRequest): Answer {
  noteGroupsOff(notes)
  const startIndex = paging.kind === 'index' ? paging.startIndex : undefined
  return { status: 200, body: listResponseBody({ resources: [], totalResults: 0, startIndex }), matched: 0 }
}
