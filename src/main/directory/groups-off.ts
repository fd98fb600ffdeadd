import type { AttributePath } from '../../scim/attribute-path.ts'
import type { Filter } from '../../scim/filter/filter.ts'
import type { Notes } from '../../scim/note.ts'
import { unreachable } from '../../scim/unreachable.ts'
import type { ListQuery } from '../store/lists.ts'

/** Tells in the trace that the integration sees no groups: the client is answered as if there were none. */
export function noteGroupsOff(notes: Notes): void {
  notes.add({ step: 'rule', code: 'groups-off' })
}

/** Whether a list of users is filtered or sorted by the groups that they are in. */
export function asksForGroups({ scope, filter, sort }: Pick<ListQuery, 'scope' | 'filter' | 'sort'>): boolean {
  if (scope.model.name !== 'User') return false
  const isGroups = ({ schema, attribute }: AttributePath) => schema === scope.model.core && attribute?.name === 'groups'
  return (sort !== undefined && isGroups(sort.path)) || (filter !== undefined && isAbout(filter, isGroups))
}

function isAbout(filter: Filter, isMeant: (path: AttributePath) => boolean): boolean {
  switch (filter.kind) {
    case 'and':
    case 'or':
      return filter.operands.some((each) => isAbout(each, isMeant))
    case 'not':
      return isAbout(filter.operand, isMeant)
    case 'compare':
    case 'present':
    case 'valuePath':
      return isMeant(filter.path)
    default:
      return unreachable(filter)
  }
}
