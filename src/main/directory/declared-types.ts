import type { MemberChange } from '../../scim/patch/member-change.ts'
import { shown } from '../../scim/note.ts'
import { kinds, type ResourceName } from '../store/resource-kind.ts'
import type { WriteScope } from './write-scope.ts'

/**
 * Notes where a client says something else of a member (`members.type`) than what it is; the id counts. Of several it names the first and
 * counts them all.
 */
export function noteDeclaredTypes(scope: WriteScope, change: MemberChange): void {
  if (change.kind !== 'add' && change.kind !== 'replace') return
  let first: { readonly id: string; readonly seen: string; readonly taken: ResourceName } | undefined
  let count = 0
  for (const [n, type] of (change.types ?? []).entries()) {
    const id = change.values[n]
    const found = type === undefined || id === undefined ? undefined : memberKind(scope, id)
    if (found === undefined || type === undefined || id === undefined || type.toLowerCase() === found.toLowerCase())
      continue
    first ??= { id, seen: type, taken: found }
    count += 1
  }
  if (first === undefined) return
  const path = `members[value eq "${first.id}"].type`
  scope.notes.add({
    step: 'rule',
    code: 'member-type-differs',
    path,
    seen: shown(first.seen),
    taken: first.taken,
    count,
  })
}

function memberKind({ store, directoryId }: WriteScope, id: string): ResourceName | undefined {
  const found = store.memberships.find(directoryId, id) ?? store.memberships.find(directoryId, id.toLowerCase())
  if (!found || found.hidden === 1) return undefined
  return found.kind === kinds.User ? 'User' : 'Group'
}
