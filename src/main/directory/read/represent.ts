import { formatDateTime } from '../../../scim/date-time.ts'
import { etagJson } from '../../../scim/etag.ts'
import type { MemberRow, UserGroupRow } from '../../store/resources/memberships.ts'
import { kinds, type ResourceName } from '../../store/resources/resource-kind.ts'
import { externalIdOf, type ResourceRow } from '../../store/resources/resource-row.ts'

/** For whom a resource is represented. */
export interface Viewpoint {
  readonly integrationId: number
  /** The SCIM base URL without a trailing slash; a clean URL, so that it needs no escaping. */
  readonly base: string
  /** Whether it may know of groups, be it of those that a user is in. */
  readonly seesGroups: boolean
}

const endpoints = { User: 'Users', Group: 'Groups' } as const

export function locationOf(base: string, resource: ResourceName, id: string): string {
  return `${base}/${endpoints[resource]}/${id}`
}

/** The common attributes, up to and with the comma before the document's own. */
function head(resource: ResourceName, row: ResourceRow, view: Viewpoint): string {
  const externalId = row.external_ids === null ? undefined : externalIdOf(row, view.integrationId)
  const external = externalId === undefined ? '' : `"externalId":${JSON.stringify(externalId)},`
  const created = formatDateTime(row.created_at)
  const modified = row.modified_at === row.created_at ? created : formatDateTime(row.modified_at)
  return `{"id":"${row.id}",${external}"meta":{"resourceType":"${resource}","created":"${created}","lastModified":"${modified}","location":"${locationOf(view.base, resource, row.id)}","version":${etagJson(row.version, row.modified_at)}},`
}

/** A user as JSON text; nothing of the stored document is parsed. */
export function userJson(row: ResourceRow, groups: readonly UserGroupRow[], view: Viewpoint): string {
  let listed = ''
  if (view.seesGroups && groups.length > 0) {
    const entries = groups.map(
      (group) =>
        `{"value":"${group.id}","$ref":"${locationOf(view.base, 'Group', group.id)}","display":${JSON.stringify(group.display)},"type":"${group.direct ? 'direct' : 'indirect'}"}`,
    )
    listed = `"groups":[${entries.join(',')}],`
  }
  return `${head('User', row, view)}${listed}${row.doc.slice(1)}`
}

export function memberJson(member: MemberRow, base: string): string {
  const type: ResourceName = member.kind === kinds.User ? 'User' : 'Group'
  const display = member.display === null ? '' : `"display":${JSON.stringify(member.display)},`
  return `{"value":"${member.id}","$ref":"${locationOf(base, type, member.id)}",${display}"type":"${type}"}`
}

/** A group as JSON text in pieces around its members: `head` + members joined by commas + `tail`. */
export function groupJsonParts(row: ResourceRow, view: Viewpoint): { readonly head: string; readonly tail: string } {
  return { head: `${head('Group', row, view)}"members":[`, tail: `],${row.doc.slice(1)}` }
}

/** A group as JSON text without looking at its members. */
export function memberlessGroupJson(row: ResourceRow, view: Viewpoint): string {
  return `${head('Group', row, view)}${row.doc.slice(1)}`
}
