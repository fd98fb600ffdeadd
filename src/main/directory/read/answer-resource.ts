import { etagOf } from '../../../scim/etag.ts'
import { isJsonObject, type JsonValue } from '../../../scim/json/json.ts'
import { project } from '../../../scim/query/project.ts'
import type { Projection } from '../../../scim/query/projection.ts'
import type { ResourceRow } from '../../store/resources/resource-row.ts'
import type { StoreReads } from '../../store/store-reads.ts'
import type { Allowance } from '../write/allowance.ts'
import type { Answer } from './answer.ts'
import { groupJsonParts, locationOf, memberJson, memberlessGroupJson, userJson, type Viewpoint } from './represent.ts'

function projected(text: string, projection: Projection): string {
  if (projection.isEverything) return text
  const resource: unknown = JSON.parse(text)
  return isJsonObject(resource) ? JSON.stringify(project(resource, projection)) : text
}

/** A user's JSON text as a projection wants it; an empty one where the groups are more than the allowance has. */
export function projectedUser(
  reads: StoreReads,
  row: ResourceRow,
  projection: Projection,
  view: Viewpoint,
  allowance?: Allowance,
): string {
  const hasGroups = row.in_groups === 1 && view.seesGroups && projection.wants('groups')
  const groups = hasGroups ? reads.memberships.groupsOfUser(row.seq, allowance?.left) : []
  if (allowance) allowance.left -= groups.length
  return allowance && allowance.left < 0 ? '' : projected(userJson(row, groups, view), projection)
}

/** How many members are read at once. */
const memberPage = 2000

/** The members of a group as JSON text, joined by commas, read page by page: all of them, or none where the allowance has not as many. */
export function* memberPages(
  reads: StoreReads,
  groupSeq: number,
  base: string,
  allowance?: Allowance,
): Generator<string> {
  if (allowance && reads.memberships.hasMoreThan(groupSeq, allowance.left)) {
    allowance.left = -1
    return
  }
  let kind = -1
  let seq = 0
  for (;;) {
    const page = reads.memberships.page(groupSeq, kind, seq, memberPage)
    if (allowance) allowance.left -= page.length
    if (page.length > 0) yield page.map((member) => memberJson(member, base)).join(',')
    const last = page.at(-1)
    if (!last || page.length < memberPage) return
    kind = last.kind
    seq = last.seq
  }
}

function* piecesOfAll({ head, tail }: ReturnType<typeof groupJsonParts>, pages: Iterable<string>): Generator<string> {
  yield head
  let separator = ''
  for (const page of pages) {
    yield separator + page
    separator = ','
  }
  yield tail
}

/** A group of which only some attributes are wanted: what they leave of the members is found page by page. */
function* piecesOfSome(
  { text, pages }: { readonly text: string; readonly pages: Iterable<string> },
  projection: Projection,
): Generator<string> {
  yield text.slice(0, -1)
  let opening = ',"members":['
  let closing = ',"members":[]}'
  for (const page of pages) {
    const members: JsonValue = JSON.parse(`[${page}]`)
    const kept = project({ members }, projection)['members']
    if (kept !== undefined) yield opening + JSON.stringify(kept).slice(1, -1)
    if (kept !== undefined) opening = ','
    closing = opening === ',' ? ']}' : '}'
  }
  yield closing
}

/**
 * A group's JSON text as a projection wants it, piece by piece; its members are looked at only when they are wanted, and never held all at once. An
 * empty group says `"members":[]`: to the RFC that is the same as no members (RFC 7643 §2.5), but authentik adds nobody to a group that it
 * reads without them (`patch_compare_users` in authentik/providers/scim/clients/groups.py).
 */
export function* groupPieces(
  reads: StoreReads,
  row: ResourceRow,
  projection: Projection,
  view: Viewpoint,
  allowance?: Allowance,
): Generator<string> {
  const pages = projection.wants('members') ? memberPages(reads, row.seq, view.base, allowance) : undefined
  if (pages && projection.isEverything) yield* piecesOfAll(groupJsonParts(row, view), pages)
  else {
    const text = projected(memberlessGroupJson(row, view), projection)
    if (pages) yield* piecesOfSome({ text, pages }, projection)
    else yield text
  }
}

/** The same in one piece. */
export function projectedGroup(
  reads: StoreReads,
  row: ResourceRow,
  projection: Projection,
  view: Viewpoint,
  allowance?: Allowance,
): string {
  let text = ''
  for (const piece of groupPieces(reads, row, projection, view, allowance)) text += piece
  return text
}

export function userAnswer(
  reads: StoreReads,
  row: ResourceRow,
  status: number,
  projection: Projection,
  view: Viewpoint,
  allowance?: Allowance,
): Answer {
  return {
    status,
    body: status === 204 ? undefined : projectedUser(reads, row, projection, view, allowance),
    etag: etagOf(row.version, row.modified_at),
    location: locationOf(view.base, 'User', row.id),
    resourceId: row.id,
  }
}

/** With more members than `mostMembers` the body lacks them, and the answer says so. */
export function groupAnswer(
  reads: StoreReads,
  row: ResourceRow,
  status: number,
  projection: Projection,
  view: Viewpoint,
  mostMembers?: number,
): Answer {
  const hasBody = status !== 204
  const lacksMembers =
    hasBody &&
    mostMembers !== undefined &&
    projection.wants('members') &&
    reads.memberships.hasMoreThan(row.seq, mostMembers)
  const written = lacksMembers
    ? projected(memberlessGroupJson(row, view), projection)
    : hasBody
      ? projectedGroup(reads, row, projection, view)
      : undefined
  return {
    status,
    body: written,
    etag: etagOf(row.version, row.modified_at),
    location: locationOf(view.base, 'Group', row.id),
    resourceId: row.id,
    ...(lacksMembers ? { lacksMembers } : {}),
  }
}
