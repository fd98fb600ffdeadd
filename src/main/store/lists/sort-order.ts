import type { Attribute } from '../../../scim/model/attribute.ts'
import type { AttributePath } from '../../../scim/path/attribute-path.ts'
import { placedValue } from '../../../scim/query/cursor.ts'
import { isCaseExact } from '../../../scim/text/fold.ts'
import { columnOf, elementSource, type FilterScope, valueExpression } from '../filter/filter-columns.ts'
import type { ListQuery } from './list-query.ts'
import type { Condition, Table } from './listed-table.ts'

/** An expression that orders the values of an attribute; `expression` is a value as it is stored. */
function orderedExpression(expression: string, leaf: Attribute): string {
  if (leaf.type === 'boolean' || leaf.type === 'integer' || leaf.type === 'decimal') return expression
  if (leaf.type === 'dateTime') return `instant(${expression})`
  return isCaseExact(leaf) ? expression : `fold(${expression})`
}

/** The value a resource is sorted by: of several, the primary one or else the first (RFC 7644 §3.4.2.3). */
export function sortExpression(path: AttributePath, attribute: Attribute, scope: FilterScope): Condition {
  const leaf = path.sub ?? attribute
  if (!attribute.multiValued) {
    const column = columnOf(path, attribute, scope)
    const expression = column?.expression ?? valueExpression(path, attribute, path.sub?.name, scope)
    return { sql: column?.isFolded ? expression : orderedExpression(expression, leaf), params: [] }
  }
  const source = elementSource(path, attribute, scope)
  const value = orderedExpression(path.sub ? source.column(path.sub.name) : source.value, leaf)
  const hasPrimary = attribute.subAttributes?.some((each) => each.name === 'primary') === true
  const order = hasPrimary ? `ifnull(${source.column('primary')}, 0) desc, ${source.order}` : source.order
  return { sql: `(${source.select(value)} order by ${order} limit 1)`, params: source.params }
}

/**
 * The resource that a cursor names. Anybody can make one up, so it may be archived by now, but is neither of another directory nor a local
 * administrator: where a list goes on would tell what they are sorted by.
 */
export function cursorRow({ scope }: ListQuery, afterSeq: number): Condition {
  const isVisible = scope.model.name === 'User' ? ' and hidden = 0' : ''
  return { sql: `seq = ? and directory_id = ?${isVisible}`, params: [afterSeq, scope.directoryId] }
}

/** The value behind which a sorted list goes on. */
function lastValue(query: ListQuery, afterSeq: number, table: Table, key: Condition): Condition {
  const placed = query.afterPlace === undefined ? undefined : placedValue(query.afterPlace)
  if (placed === null) return { sql: 'null', params: [] }
  if (placed !== undefined) return { sql: '?', params: [placed] }
  const row = cursorRow(query, afterSeq)
  return { sql: `(select ${key.sql} from ${table.name} where ${row.sql})`, params: [...key.params, ...row.params] }
}

/**
 * What comes behind the resource that a cursor names, in the order of the list. A sorted list goes on behind the value that this resource had, so
 * that what is added, changed or deleted between two pages neither repeats nor skips anybody else.
 */
export function behind(query: ListQuery, table: Table, key: Condition | undefined): Condition {
  const { afterSeq, sort } = query
  if (afterSeq === undefined) return { sql: '1', params: [] }
  if (!key) return { sql: 'seq > ?', params: [afterSeq] }
  const last = lastValue(query, afterSeq, table, key)
  const equal: Condition = {
    sql: `(${key.sql} is ${last.sql} and seq > ?)`,
    params: [...key.params, ...last.params, afterSeq],
  }
  const further: Condition = sort?.descending
    ? {
        sql: `(${key.sql} < ${last.sql} or (${last.sql} is null and ${key.sql} is not null))`,
        params: [...key.params, ...last.params, ...last.params, ...key.params],
      }
    : {
        sql: `(${key.sql} > ${last.sql} or (${last.sql} is not null and ${key.sql} is null))`,
        params: [...key.params, ...last.params, ...last.params, ...key.params],
      }
  return { sql: `(${further.sql} or ${equal.sql})`, params: [...further.params, ...equal.params] }
}

/**
 * A page that has to be sorted, or skips many. What is carried through the sorting is no more than the value and the number of each row: with
 * their documents 900,000 that are skipped would be a gigabyte of memory.
 */
export function narrowlySorted(table: Table, key: Condition | undefined, part: string, order: string): string {
  const { name, select } = table
  const inner = `select seq as place, ${key ? key.sql : 'seq'} as sort_value from ${name} ${part}`
  // A function, since a text in its place would have a meaning of its own for the dollars that a name may hold.
  const outer = key ? select.replace(/ from \w+$/, (from) => `, sort_value${from}`) : select
  return `${outer.replace(/ from \w+$/, () => ` from (${inner}) cross join ${name} on ${name}.seq = place`)} order by ${order}`
}
