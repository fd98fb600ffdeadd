import type { Attribute } from '../../scim/attribute.ts'
import type { AttributePath } from '../../scim/attribute-path.ts'
import { isCaseExact } from '../../scim/fold.ts'
import type { Filter } from '../../scim/filter/filter.ts'
import { columnOf, elementSource, type FilterScope, valueExpression } from './filter-columns.ts'
import { compileFilter } from './filter-sql.ts'
import { listedGroup } from './groups.ts'
import type { Connection } from './open-database.ts'
import { preparePositionReads } from './positions.ts'
import { kinds } from './resource-kind.ts'
import { resourceColumns, type ResourceRow } from './resource-row.ts'
import { createStatementCache } from './statement-cache.ts'
import { listedUser } from './users.ts'

export interface ListQuery {
  readonly scope: FilterScope
  readonly filter: Filter | undefined
  readonly sort: { readonly path: AttributePath; readonly descending: boolean } | undefined
  /** One-based (RFC 7644 §3.4.2.4). */
  readonly startIndex: number
  readonly count: number
  /** Only resources behind this `seq`, for cursors; `startIndex` is 1 then. */
  readonly afterSeq: number | undefined
}

export interface ListPage {
  readonly rows: readonly ResourceRow[]
  readonly total: number
}

interface Condition {
  readonly sql: string
  readonly params: readonly (string | number)[]
}

/** The value a resource is sorted by: of several, the primary one or else the first (RFC 7644 §3.4.2.3). */
function sortExpression(path: AttributePath, attribute: Attribute, scope: FilterScope): Condition {
  const leaf = path.sub ?? attribute
  if (!attribute.multiValued) {
    const column = columnOf(path, attribute, scope)
    const expression = column?.expression ?? valueExpression(path, attribute, path.sub?.name, scope)
    if (column?.isFolded || leaf.type === 'boolean' || leaf.type === 'integer' || leaf.type === 'decimal')
      return { sql: expression, params: [] }
    if (leaf.type === 'dateTime') return { sql: `instant(${expression})`, params: [] }
    return { sql: isCaseExact(leaf) ? expression : `fold(${expression})`, params: [] }
  }
  const source = elementSource(path, attribute, scope)
  const value = path.sub ? source.column(path.sub.name) : source.value
  const isDocument = source.select.includes('json_each')
  const order = isDocument && attribute.type === 'complex' ? ` order by ifnull(${source.column('primary')}, 0) desc, element.key` : ''
  const expression = isCaseExact(leaf) || leaf.type !== 'string' ? value : `fold(${value})`
  return {
    sql: `(${source.select.replace('select 1 from', `select ${expression} from`)}${order} limit 1)`,
    params: source.params,
  }
}

function listedCondition(scope: FilterScope): Condition {
  return {
    sql: `directory_id = ? and ${scope.model.name === 'User' ? listedUser : listedGroup}`,
    params: [scope.directoryId],
  }
}

export function prepareLists(connection: Connection) {
  const statement = createStatementCache(connection)
  const positions = preparePositionReads(connection)

  function rowsOf(sql: string, params: readonly (string | number)[]): readonly ResourceRow[] {
    // The columns are fixed by `resourceColumns` and typed by STRICT tables.
    return statement(sql).all(...params) as ResourceRow[]
  }

  function countOf(table: string, where: Condition): number {
    const row = statement(`select count(*) as n from ${table} where ${where.sql}`).pluck().get(...where.params)
    return typeof row === 'number' ? row : 0
  }

  function unfiltered(query: ListQuery, table: string): ListPage {
    const { scope } = query
    const kind = kinds[scope.model.name]
    const total = positions.total(scope.directoryId, kind)
    const listed = listedCondition(scope)
    if (query.count === 0) return { rows: [], total }
    if (query.afterSeq !== undefined) {
      const sql = `select ${resourceColumns} from ${table} where ${listed.sql} and seq > ? order by seq limit ?`
      return { rows: rowsOf(sql, [...listed.params, query.afterSeq, query.count]), total }
    }
    if (query.startIndex > total) return { rows: [], total }
    const position = positions.find(scope.directoryId, kind, query.startIndex - 1)
    const sql = `select ${resourceColumns} from ${table} where ${listed.sql} and seq >= ? order by seq limit ? offset ?`
    return { rows: rowsOf(sql, [...listed.params, position.fromSeq, query.count, position.offset]), total }
  }

  return {
    total: positions.total,
    /** Whether a list has to look at more rows than an index can lead it to. */
    isBroad: (query: ListQuery) =>
      query.filter ? !compileFilter(query.filter, query.scope).isNarrow : query.sort !== undefined,
    /**
     * A page in a stable order: by `sort`, then by creation. Throws `ScimError` invalidFilter where a filter or sort cannot be compiled.
     * `total` counts all matches.
     */
    page(query: ListQuery): ListPage {
      const { scope, filter, sort } = query
      const table = scope.model.name === 'User' ? 'users' : 'groups'
      if (!filter && !sort) return unfiltered(query, table)
      const listed = listedCondition(scope)
      const compiled = filter ? compileFilter(filter, scope) : { sql: '1', params: [] }
      const matched: Condition = {
        sql: `${listed.sql} and ${compiled.sql}`,
        params: [...listed.params, ...compiled.params],
      }
      const after = query.afterSeq === undefined ? { sql: '', params: [] } : { sql: ' and seq > ?', params: [query.afterSeq] }
      if (query.count === 0) return { rows: [], total: countOf(table, matched) }
      const direction = sort?.descending ? 'desc' : 'asc'
      const key = sort?.path.attribute ? sortExpression(sort.path, sort.path.attribute, scope) : undefined
      const order = key ? `(${key.sql}) is null ${direction}, ${key.sql} ${direction}, seq` : 'seq'
      const rows = rowsOf(
        `select ${resourceColumns} from ${table} where ${matched.sql}${after.sql} order by ${order} limit ? offset ?`,
        [
          ...matched.params,
          ...after.params,
          ...(key ? [...key.params, ...key.params] : []),
          query.count,
          query.startIndex - 1,
        ],
      )
      const isWhole = query.afterSeq === undefined && rows.length < query.count && (rows.length > 0 || query.startIndex === 1)
      return { rows, total: isWhole ? query.startIndex - 1 + rows.length : countOf(table, matched) }
    },
  }
}
