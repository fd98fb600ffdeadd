import { placedValue, sortPlaceOf } from '../../../scim/query/cursor.ts'
import { expiredCursor } from '../../../scim/error.ts'
import { compileFilter, type CompiledFilter } from '../filter/filter-sql.ts'
import { lookupPlaceWanted } from '../filter/lookup-place-wanted.ts'
import { createStatementCache } from '../filter/statement-cache.ts'
import type { Connection } from '../file/open-database.ts'
import { prepareLookupIndexReads } from '../configuration/lookup-indexes.ts'
import { preparePositionReads } from '../resources/positions.ts'
import type { ListPage, ListQuery, PreparedList } from './list-query.ts'
import { type Condition, listedCondition, type Table, tables } from './listed-table.ts'
import { createPageReader } from './page-reader.ts'
import { behind, cursorRow, narrowlySorted, sortExpression } from './sort-order.ts'
import { matchPage, prepareUniqueMatches } from './unique-match.ts'
import { prepareWholeLists } from './whole-list.ts'

const everything: CompiledFilter = {
  sql: '1',
  params: [],
  isNarrow: false,
  isByNumber: false,
  isUnique: false,
  uncertain: [],
}

export function prepareLists(connection: Connection) {
  const statement = createStatementCache(connection)
  const positions = preparePositionReads(connection)
  const indexes = prepareLookupIndexReads(connection)
  const { rowsOf, pages } = createPageReader(statement)
  const matchUnique = prepareUniqueMatches(connection)
  const readWhole = prepareWholeLists(statement, positions, rowsOf)

  function countOf(table: string, where: Condition): number {
    const row = statement(`select count(*) as n from ${table} where ${where.sql}`)
      .pluck()
      .get(...where.params)
    return typeof row === 'number' ? row : 0
  }

  function hasMoreThan(rows: number, table: Table, where: Condition): boolean {
    const sql = `select 1 from ${table.name} where ${where.sql} limit 1 offset ?`
    return statement(sql).get(...where.params, rows) !== undefined
  }

  function single(query: ListQuery, table: Table, matched: Condition): ListPage {
    const [row] = rowsOf(`${table.select} where ${matched.sql}`, matched.params, 1)
    return matchPage(query, row)
  }

  /** A cursor that holds no value, but a check of it, is of no use once that has changed. Throws expiredCursor. */
  function assertUnchanged(query: ListQuery, table: Table, key: Condition): void {
    const { afterSeq, afterPlace } = query
    if (afterSeq === undefined || afterPlace === undefined || placedValue(afterPlace) !== undefined) return
    const row = cursorRow(query, afterSeq)
    const now = statement(`select ${key.sql} from ${table.name} where ${row.sql}`)
      .pluck()
      .get(...key.params, ...row.params)
    const isThere = typeof now === 'string' || typeof now === 'number'
    if (!isThere || sortPlaceOf(now, false) !== afterPlace)
      throw expiredCursor(
        'What the list is sorted by has changed where the cursor stands. Start again with an empty cursor.',
      )
  }

  function filtered(query: ListQuery, table: Table, matched: Condition): ListPage {
    const { scope, sort } = query
    if (query.count === 0) return { rows: [], total: countOf(table.name, matched) }
    // Without a value a resource comes last in ascending and first in descending order.
    const direction = sort?.descending ? 'desc nulls first' : 'asc nulls last'
    const key = sort?.path.attribute ? sortExpression(sort.path, sort.path.attribute, scope) : undefined
    if (key) assertUnchanged(query, table, key)
    const after = behind(query, table, key)
    const order = key ? `sort_value ${direction}, seq` : 'seq'
    const part = `where ${matched.sql} and ${after.sql} order by ${order} limit ? offset ?`
    const limits = [query.count, query.startIndex - 1]
    const params = [...(key ? key.params : []), ...matched.params, ...after.params, ...limits]
    const rows =
      key || query.startIndex > 1
        ? rowsOf(narrowlySorted(table, key, part, order), params, query.count)
        : rowsOf(`${table.select} ${part}`, params, query.count)
    const isWhole =
      query.afterSeq === undefined && rows.length < query.count && (rows.length > 0 || query.startIndex === 1)
    return { rows, total: isWhole ? query.startIndex - 1 + rows.length : countOf(table.name, matched) }
  }

  function compiledList(query: ListQuery, table: Table, compiled: CompiledFilter): PreparedList {
    const { scope, filter } = query
    const listed = listedCondition(scope)
    // The plus keeps indexes on the directory out: SQLite takes going through all of it for better than going to a few numbers.
    const inDirectory = compiled.isByNumber ? `+${listed.sql}` : listed.sql
    const matched = { sql: `${inDirectory} and ${compiled.sql}`, params: [...listed.params, ...compiled.params] }
    const { uncertain } = compiled
    return {
      isBroad: !compiled.isNarrow,
      isWiderThan:
        uncertain.length > 0 && !compiled.isUnique
          ? (rows) =>
              uncertain.some(({ sql, params, isByNumber }) =>
                hasMoreThan(rows, table, {
                  sql: `${isByNumber ? '+' : ''}${listed.sql} and ${sql}`,
                  params: [...listed.params, ...params],
                }),
              )
          : undefined,
      wantedIndex: () => (compiled.isNarrow || !filter ? undefined : lookupPlaceWanted(filter, scope)),
      ...pages(() => (compiled.isUnique ? single(query, table, matched) : filtered(query, table, matched))),
    }
  }

  /** The same by the indexes of attributes, where these lead to few; undefined where they do not. */
  function byIndexes(query: ListQuery, table: Table): PreparedList | undefined {
    const { scope, filter } = query
    const ready = filter && scope.model.name === 'User' ? indexes.ready(scope.directoryId) : []
    if (!filter || ready.length === 0) return undefined
    const compiled = compileFilter(filter, { ...scope, indexes: ready })
    if (!compiled.isNarrow) return undefined
    const list = compiledList(query, table, compiled)
    // One that is dropped while it is read has lost some of its rows by the end, perhaps.
    const areLeft = () => ready.every(({ id }) => indexes.byId(id)?.state === 'ready')
    const whole = () => compiledList(query, table, compileFilter(filter, scope))
    return {
      ...list,
      page() {
        const page = list.page()
        return areLeft() ? page : whole().page()
      },
      pageWithin(characters) {
        const page = list.pageWithin(characters)
        return areLeft() ? page : whole().pageWithin(characters)
      },
    }
  }

  return {
    total: positions.total,
    /**
     * Compiles a list once. Throws `ScimError` invalidFilter where a filter or sort cannot be compiled.
     * `page` gives it in a stable order: by `sort`, then by creation; its `total` counts all matches.
     */
    prepare(query: ListQuery): PreparedList {
      const { scope, filter, sort } = query
      const table = tables[scope.model.name]
      if (!filter && !sort) return { isBroad: false, ...pages(() => readWhole(query, table)) }
      const unique = matchUnique(query, table)
      if (unique) return unique
      const compiled = filter ? compileFilter(filter, scope) : everything
      return (compiled.isNarrow ? undefined : byIndexes(query, table)) ?? compiledList(query, table, compiled)
    },
  }
}
