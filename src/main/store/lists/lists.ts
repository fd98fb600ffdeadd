import type { Attribute } from '../../../scim/model/attribute.ts'
import type { AttributePath } from '../../../scim/path/attribute-path.ts'
import { placedValue, sortPlaceOf } from '../../../scim/query/cursor.ts'
import { expiredCursor, tooMany } from '../../../scim/error.ts'
import { comparisonKey, isCaseExact } from '../../../scim/text/fold.ts'
import type { Filter } from '../../../scim/filter/filter.ts'
import { columnOf, elementSource, type FilterScope, valueExpression } from '../filter/filter-columns.ts'
import { lookupPlaceWanted } from '../filter/lookup-place-wanted.ts'
import { compileFilter, type CompiledFilter } from '../filter/filter-sql.ts'
import { listedGroup } from '../resources/groups.ts'
import type { Connection } from '../file/open-database.ts'
import { prepareLookupIndexReads, type LookupPlace } from '../configuration/lookup-indexes.ts'
import { preparePositionReads } from '../resources/positions.ts'
import { kinds } from '../resources/resource-kind.ts'
import { groupResourceColumns, type ResourceRow, userResourceColumns } from '../resources/resource-row.ts'
import { createStatementCache } from '../filter/statement-cache.ts'
import { listedUser } from '../resources/users.ts'

export interface ListQuery {
  readonly scope: FilterScope
  readonly filter: Filter | undefined
  readonly sort: { readonly path: AttributePath; readonly descending: boolean } | undefined
  /** One-based (RFC 7644 §3.4.2.4). */
  readonly startIndex: number
  readonly count: number
  /** Only resources behind this `seq`, for cursors; `startIndex` is 1 then. */
  readonly afterSeq: number | undefined
  /** What that one was sorted by when its page was made (`sortPlaceOf`); without it, what it is sorted by now. */
  readonly afterPlace?: string | undefined
}

export interface ListPage {
  readonly rows: readonly ResourceRow[]
  readonly total: number
}

/** A list that has been compiled and not yet been run. */
export interface PreparedList {
  /** It has to look at more rows than an index can lead it to. */
  readonly isBroad: boolean
  /** Whether an index leads to more rows than so many, which is found out by going as far; undefined where it never leads to many. */
  readonly isWiderThan?: ((rows: number) => boolean) | undefined
  /** What an index could be made of, so that it would not be broad. */
  readonly wantedIndex?: () => LookupPlace | undefined
  /** Throws `ScimError` tooMany for a page whose resources are so large that they do not fit into memory. */
  page(): ListPage
  /** The same; undefined where the documents of its resources have more characters than that together. */
  pageWithin(characters: number): ListPage | undefined
}

/** Documents of more characters are not put into one page: a body may have 4 MiB, and a page a thousand resources. */
const mostCharacters = 64 * 1024 * 1024
/** Pages of no more resources are read at once, which is faster. */
const few = 16

class Overlong extends Error {
  override readonly name = 'Overlong'
}

function overlong() {
  return tooMany(
    'The resources of the page are too large to be sent together. Ask for fewer with "count", or follow "nextCursor" in smaller pages.',
  )
}

interface Table {
  readonly name: 'users' | 'groups'
  readonly select: string
}

const tables: { readonly [name in 'User' | 'Group']: Table } = {
  User: { name: 'users', select: `select ${userResourceColumns} from users` },
  Group: { name: 'groups', select: `select ${groupResourceColumns} from groups` },
}

/** The order of creation, which is that of `seq` too, in the words in which the indexes users_listed and groups_listed have it. */
const listOrder = 'created_at, seq'

/** So many rows of one moment are gone through one by one. */
const manyOfOneMoment = 200

const everything: CompiledFilter = {
  sql: '1',
  params: [],
  isNarrow: false,
  isByNumber: false,
  isUnique: false,
  uncertain: [],
}

interface Condition {
  readonly sql: string
  readonly params: readonly (string | number)[]
}

/** An expression that orders the values of an attribute; `expression` is a value as it is stored. */
function orderedExpression(expression: string, leaf: Attribute): string {
  if (leaf.type === 'boolean' || leaf.type === 'integer' || leaf.type === 'decimal') return expression
  if (leaf.type === 'dateTime') return `instant(${expression})`
  return isCaseExact(leaf) ? expression : `fold(${expression})`
}

/** The value a resource is sorted by: of several, the primary one or else the first (RFC 7644 §3.4.2.3). */
function sortExpression(path: AttributePath, attribute: Attribute, scope: FilterScope): Condition {
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
function cursorRow({ scope }: ListQuery, afterSeq: number): Condition {
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
function behind(query: ListQuery, table: Table, key: Condition | undefined): Condition {
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

function listedCondition(scope: FilterScope): Condition {
  return {
    sql: `directory_id = ? and ${scope.model.name === 'User' ? listedUser : listedGroup}`,
    params: [scope.directoryId],
  }
}

/** The attributes that no two resources share; each has a column with the key to compare. */
const uniqueColumns: { readonly [table in 'users' | 'groups']: { readonly [attribute: string]: string } } = {
  users: { id: 'id', userName: 'user_name_key' },
  groups: { id: 'id', displayName: 'display_name_key' },
}

/** The question by which an IdP matches, `userName eq "…"`: the column and the key to look for; undefined for any other filter. */
function uniqueKey(query: ListQuery, table: Table): { readonly column: string; readonly key: string } | undefined {
  const { filter, scope } = query
  if (filter?.kind !== 'compare' || filter.operator !== 'eq' || typeof filter.value !== 'string') return undefined
  const { attribute, schema } = filter.path
  if (!attribute || schema !== scope.model.core || filter.path.sub) return undefined
  const column = uniqueColumns[table.name][attribute.name]
  return column === undefined ? undefined : { column, key: comparisonKey(attribute, filter.value) }
}

/**
 * A page that has to be sorted, or skips many. What is carried through the sorting is no more than the value and the number of each row: with
 * their documents 900,000 that are skipped would be a gigabyte of memory.
 */
function narrowlySorted(table: Table, key: Condition | undefined, part: string, order: string): string {
  const { name, select } = table
  const inner = `select seq as place, ${key ? key.sql : 'seq'} as sort_value from ${name} ${part}`
  // A function, since a text in its place would have a meaning of its own for the dollars that a name may hold.
  const outer = key ? select.replace(/ from \w+$/, (from) => `, sort_value${from}`) : select
  return `${outer.replace(/ from \w+$/, () => ` from (${inner}) cross join ${name} on ${name}.seq = place`)} order by ${order}`
}

export function prepareLists(connection: Connection) {
  const statement = createStatementCache(connection)
  const positions = preparePositionReads(connection)
  const indexes = prepareLookupIndexReads(connection)
  const uniqueRows = {
    users: prepareUnique('users', tables.User.select, listedUser),
    groups: prepareUnique('groups', tables.Group.select, listedGroup),
  }

  /** One statement for each unique attribute, so that matching compiles nothing. */
  function prepareUnique(table: 'users' | 'groups', select: string, listed: string) {
    return new Map(
      Object.values(uniqueColumns[table]).map((column) => [
        column,
        connection.prepare<[number, string], ResourceRow>(
          `${select} where directory_id = ? and ${listed} and ${column} = ?`,
        ),
      ]),
    )
  }

  /** The page of what at most one resource can be. */
  function matchPage(query: ListQuery, row: ResourceRow | undefined): ListPage {
    if (!row) return { rows: [], total: 0 }
    const { afterSeq } = query
    const isShown = query.startIndex <= 1 && query.count > 0 && (afterSeq === undefined || row.seq > afterSeq)
    return { rows: isShown ? [row] : [], total: 1 }
  }

  /** How many characters the documents of the page may have that is being read. */
  let room = mostCharacters

  function within(characters: number, read: () => ListPage): ListPage | undefined {
    room = characters
    try {
      return read()
    } catch (error) {
      if (error instanceof Overlong) return undefined
      throw error
    }
  }

  /** Throws `Overlong` as soon as there is no more room. */
  function rowsOf(sql: string, params: readonly (string | number)[], count: number): readonly ResourceRow[] {
    // The columns are fixed by `resourceColumns` and typed by STRICT tables.
    if (count <= few) return statement(sql).all(...params) as ResourceRow[]
    const rows: ResourceRow[] = []
    let left = room
    for (const row of statement(sql).iterate(...params) as IterableIterator<ResourceRow>) {
      left -= row.doc.length
      if (left < 0) throw new Overlong()
      rows.push(row)
    }
    return rows
  }

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

  function unfiltered(query: ListQuery, table: Table): ListPage {
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

  function pages(read: () => ListPage): Pick<PreparedList, 'page' | 'pageWithin'> {
    return {
      page() {
        const page = within(mostCharacters, read)
        if (!page) throw overlong()
        return page
      },
      pageWithin: (characters) => within(characters, read),
    }
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
      if (!filter && !sort) return { isBroad: false, ...pages(() => unfiltered(query, table)) }
      const unique = uniqueKey(query, table)
      const lookup = unique && uniqueRows[table.name].get(unique.column)
      if (lookup) {
        const page = () => matchPage(query, lookup.get(scope.directoryId, unique.key))
        return { isBroad: false, page, pageWithin: page }
      }
      const compiled = filter ? compileFilter(filter, scope) : everything
      return (compiled.isNarrow ? undefined : byIndexes(query, table)) ?? compiledList(query, table, compiled)
    },
  }
}
