import type { AttributePath } from '../../../scim/path/attribute-path.ts'
import type { Filter } from '../../../scim/filter/filter.ts'
import { fold } from '../../../scim/text/fold.ts'
import type { FilterScope } from './filter-columns.ts'
import { listedGroup } from '../resources/groups.ts'
import { parametersOfId, seqWithId } from '../resources/row-with-id.ts'
import { listedUser } from '../resources/users.ts'
import type { SqlFragment } from './sql-fragment.ts'

/** The text that the element's `value` must equal for the filter to be true, where the filter says so. */
export function requiredValue(filter: Filter): string | undefined {
  if (filter.kind === 'compare')
    return filter.operator === 'eq' && filter.path.attribute?.name === 'value' && typeof filter.value === 'string'
      ? filter.value
      : undefined
  if (filter.kind !== 'and') return undefined
  for (const each of filter.operands) {
    const value = requiredValue(each)
    if (value !== undefined) return value
  }
  return undefined
}

/** A condition that an index answers and that the wanted rows must meet, for attributes whose values have a table of their own. */
export function valueLookup(path: AttributePath, value: string, scope: FilterScope): SqlFragment | undefined {
  const name = path.schema === scope.model.core ? path.attribute?.name : undefined
  if (scope.model.name === 'User' && name === 'emails')
    return {
      // An address that is the userName too stands in the index of userNames alone.
      sql: `users.seq in (
        select user_seq from user_emails where directory_id = ? and value_key = ?
        union all
        select named.seq from users named where named.directory_id = ? and named.user_name_key = ? and named.archived_at is null)`,
      params: [scope.directoryId, fold(value), scope.directoryId, fold(value)],
    }
  if (scope.model.name === 'Group' && name === 'members')
    return {
      sql: `groups.seq in (
        select group_seq from memberships where kind = 0 and member_seq in (${seqWithId('users', listedUser)})
        union all
        select group_seq from memberships where kind = 1 and member_seq in (${seqWithId('groups', listedGroup)}))`,
      // Ids are in lower case, and members.value is no caseExact attribute.
      params: [...parametersOfId(fold(value)), ...parametersOfId(fold(value))],
    }
  return undefined
}

/** The members of a group that a value can name, of which there are two at most, among the elements of `memberSource`. */
export function membersNamed(path: AttributePath, value: string, scope: FilterScope): SqlFragment | undefined {
  if (scope.model.name !== 'Group' || path.schema !== scope.model.core || path.attribute?.name !== 'members')
    return undefined
  return {
    sql: `m.kind in (0, 1) and m.member_seq in (${seqWithId('users')} union all ${seqWithId('groups')})`,
    params: [...parametersOfId(fold(value)), ...parametersOfId(fold(value))],
  }
}

/** A condition that all users in a group that the filter demands meet, directly or through other groups; undefined where it demands none. */
export function usersOfGroup(filter: Filter, scope: FilterScope): SqlFragment | undefined {
  if (filter.kind === 'and') {
    for (const each of filter.operands) {
      const found = usersOfGroup(each, scope)
      if (found) return found
    }
    return undefined
  }
  if (filter.kind !== 'compare' && filter.kind !== 'valuePath') return undefined
  const { schema, attribute, sub } = filter.path
  const isOfGroups = scope.model.name === 'User' && schema === scope.model.core && attribute?.name === 'groups'
  if (!isOfGroups || !scope.seesGroups) return undefined
  const value =
    filter.kind === 'valuePath'
      ? requiredValue(filter.filter)
      : filter.operator === 'eq' && sub?.name === 'value' && typeof filter.value === 'string'
        ? filter.value
        : undefined
  if (value === undefined) return undefined
  return {
    sql: `users.seq in (
      with recursive down (seq) as (
        select seq from (${seqWithId('groups')})
        union
        select inner_group.member_seq from down cross join memberships inner_group on inner_group.group_seq = down.seq and inner_group.kind = 1
      ) select of_group.member_seq from down cross join memberships of_group on of_group.group_seq = down.seq and of_group.kind = 0)`,
    params: parametersOfId(fold(value)),
  }
}
