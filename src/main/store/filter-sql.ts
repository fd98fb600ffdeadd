import type { Attribute } from '../../scim/attribute.ts'
import type { AttributePath } from '../../scim/attribute-path.ts'
import { parseDateTime } from '../../scim/date-time.ts'
import { invalidFilter } from '../../scim/error.ts'
import type { CompareOperator, CompareValue, Filter } from '../../scim/filter/filter.ts'
import { comparisonKey, fold, isCaseExact } from '../../scim/fold.ts'
import { unreachable } from '../../scim/unreachable.ts'
import { columnOf, elementSource, type ElementSource, type FilterScope, valueExpression } from './filter-columns.ts'

/** A piece of SQL with its parameters, in order. */
export interface SqlFragment {
  readonly sql: string
  readonly params: readonly (string | number)[]
}

export interface CompiledFilter extends SqlFragment {
  /** Whether an index leads to the few rows that can match, so that the query costs the same in a directory of any size. */
  readonly isNarrow: boolean
  /** Whether at most one row can match, so that it needs neither order nor limit: both cost SQLite more than the lookup. */
  readonly isUnique: boolean
}

const always: SqlFragment = { sql: '1', params: [] }
const never: SqlFragment = { sql: '0', params: [] }

function joined(fragments: readonly SqlFragment[], word: 'and' | 'or'): SqlFragment {
  return {
    sql: `(${fragments.map((each) => each.sql).join(` ${word} `)})`,
    params: fragments.flatMap((each) => each.params),
  }
}

function isText(attribute: Attribute): boolean {
  return attribute.type === 'string' || attribute.type === 'reference' || attribute.type === 'binary'
}

const sqlOperators = { eq: '=', ne: '<>', gt: '>', ge: '>=', lt: '<', le: '<=' } as const

/** Compares one SQL value expression, which may be null; the result may be null too, which counts as false. */
function compareExpression(
  expression: string,
  isFolded: boolean,
  attribute: Attribute,
  operator: CompareOperator,
  value: CompareValue,
): SqlFragment {
  if (typeof value === 'boolean') {
    const sql = `${expression} = ${value ? 1 : 0}`
    return operator === 'ne' ? { sql: `${expression} = ${value ? 0 : 1}`, params: [] } : { sql, params: [] }
  }
  if (value === null) return never
  if (attribute.type === 'dateTime') {
    const instant = parseDateTime(String(value), { zone: 'utc' })
    if (instant === undefined || operator === 'co' || operator === 'sw' || operator === 'ew') return never
    return { sql: `${isFolded ? expression : `instant(${expression})`} ${sqlOperators[operator]} ?`, params: [instant] }
  }
  if (!isText(attribute)) {
    if (typeof value !== 'number' || operator === 'co' || operator === 'sw' || operator === 'ew') return never
    return { sql: `${expression} ${sqlOperators[operator]} ?`, params: [value] }
  }
  const text = comparisonKey(attribute, String(value))
  const operand = isCaseExact(attribute) || isFolded ? expression : `fold(${expression})`
  switch (operator) {
    case 'co':
      return text === ''
        ? { sql: `${operand} is not null`, params: [] }
        : { sql: `instr(${operand}, ?) > 0`, params: [text] }
    case 'sw':
      return { sql: `substr(${operand}, 1, length(?)) = ?`, params: [text, text] }
    case 'ew':
      return text === ''
        ? { sql: `${operand} is not null`, params: [] }
        : {
            sql: `(length(${operand}) >= length(?) and substr(${operand}, -length(?)) = ?)`,
            params: [text, text, text],
          }
    case 'eq':
    case 'ne':
    case 'gt':
    case 'ge':
    case 'lt':
    case 'le':
      return { sql: `${operand} ${sqlOperators[operator]} ?`, params: [text] }
    default:
      return unreachable(operator)
  }
}

/** A condition on one element of a multi-valued attribute. */
function compileElement(source: ElementSource, filter: Filter): SqlFragment {
  switch (filter.kind) {
    case 'and':
    case 'or':
      return joined(
        filter.operands.map((each) => compileElement(source, each)),
        filter.kind,
      )
    case 'not': {
      const inner = compileElement(source, filter.operand)
      return { sql: `not ifnull(${inner.sql}, 0)`, params: inner.params }
    }
    case 'present': {
      const attribute = filter.path.attribute
      return attribute ? { sql: `${source.column(attribute.name)} is not null`, params: [] } : never
    }
    case 'compare': {
      const attribute = filter.path.attribute
      if (!attribute) return filter.operator === 'ne' ? always : never
      const column = source.column(attribute.name)
      if (filter.value === null)
        return { sql: `${column} is ${filter.operator === 'ne' ? 'not ' : ''}null`, params: [] }
      const compared = compareExpression(column, false, attribute, filter.operator, filter.value)
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

/** The text that the element's `value` must equal for the filter to be true, where the filter says so. */
function requiredValue(filter: Filter): string | undefined {
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
function valueLookup(path: AttributePath, value: string, scope: FilterScope): SqlFragment | undefined {
  const name = path.schema === scope.model.core ? path.attribute?.name : undefined
  if (scope.model.name === 'User' && name === 'emails')
    return {
      sql: 'users.seq in (select user_seq from user_emails where directory_id = ? and value_key = ?)',
      params: [scope.directoryId, fold(value)],
    }
  if (scope.model.name === 'Group' && name === 'members')
    return {
      sql: `groups.seq in (
        select group_seq from memberships where kind = 0 and member_seq = (select seq from users where id = ? and archived_at is null and hidden = 0)
        union all
        select group_seq from memberships where kind = 1 and member_seq = (select seq from groups where id = ? and archived_at is null))`,
      // Ids are in lower case, and members.value is no caseExact attribute.
      params: [fold(value), fold(value)],
    }
  return undefined
}

function compileMultiValued(
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
    const any = exists(source, compareExpression(column, false, member, operator, value))
    if (operator !== 'ne') return any
    const none = exists(source, { sql: `${column} is not null`, params: [] })
    return joined([{ sql: `not ${none.sql}`, params: none.params }, any], 'or')
  }
  if (filter.kind === 'present')
    return exists(
      source,
      path.sub ? { sql: `${source.column(path.sub.name)} is not null`, params: [] } : { sql: '1', params: [] },
    )
  if (filter.kind === 'valuePath') {
    const any = exists(source, compileElement(source, filter.filter))
    const value = requiredValue(filter.filter)
    const lookup = value === undefined ? undefined : valueLookup(path, value, scope)
    return lookup ? joined([lookup, any], 'and') : any
  }
  return never
}

function compileSingle(path: AttributePath, attribute: Attribute, filter: Filter, scope: FilterScope): SqlFragment {
  if (filter.kind === 'valuePath')
    // A value filter on a single-valued complex attribute looks at its one value; without one there is no element that could match.
    return joined([compile({ kind: 'present', path }, scope), compile(underPath(filter.filter, path), scope)], 'and')
  const column = columnOf(path, attribute, scope)
  const expression = column?.expression ?? valueExpression(path, attribute, path.sub?.name, scope)
  if (filter.kind === 'present') return { sql: `${expression} is not null`, params: [] }
  if (filter.kind !== 'compare') return never
  const { operator, value } = filter
  if (value === null) return { sql: `${expression} is ${operator === 'ne' ? 'not ' : ''}null`, params: [] }
  if (column?.lookup && operator === 'eq' && typeof value === 'string') return column.lookup(value)
  const leaf = path.sub ?? attribute
  const compared = compareExpression(expression, column?.isFolded === true, leaf, operator, value)
  if (operator === 'ne') return { sql: `ifnull(${compared.sql}, 1)`, params: compared.params }
  if (operator === 'sw' && column?.isIndexed === true && typeof value === 'string' && value !== '') {
    // The range lets the index find the beginning; U+10FFFF sorts behind every text that begins with it.
    const text = comparisonKey(leaf, value)
    const range = { sql: `${expression} >= ? and ${expression} < ? || char(1114111)`, params: [text, text] }
    return joined([range, compared], 'and')
  }
  return compared
}

/** A filter on the one value at a path as a filter on the resource: `name[givenName eq "x"]` asks what `name.givenName eq "x"` asks. */
function underPath(filter: Filter, path: AttributePath): Filter {
  switch (filter.kind) {
    case 'and':
    case 'or':
      return { kind: filter.kind, operands: filter.operands.map((each) => underPath(each, path)) }
    case 'not':
      return { kind: 'not', operand: underPath(filter.operand, path) }
    case 'compare':
    case 'present':
      return filter.path.attribute ? { ...filter, path: { ...path, sub: filter.path.attribute } } : filter
    case 'valuePath':
      throw invalidFilter('A value filter cannot hold another value filter.')
    default:
      return unreachable(filter)
  }
}

function compile(filter: Filter, scope: FilterScope): SqlFragment {
  switch (filter.kind) {
    case 'and':
    case 'or':
      return joined(
        filter.operands.map((each) => compile(each, scope)),
        filter.kind,
      )
    case 'not': {
      const inner = compile(filter.operand, scope)
      return { sql: `not ifnull(${inner.sql}, 0)`, params: inner.params }
    }
    case 'compare':
    case 'present':
    case 'valuePath': {
      const { path } = filter
      const { attribute } = path
      // An attribute that this resource type does not have has no value (RFC 7644 §3.4.2.1).
      if (!attribute) return filter.kind === 'compare' && filter.operator === 'ne' ? always : never
      return attribute.multiValued
        ? compileMultiValued(path, attribute, filter, scope)
        : compileSingle(path, attribute, filter, scope)
    }
    default:
      return unreachable(filter)
  }
}

function isNarrow(filter: Filter, scope: FilterScope): boolean {
  switch (filter.kind) {
    case 'and':
      return filter.operands.some((each) => isNarrow(each, scope))
    case 'or':
      return filter.operands.every((each) => isNarrow(each, scope))
    case 'compare': {
      const { path, operator, value } = filter
      const { attribute } = path
      if (!attribute) return operator !== 'ne'
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

function isUnique(filter: Filter, scope: FilterScope): boolean {
  if (filter.kind === 'and') return filter.operands.some((each) => isUnique(each, scope))
  if (filter.kind !== 'compare' || filter.operator !== 'eq' || filter.path.schema !== scope.model.core) return false
  const name = filter.path.attribute?.name
  return name === 'id' || name === (scope.model.name === 'User' ? 'userName' : 'displayName')
}

/** Each test on the groups of a user is a recursive query, and SQLite takes about a hundred of those in one statement. */
const mostGroupTests = 50

/**
 * Compiles a filter to a condition over `users` or `groups` that gives the same answers as scim/filter/evaluate.ts.
 * Throws `ScimError` invalidFilter for the few derived attributes that have no SQL (meta.location, meta.version), and for too many tests on groups.
 */
export function compileFilter(filter: Filter, scope: FilterScope): CompiledFilter {
  const compiled = compile(filter, scope)
  if (compiled.sql.split('with recursive').length - 1 > mostGroupTests)
    throw invalidFilter(
      `The filter asks about the groups of a user more than ${mostGroupTests} times. Ask less at once.`,
    )
  return { ...compiled, isNarrow: isNarrow(filter, scope), isUnique: isUnique(filter, scope) }
}
