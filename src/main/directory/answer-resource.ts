import { etagOf } from '../../scim/etag.ts'
import { isJsonObject } from '../../scim/json.ts'
import { project } from '../../scim/project.ts'
import type { Projection } from '../../scim/projection.ts'
import type { GroupRow } from '../store/groups.ts'
import type { ResourceRow } from '../store/resource-row.ts'
import type { StoreReads } from '../store/store-reads.ts'
import type { Allowance } from './allowance.ts'
import type { Answer } from './answer.ts'
import { groupJsonParts, locationOf, memberJson, memberlessGroupJson, userJson, type Viewpoint } from './represent.ts'

function projected(text: string, projection: Projection): string {
  if (projection.isEverything) return text
  const resource: unknown = JSON.parse(text)
  return isJsonObject(resource) ? JSON.stringify(project(resource, projection)) : text
}

/** A user's JSON text as a projection wants it. */
export function projectedUser(
  reads: StoreReads,
  row: ResourceRow,
  projection: Projection,
  view: Viewpoint,
  allowance?: Allowance,
): string {
  const hasGroups = row.in_groups === 1 && view.seesGroups && projection.wants('groups')
  const groups = hasGroups ? reads.memberships.groupsOfUser(row.seq) : []
  if (allowance) allowance.left -= groups.length
  return projected(userJson(row, groups, view), projection)
}

/** How many members are read at once. */
const memberPage = 2000

/** The members of a group as JSON text, joined by commas, read page by page: all of them, or as many as the allowance has. */
export function* memberPages(
  reads: StoreReads,
  groupSeq: number,
  base: string,
  allowance?: Allowance,
): Generator<string> {
  let kind = -1
  let seq = 0
  for (;;) {
    const page = reads.memberships.page(groupSeq, kind, seq, memberPage)
    if (allowance) allowance.left -= page.length
    if (allowance && allowance.left < 0) return
    if (page.length > 0) yield page.map((member) => memberJson(member, base)).join(',')
    const last = page.at(-1)
    if (!last || page.length < memberPage) return
    kind = last.kind
    seq = last.seq
  }
}

/**
 * A group's JSON text as a projection wants it; its members are looked at only when they are wanted. An empty group says `"members":[]`: to
 * the RFC that is the same as no members (RFC 7643 §2.5), but authentik adds nobody to a group that it reads without them
 * (`patch_compare_users` in authentik/providers/scim/clients/groups.py).
 */
export function projectedGroup(
  reads: StoreReads,
  row: ResourceRow,
  projection: Projection,
  view: Viewpoint,
  allowance?: Allowance,
): string {
  if (!projection.wants('members')) return projected(memberlessGroupJson(row, view), projection)
  const members = [...memberPages(reads, row.seq, view.base, allowance)]
  const { head, tail } = groupJsonParts(row, view)
  return projected(`${head}${members.join(',')}${tail}`, projection)
}

export function userAnswer(
  reads: StoreReads,
  row: ResourceRow,
  status: number,
  projection: Projection,
  view: Viewpoint,
): Answer {
  return {
    status,
    body: status === 204 ? undefined : projectedUser(reads, row, projection, view),
    etag: etagOf(row.version, row.modified_at),
    location: locationOf(view.base, 'User', row.id),
    resourceId: row.id,
  }
}

export function groupAnswer(
  reads: StoreReads,
  row: GroupRow,
  status: number,
  projection: Projection,
  view: Viewpoint,
): Answer {
  return {
    status,
    body: status === 204 ? undefined : projectedGroup(reads, row, projection, view),
    etag: etagOf(row.version, row.modified_at),
    location: locationOf(view.base, 'Group', row.id),
    resourceId: row.id,
  }
}
