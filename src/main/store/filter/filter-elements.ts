import type { Attribute } from '../../../scim/model/attribute.ts'
import { assumedValue, type AttributePath } from '../../../scim/path/attribute-path.ts'
import { invalidFilter } from '../../../scim/error.ts'
import type { Filter } from '../../../scim/filter/filter.ts'
import { unreachable } from '../../../scim/unreachable.ts'
import { elementSource, type ElementSource, type FilterScope } from './filter-columns.ts'
import { compareExpression } from './filter-comparison.ts'
import { indexedTest } from './filter-lookup-index.ts'
import { membersNamed, requiredValue, valueLookup } from './filter-value-lookup.ts'
import { always, joined, negated, never, type SqlFragment } from './sql-fragment.ts'

/** Where a sub-attribute of an element stands; that of an element of a simple attribute is the element itself. */
type Column = (subAttribute: string) => string

/** What is compared of an element. */
function comparedColumn(path: AttributePath, column: string): string {
  return assumedValue(path) === false ? `ifnull(${column}, 0)` : column
}

/** A condition on one element of a multi-valued attribute. */
function compileElement(columnOf: Column, filter: Filter): SqlFragment {
  switch (filter.kind) {
    case 'and':
    case 'or':
      return joined(
        filter.operands.map((each) => compileElement(columnOf, each)),
        filter.kind,
      )
    case 'not':
      return negated(compileElement(columnOf, filter.operand))
    case 'present': {
      const attribute = filter.path.attribute
      return attribute ? { sql: `${columnOf(attribute.name)} is not null`, params: [] } : never
    }
    case 'compare': {
      const attribute = filter.path.attribute
      if (!attribute) return filter.operator === 'ne' ? always : never
      const column = columnOf(attribute.name)
      if (filter.value === null)
        return { sql: `${column} is ${filter.operator === 'ne' ? 'not ' : ''}null`, params: [] }
      const operand = comparedColumn(filter.path, column)
      const compared = compareExpression(operand, false, attribute, filter.operator, filter.value)
      return filter.operator === 'ne' ? { sql: `ifnull(${compared.sql}, 1)`, params: compared.params } : compared
    }
    case 'valuePath':
      throw invalidFilter('A value filter cannot hold another value filter.')
    default:
      return unreachable(filter)
  }
}

function exists(source: ElementSource, condition: SqlFragment): SqlFragment {
  return { sql: `exists (${source.select('1')} and ${condition.sql})`, params: [...source.params, ...condition.params] }
}

/** A filter on a multi-valued attribute: true when it is true of one element, and `ne` also when there is none. */
export function compileMultiValued(
  path: AttributePath,
  attribute: Attribute,
  filter: Filter,
  scope: FilterScope,
): SqlFragment {
  const source = elementSource(path, attribute, scope)
  if (filter.kind === 'compare') {
    const { operator, value } = filter
    const member = path.sub ?? attribute
    const column = path.sub ? source.column(path.sub.name) : source.value
    if (value === null) {
      const any = exists(source, { sql: `${column} is not null`, params: [] })
      return operator === 'ne' ? any : { sql: `not ${any.sql}`, params: any.params }
    }
    if (operator === 'eq' && member.name === 'value' && typeof value === 'string') {
      const lookup = valueLookup(path, value, scope)
      if (lookup) return lookup
    }
    const operand = comparedColumn(path, column)
    const any = exists(source, compareExpression(operand, false, member, operator, value))
    const indexed = indexedTest(filter, scope)
    if (indexed) return joined([indexed, any], 'and')
    if (operator !== 'ne') return any
    const some = exists(source, { sql: `${operand} is not null`, params: [] })
    return joined([{ sql: `not ${some.sql}`, params: some.params }, any], 'or')
  }
  if (filter.kind === 'present')
    return exists(
      source,
      path.sub ? { sql: `${source.column(path.sub.name)} is not null`, params: [] } : { sql: '1', params: [] },
    )
  if (filter.kind === 'valuePath') {
    const column: Column = attribute.type === 'complex' ? (name) => source.column(name) : () => source.value
    const condition = compileElement(column, filter.filter)
    const value = requiredValue(filter.filter)
    const lookup = value === undefined ? undefined : valueLookup(path, value, scope)
    const indexed = indexedTest(filter, scope)
    if (indexed) return joined([indexed, exists(source, condition)], 'and')
    if (value === undefined || !lookup) return exists(source, condition)
    const named = membersNamed(path, value, scope)
    return joined([lookup, exists(source, named ? joined([named, condition], 'and') : condition)], 'and')
  }
  return never
}
