import type { StatementCache } from '../filter/statement-cache.ts'
import type { PositionReads } from '../resources/positions.ts'
import { kinds } from '../resources/resource-kind.ts'
import type { ResourceRow } from '../resources/resource-row.ts'
import type { ListPage, ListQuery } from './list-query.ts'
import { type Condition, listedCondition, type Table } from './listed-table.ts'
import type { PageReader } from './page-reader.ts'

/** The order of creation, which is that of `seq` too, in the words in which the indexes users_listed and groups_listed have it. */
const listOrder = 'created_at, seq'

/** So many rows of one moment are gone through one by one. */
const manyOfOneMoment = 200

/** Pages of everything that is listed, in the order of creation: by the positions that are counted, without going through what stands before. */
export function prepareWholeLists(statement: StatementCache, positions: PositionReads, rowsOf: PageReader['rowsOf']) {
  /** When those were made from whom on a list goes on, in ms: the moment of creation never falls as `seq` rises. */
  function momentAt(table: Table, operator: '>' | '>=', seq: number): number {
    if (seq === 0) return 0
    const where = operator === '>' ? 'seq <= ? order by seq desc' : 'seq >= ? order by seq'
    const moment = statement(`select created_at from ${table.name} where ${where} limit 1`).pluck().get(seq)
    return typeof moment === 'number' ? moment : 0
  }

  /**
   * Listed rows from a number on. Before it may stand any number of the same moment, where somebody imported them at once or since the clock was set
   * back. The index leads past them where the question is put in two parts, which costs others more.
   */
  function rowsFrom(
    table: Table,
    listed: Condition,
    operator: '>' | '>=',
    seq: number,
    count: number,
    offset: number,
  ): readonly ResourceRow[] {
    const moment = momentAt(table, operator, seq)
    const { sql, params } = listed
    const some = `${table.select} where ${sql}`
    const end = `order by ${listOrder} limit ? offset ?`
    const areMany =
      seq > 0 &&
      statement(`select 1 from ${table.name} where ${sql} and created_at = ? and seq < ? limit 1 offset ?`).get(
        ...params,
        moment,
        seq,
        manyOfOneMoment,
      ) !== undefined
    return areMany
      ? rowsOf(
          `${some} and created_at = ? and seq ${operator} ? union all ${some} and created_at > ? ${end}`,
          [...params, moment, seq, ...params, moment, count, offset],
          count,
        )
      : rowsOf(
          `${some} and created_at >= ? and seq ${operator} ? ${end}`,
          [...params, moment, seq, count, offset],
          count,
        )
  }

  return function whole(query: ListQuery, table: Table): ListPage {
    const { scope } = query
    const kind = kinds[scope.model.name]
    const total = positions.total(scope.directoryId, kind)
    const listed = listedCondition(scope)
    if (query.count === 0) return { rows: [], total }
    if (query.afterSeq !== undefined)
      return { rows: rowsFrom(table, listed, '>', query.afterSeq, query.count, 0), total }
    if (query.startIndex > total) return { rows: [], total }
    const { fromSeq, offset } = positions.find(scope.directoryId, kind, query.startIndex - 1)
    return { rows: rowsFrom(table, listed, '>=', fromSeq, query.count, offset), total }
  }
}
