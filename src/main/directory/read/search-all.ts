import type { AttributePath } from '../../../scim/path/attribute-path.ts'
import { decodeCursor, encodeCursor, hashQuery } from '../../../scim/query/cursor.ts'
import { invalidCursor, invalidValue, ScimError } from '../../../scim/error.ts'
import { parseFilter } from '../../../scim/filter/parse.ts'
import { isJsonObject } from '../../../scim/json/json.ts'
import { listResponseBody } from '../../../scim/query/list-response.ts'
import { createNotes, type Note, noteText } from '../../../scim/note.ts'
import { parsePaging, type Paging } from '../../../scim/query/paging.ts'
import { parseProjection, type Projection } from '../../../scim/query/projection.ts'
import type { Query } from '../../../scim/query/query.ts'
import { compareSortKeys, parseSortBy, sortKeyOf, type SortKey } from '../../../scim/query/sort.ts'
import type { ListPage, ListQuery } from '../../store/lists/list-query.ts'
import type { ResourceName } from '../../store/resources/resource-kind.ts'
import type { ResourceRow } from '../../store/resources/resource-row.ts'
import { projectedGroup, projectedUser } from './answer-resource.ts'
import { mostListed, overfull, type Allowance } from '../write/allowance.ts'
import type { Answer } from './answer.ts'
import { noteGroupsOff } from '../write/groups-off.ts'
import { modelOf, type ReadScope } from './read-scope.ts'
import { shownRows } from './damaged-rows.ts'
import { costlyList, type CostlyList } from './costly-list.ts'

/** Further into a sorted list over several types nobody can go: all before it has to be looked at. */
const mostSorted = 10_000

/** One of the resource types that are searched. */
interface Searched {
  readonly resource: ResourceName
  /** Undefined where this type has no such attribute. */
  readonly sortBy: AttributePath | undefined
  list(part: Pick<ListQuery, 'startIndex' | 'count' | 'afterSeq'>, isSorted?: boolean): ListPage
  /** Whether its resources are written out with the members that they have. */
  readonly hasMembers: boolean
  write(row: ResourceRow): string
  sortKey(row: ResourceRow): SortKey
}

interface FoundRow {
  readonly type: Searched
  readonly row: ResourceRow
}

interface Found {
  readonly rows: readonly FoundRow[]
  readonly total: number
  readonly nextCursor?: string | undefined
}

/** The path to sort by in each type; throws `invalidPath` where no type can be sorted by it. */
function sortPaths(
  scope: ReadScope,
  resources: readonly ResourceName[],
  text: string | undefined,
): readonly (AttributePath | undefined)[] {
  if (text === undefined || text === '') return resources.map(() => undefined)
  const failures: ScimError[] = []
  const paths = resources.map((resource) => {
    try {
      return parseSortBy(modelOf(scope, resource), text, scope.notes)
    } catch (error) {
      if (!(error instanceof ScimError)) throw error
      failures.push(error)
      return undefined
    }
  })
  const [failure] = failures
  if (failure && failures.length === resources.length) throw failure
  return paths
}

/** What each type is to show. A name that one of the types knows is none that no schema defines. */
function projectionsOf(scope: ReadScope, resources: readonly ResourceName[], query: Query): readonly Projection[] {
  const lists: (readonly Note[])[] = []
  const projections = resources.map((resource) => {
    const notes = createNotes(scope.notes.strict)
    lists.push(notes.list)
    return parseProjection(modelOf(scope, resource), query, notes)
  })
  const told = new Map<string, { readonly note: Note; count: number }>()
  for (const note of lists.flat()) {
    const known = told.get(noteText(note))
    if (known) known.count += 1
    else told.set(noteText(note), { note, count: 1 })
  }
  for (const { note, count } of told.values())
    if (note.code !== 'unknown-attribute-asked' || count === lists.length) scope.notes.add(note)
  return projections
}

function searched(
  scope: ReadScope,
  query: Query,
  resource: ResourceName,
  projection: Projection,
  sortBy: AttributePath | undefined,
  allowance: Allowance,
): Searched {
  const { reads, view, directoryId, notes } = scope
  const model = modelOf(scope, resource)
  const filter =
    query.filter === undefined ? undefined : parseFilter(model, query.filter, { notes, unknownAttribute: 'noMatch' })
  // What is to be said of it, parseSortBy has said.
  const sortProjection = parseProjection(model, query.sortBy ? { attributes: query.sortBy } : {}, createNotes())
  const project = resource === 'User' ? projectedUser : projectedGroup
  const sort = sortBy && { path: sortBy, descending: query.sortOrder === 'descending' }
  return {
    resource,
    sortBy,
    list(part, isSorted = false) {
      const list = { scope: { model, directoryId, ...view }, filter, sort: isSorted ? sort : undefined, ...part }
      const page = reads.lists.prepare(list).page()
      return { ...page, rows: shownRows(scope, resource, page.rows) }
    },
    hasMembers: resource === 'Group' && projection.wants('members'),
    write: (row) => project(reads, row, projection, view, allowance),
    sortKey(row) {
      if (sortBy === undefined) return undefined
      const value: unknown = JSON.parse(project(reads, row, sortProjection, view))
      return isJsonObject(value) ? sortKeyOf(sortBy, value) : undefined
    },
  }
}

/** Users first, then groups, each in the order of their creation. */
function byIndex(types: readonly Searched[], startIndex: number, count: number): Found {
  const rows: FoundRow[] = []
  let total = 0
  for (const type of types) {
    const page = type.list({
      startIndex: Math.max(1, startIndex - total),
      count: count - rows.length,
      afterSeq: undefined,
    })
    for (const row of page.rows) rows.push({ type, row })
    total += page.total
  }
  return { rows, total }
}

/** Where a cursor goes on: in the list of which type, and behind which resource of it. */
function placeOf(scope: ReadScope, cursor: string, hashes: readonly string[]): { type: number; afterSeq?: number } {
  if (cursor === '') return { type: 0 }
  let failure: unknown
  for (const [type, queryHash] of hashes.entries()) {
    try {
      const timeoutSeconds = scope.limits.cursorTimeoutSeconds
      return { type, afterSeq: decodeCursor(cursor, { queryHash, now: scope.now, timeoutSeconds }).lastKey }
    } catch (error) {
      // A cursor of the other type's list belongs to another query; one that is too old belongs to this one.
      if (!(error instanceof ScimError) || error.scimType !== 'invalidCursor') throw error
      failure = error
    }
  }
  throw failure
}

function byCursor(scope: ReadScope, query: Query, types: readonly Searched[], cursor: string, count: number): Found {
  if (query.sortBy !== undefined && query.sortBy !== '')
    throw invalidCursor('A search over all resource types has no cursor where it is sorted. Use startIndex instead.')
  const hashes = types.map(({ resource }) =>
    hashQuery(['all', resource, query.filter, String(scope.view.integrationId)]),
  )
  const place = placeOf(scope, cursor, hashes)
  const found: (FoundRow & { readonly queryHash: string })[] = []
  let total = 0
  for (const [n, type] of types.entries()) {
    // One more than asked for tells whether another page follows.
    const wanted = n < place.type ? 0 : count + 1 - found.length
    const page = type.list({ startIndex: 1, count: wanted, afterSeq: n === place.type ? place.afterSeq : undefined })
    for (const row of page.rows) found.push({ type, row, queryHash: hashes[n] ?? '' })
    total += page.total
  }
  const last = found.length > count ? found[count - 1] : undefined
  return {
    rows: found.slice(0, count),
    total,
    nextCursor: last && encodeCursor({ lastKey: last.row.seq, queryHash: last.queryHash, issuedAt: scope.now }),
  }
}

/** The sorted lists of all types, merged. */
function sorted(query: Query, types: readonly Searched[], startIndex: number, count: number): Found {
  const before = startIndex - 1
  if (before + count > mostSorted && count > 0)
    throw invalidValue(
      `A sorted search over all resource types ends after ${mostSorted} resources. Search below one type to go on.`,
    )
  let total = 0
  const all = types.flatMap((type) => {
    const page = type.list({ startIndex: 1, count: count === 0 ? 0 : before + count, afterSeq: undefined }, true)
    total += page.total
    return page.rows.map((row) => ({ type, row, key: type.sortKey(row) }))
  })
  const direction = query.sortOrder === 'descending' ? -1 : 1
  // A stable sort of lists that are sorted already: what is equal stays as each list had it, users first.
  const merged = all.toSorted((a, b) => direction * compareSortKeys(a.key, b.key))
  return { rows: merged.slice(before, before + count), total }
}

function find(scope: ReadScope, query: Query, types: readonly Searched[], paging: Paging): Found {
  if (paging.kind === 'cursor') return byCursor(scope, query, types, paging.cursor, paging.count)
  return types.some(({ sortBy }) => sortBy !== undefined)
    ? sorted(query, types, paging.startIndex, paging.count)
    : byIndex(types, paging.startIndex, paging.count)
}

/** What is found as JSON texts. Throws `tooMany` where it has too many members: they are counted before any of them is read. */
function writtenOut({ reads }: ReadScope, rows: readonly FoundRow[], allowance: Allowance): readonly string[] {
  const withMembers = rows.filter(({ type }) => type.hasMembers).map(({ row }) => row.seq)
  if (reads.memberships.haveMoreThan(withMembers, allowance.left)) throw overfull()
  return rows.map(({ type, row }) => {
    const text = type.write(row)
    if (allowance.left < 0) throw overfull()
    return text
  })
}

/**
 * RFC 7644 §3.4.3: a search over all resource types. An attribute that a type lacks has no value there. Throws `ScimError` for a filter,
 * sort, page or cursor that is wrong, and `tooMany` for a page whose members do not fit into memory.
 */
export function searchAll(scope: ReadScope, query: Query): Answer {
  const paging = parsePaging(query, scope.limits, scope.notes)
  const resources: readonly ResourceName[] = scope.policy.groups ? ['User', 'Group'] : ['User']
  if (!scope.policy.groups) noteGroupsOff(scope.notes)
  const paths = sortPaths(scope, resources, query.sortBy)
  const allowance: Allowance = { left: mostListed }
  const types = projectionsOf(scope, resources, query).flatMap((projection, n) => {
    const resource = resources[n]
    return resource === undefined ? [] : [searched(scope, query, resource, projection, paths[n], allowance)]
  })
  const { rows, total, nextCursor } = find(scope, query, types, paging)
  const texts = writtenOut(scope, rows, allowance)
  scope.notes.add({ step: 'match', code: total === 0 ? 'no-match' : 'matched', count: total })
  return {
    status: 200,
    body: listResponseBody({
      resources: texts,
      totalResults: total,
      startIndex: paging.kind === 'index' ? paging.startIndex : undefined,
      nextCursor,
    }),
    matched: total,
  }
}

/** What a search that would hold up the thread looks at all users for. What is wrong with it is left to `searchAll` to say. */
export function costlySearch(scope: ReadScope, { filter: text }: Query): CostlyList {
  const model = modelOf(scope, 'User')
  try {
    const filter = text === undefined ? undefined : parseFilter(model, text, { unknownAttribute: 'noMatch' })
    const list = { filter, sort: undefined, startIndex: 1, count: 1, afterSeq: undefined }
    const prepared = scope.reads.lists.prepare({
      ...list,
      scope: { model, directoryId: scope.directoryId, ...scope.view },
    })
    return costlyList(scope, prepared)
  } catch (error) {
    if (!(error instanceof ScimError)) throw error
    return { isCostly: true, wantedIndex: undefined }
  }
}
