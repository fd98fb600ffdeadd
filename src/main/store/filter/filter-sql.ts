import type { Attribute } from '../../../scim/model/attribute.ts'
import type { AttributePath } from '../../../scim/path/attribute-path.ts'
import { parseDateTime } from '../../../scim/date-time.ts'
import { invalidFilter } from '../../../scim/error.ts'
import type { Filter } from '../../../scim/filter/filter.ts'
import { comparisonKey } from '../../../scim/text/fold.ts'
import { unreachable } from '../../../scim/unreachable.ts'
import { columnOf, type FilterScope, valueExpression } from './filter-columns.ts'
import { compareExpression } from './filter-comparison.ts'
import { compileMultiValued } from './filter-elements.ts'
import { indexedTest } from './filter-lookup-index.ts'
import { asksEachMember, canBeUnited, isByNumber, isNarrow, isUnique, uncertainTests } from './filter-selectivity.ts'
import { usersOfGroup } from './filter-value-lookup.ts'
import { listedGroup } from '../resources/groups.ts'
import { always, beginningWith, joined, negated, never, type SqlFragment } from './sql-fragment.ts'
import { listedUser } from '../resources/users.ts'

/** A test that many rows may pass although an index leads to them. */
export interface UncertainTest extends SqlFragment {
  readonly isByNumber: boolean
}

export interface CompiledFilter extends SqlFragment {
  /** Whether an index leads to the few rows that can match, so that the query costs the same in a directory of any size. */
  readonly isNarrow: boolean
  /** Whether it names the rows that can match by their numbers. */
  readonly isByNumber: boolean
  /** Whether at most one row can match, so that it needs neither order nor limit: both cost SQLite more than the lookup. */
  readonly isUnique: boolean
  /** What many rows may pass although an index leads to them. */
  readonly uncertain: readonly UncertainTest[]
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
  if (column?.after && (operator === 'gt' || operator === 'ge')) {
    const moment = parseDateTime(String(value), { zone: 'utc' })
    if (moment !== undefined) return column.after(operator === 'gt' ? '>' : '>=', moment)
  }
  const compared = compareExpression(expression, column?.isFolded === true, leaf, operator, value)
  if (operator === 'ne') return { sql: `ifnull(${compared.sql}, 1)`, params: compared.params }
  if (operator === 'sw' && column?.isIndexed === true && typeof value === 'string' && value !== '') {
    const range = beginningWith(expression, comparisonKey(leaf, value))
    return joined([range, compared], 'and')
  }
  const indexed = indexedTest(filter, scope)
  return indexed ? joined([indexed, compared], 'and') : compared
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
    case 'or': {
      const compiled = filter.operands.map((each) => compile(each, scope))
      const isUnited = filter.kind === 'or' && canBeUnited(filter.operands, scope)
      return isUnited ? united(filter.operands, compiled, scope) : joined(compiled, filter.kind)
    }
    case 'not':
      return negated(compile(filter.operand, scope))
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

/** Several alternatives, each looked up by its own index. */
function united(operands: readonly Filter[], compiled: readonly SqlFragment[], scope: FilterScope): SqlFragment {
  const table = scope.model.name === 'User' ? 'users' : 'groups'
  const listed = table === 'users' ? listedUser : listedGroup
  const lookups = operands.map((each, n) => {
    // The plus keeps indexes on the directory out where the rows are known by their numbers.
    const inDirectory = `${isByNumber(each, scope) ? '+' : ''}directory_id = ? and ${listed}`
    return `select ${table}.seq from ${table} where ${inDirectory} and ${compiled[n]?.sql ?? '0'}`
  })
  return {
    sql: `${table}.seq in (${lookups.join(' union all ')})`,
    params: compiled.flatMap(({ params }) => [scope.directoryId, ...params]),
  }
}

/** Each test on the groups of a user is a recursive query, and SQLite takes about a hundred of those in one statement. */
const mostGroupTests = 50

/** So many of what an index leads to are counted at most; with more it is taken for granted that many rows pass. */
const mostUncertain = 20

/**
 * Compiles a filter to a condition over `users` or `groups` that gives the same answers as scim/filter/evaluate.ts.
 * Throws `ScimError` invalidFilter for what of meta has no SQL, and for too many tests on groups.
 */
export function compileFilter(filter: Filter, scope: FilterScope): CompiledFilter {
  const compiled = compile(filter, scope)
  if (compiled.sql.split('with recursive').length - 1 > mostGroupTests)
    throw invalidFilter(
      `The filter asks about the groups of a user more than ${mostGroupTests} times. Ask less at once.`,
    )
  const uncertain = uncertainTests(filter, scope)
  const narrow = isNarrow(filter, scope) && !asksEachMember(filter, scope) && uncertain.length <= mostUncertain
  const inGroup = narrow ? undefined : usersOfGroup(filter, scope)
  return {
    ...(inGroup ? joined([inGroup, compiled], 'and') : compiled),
    isNarrow: narrow,
    isByNumber: inGroup !== undefined || isByNumber(filter, scope),
    isUnique: isUnique(filter, scope),
    uncertain: uncertain.map((each) => ({ ...compile(each, scope), isByNumber: isByNumber(each, scope) })),
  }
}
