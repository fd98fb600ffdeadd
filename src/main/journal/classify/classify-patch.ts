import type { JsonValue } from '../../../scim/json/json.ts'
import { changesOf, isNothing, truthOf, type Change } from './patch-changes.ts'

/** What a PATCH of a user is for, in the words of the list, such as `disable user`; `noun` is what a user is called there. */
export function classifyUserPatch(body: JsonValue | undefined, noun: string): string {
  const changes = changesOf(body)
  // The last one counts: operations apply in order.
  const active = changes.findLast(({ attribute }) => attribute === 'active')
  const truth = truthOf(active?.value)
  if (truth === false) return `disable ${noun}`
  const attributes = new Set(changes.map(({ attribute }) => attribute))
  if (truth === true && attributes.size === 1) return `enable ${noun}`
  if (attributes.size === 1) {
    if (attributes.has('username')) return `rename ${noun}`
    if (attributes.has('password')) return 'set password'
    if (attributes.has('manager')) return isRemoval(changes.at(-1)) ? 'remove manager' : 'set manager'
  }
  if (truth === true) return `update and enable ${noun}`
  return `update ${noun}`
}

/** A replace by nothing clears too, as Entra takes away a manager. */
function isRemoval(change: Change | undefined): boolean {
  return change?.op === 'remove' || (change?.op === 'replace' && isNothing(change.value))
}

function people(count: number): string {
  return count === 1 ? '1 member' : `${count} members`
}

function countOf(value: unknown): number {
  return Array.isArray(value) ? value.length : value === undefined || value === null || value === '' ? 0 : 1
}

/** How many members a value filter names: `value eq "a" or value eq "b"`; none where it describes them by something else. */
function namedIn(filter: string): number {
  return filter.match(/\bvalue\s+eq\s/gi)?.length ?? 0
}

/** What a PATCH of a group is for, in the words of the list, such as `add 2 members, remove 1 member`. */
export function classifyGroupPatch(body: JsonValue | undefined): string {
  const changes = changesOf(body)
  let added = 0
  let removed = 0
  const parts: string[] = []
  for (const change of changes) {
    const { op, attribute, filter, value } = change
    if (attribute !== 'members') continue
    if (filter !== undefined) {
      // `members[value eq "id"]` names one member, who stays or becomes one unless that is removed; with another filter the value names them.
      const named = namedIn(filter)
      if (!isRemoval(change)) added += named > 0 ? named : Math.max(countOf(value), 1)
      else if (named === 0) parts.push('remove members')
      else removed += named
    } else if (op === 'add') added += countOf(value)
    else if (op === 'replace') parts.push(countOf(value) === 0 ? 'remove all members' : 'replace members')
    else if (value === undefined || value === null) parts.push('remove all members')
    else removed += countOf(value)
  }
  if (added > 0) parts.push(`add ${people(added)}`)
  if (removed > 0) parts.push(`remove ${people(removed)}`)
  const names = changes.filter(({ attribute }) => attribute === 'displayname')
  if (parts.length === 0) return names.length > 0 ? 'rename group' : 'update group'
  if (names.some(({ isByPath }) => isByPath) && !sendsWholeGroup(changes)) parts.unshift('rename group')
  return [...new Set(parts)].join(', ')
}

/**
 * Okta sends the name along with every membership change, in an object, and plug-ins of Keycloak the name and the externalId: there it is no
 * news. Entra sends what differs.
 */
function sendsWholeGroup(changes: readonly Change[]): boolean {
  return changes.some(({ attribute }) => attribute === 'externalid')
}
