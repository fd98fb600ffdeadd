import type { Filter } from '../../../scim/filter/filter.ts'
import { someTest } from '../../../scim/filter/some-test.ts'
import { unreachable } from '../../../scim/unreachable.ts'
import { columnOf, type FilterScope } from './filter-columns.ts'
import { indexedTest } from './filter-lookup-index.ts'
import { requiredValue, valueLookup } from './filter-value-lookup.ts'

/** Whether an index leads to the few rows that can match, so that the query costs the same in a directory of any size. */
export function isNarrow(filter: Filter, scope: FilterScope): boolean {
  switch (filter.kind) {
    case 'and':
      return filter.operands.some((each) => isNarrow(each, scope))
    case 'or':
      return (
        canBeUnited(filter.operands, scope) ||
        filter.operands.every((each) => isEqualTo(each, filter.operands[0], scope))
      )
    case 'compare': {
      const { path, operator, value } = filter
      const { attribute } = path
      if (!attribute) return operator !== 'ne'
      if (indexedTest(filter, scope)) return true
      if (attribute.multiValued)
        return operator === 'eq' && typeof value === 'string' && (path.sub ?? attribute).name === 'value'
          ? valueLookup(path, value, scope) !== undefined
          : false
      const column = columnOf(path, attribute, scope)
      if (!column?.isIndexed || value === null) return false
      if (operator === 'eq') return value !== true
      // Another table than this one answers equality alone.
      return operator === 'sw' && column.lookup === undefined && typeof value === 'string' && value.length > 2
    }
    case 'valuePath': {
      if (indexedTest(filter, scope)) return true
      const value = requiredValue(filter.filter)
      return value !== undefined && valueLookup(filter.path, value, scope) !== undefined
    }
    case 'not':
    case 'present':
      return false
    default:
      return unreachable(filter)
  }
}

/** So many alternatives are looked up one by one at most. */
const mostUnited = 100

/**
 * Whether each of several alternatives is looked up by an index of its own. SQLite takes none of these where they stand beside each other, and goes
 * through the directory: what each leads to has to be united.
 */
export function canBeUnited(alternatives: readonly Filter[], scope: FilterScope): boolean {
  if (alternatives.length > mostUnited || !alternatives.every((each) => isNarrow(each, scope))) return false
  return !alternatives.every((each) => isEqualTo(each, alternatives[0], scope))
}

/** Whether two filters ask what the same column equals, for which SQLite takes its index once, however many they are. */
function isEqualTo(filter: Filter, other: Filter | undefined, scope: FilterScope): boolean {
  if (filter.kind !== 'compare' || other?.kind !== 'compare' || filter.operator !== 'eq') return false
  const { attribute } = filter.path
  if (!attribute || attribute.multiValued || attribute !== other.path.attribute || !isNarrow(filter, scope))
    return false
  return !indexedTest(filter, scope) && columnOf(filter.path, attribute, scope)?.lookup === undefined
}

/** Whether it goes through all members of a group to find out. */
export function asksEachMember(filter: Filter, scope: FilterScope): boolean {
  if (scope.model.name !== 'Group') return false
  return someTest(filter, (test) => {
    const { schema, attribute } = test.path
    const isOfMembers = schema === scope.model.core && attribute?.name === 'members'
    return isOfMembers && test.kind !== 'present' && !isNarrow(test, scope)
  })
}

/** Whether another table names the few rows that can match by their numbers, so that no index of this one is needed. */
export function isByNumber(filter: Filter, scope: FilterScope): boolean {
  if (filter.kind === 'and') return filter.operands.some((each) => isByNumber(each, scope))
  if (filter.kind === 'or') return canBeUnited(filter.operands, scope)
  if (filter.kind !== 'compare' && filter.kind !== 'valuePath') return false
  const { attribute } = filter.path
  if (!attribute || !isNarrow(filter, scope)) return false
  if (indexedTest(filter, scope)) return true
  return attribute.multiValued || columnOf(filter.path, attribute, scope)?.lookup !== undefined
}

/**
 * The tests to which an index leads and that many rows may pass all the same: who begins alike, who is inactive, namesakes. How many do is known
 * only when they have been counted.
 */
export function uncertainTests(filter: Filter, scope: FilterScope): readonly Filter[] {
  switch (filter.kind) {
    case 'and':
    case 'or':
      return filter.operands.flatMap((each) => uncertainTests(each, scope))
    case 'compare': {
      const { attribute } = filter.path
      if (indexedTest(filter, scope)) return [filter]
      if (!attribute || attribute.multiValued || !isNarrow(filter, scope) || isUnique(filter, scope)) return []
      return filter.operator === 'eq' && columnOf(filter.path, attribute, scope)?.lookup ? [] : [filter]
    }
    case 'valuePath':
      return indexedTest(filter, scope) ? [filter] : []
    case 'not':
    case 'present':
      return []
    default:
      return unreachable(filter)
  }
}

/** Whether at most one row can match: the attribute is unique in a directory. */
export function isUnique(filter: Filter, scope: FilterScope): boolean {
  if (filter.kind === 'and') return filter.operands.some((each) => isUnique(each, scope))
  if (filter.kind !== 'compare' || filter.operator !== 'eq' || filter.path.schema !== scope.model.core) return false
  const name = filter.path.attribute?.name
  return name === 'id' || name === (scope.model.name === 'User' ? 'userName' : 'displayName')
}
