import { comparisonKey } from '../../../scim/text/fold.ts'
import type { Connection } from '../file/open-database.ts'
import { listedGroup } from '../resources/groups.ts'
import { atSeq, byIndex, lookupById } from '../resources/lookup-by-id.ts'
import type { ResourceRow } from '../resources/resource-row.ts'
import { listedUser } from '../resources/users.ts'
import type { ListPage, ListQuery, PreparedList } from './list-query.ts'
import { type Table, tables } from './listed-table.ts'

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

/** The page of what at most one resource can be. */
export function matchPage(query: ListQuery, row: ResourceRow | undefined): ListPage {
  if (!row) return { rows: [], total: 0 }
  const { afterSeq } = query
  const isShown = query.startIndex <= 1 && query.count > 0 && (afterSeq === undefined || row.seq > afterSeq)
  return { rows: isShown ? [row] : [], total: 1 }
}

/** Lists of what a unique attribute finds: one statement for each, so that matching compiles nothing. */
export function prepareUniqueMatches(connection: Connection) {
  const rows = {
    users: prepare('users', tables.User.select, listedUser),
    groups: prepare('groups', tables.Group.select, listedGroup),
  }

  function prepare(table: 'users' | 'groups', select: string, listed: string) {
    const inDirectory = `${select} where directory_id = ? and ${listed}`
    return new Map(
      Object.values(uniqueColumns[table]).map((column) => {
        if (column === 'id')
          return [
            column,
            lookupById(
              connection.prepare<[number, number, string], ResourceRow>(`${inDirectory} ${atSeq}`),
              connection.prepare<[number, string], ResourceRow>(`${inDirectory} ${byIndex}`),
            ),
          ]
        const byKey = connection.prepare<[number, string], ResourceRow>(`${inDirectory} and ${column} = ?`)
        return [column, (directoryId: number, key: string) => byKey.get(directoryId, key)]
      }),
    )
  }

  /** Undefined for a list with any other filter. */
  return function match(query: ListQuery, table: Table): PreparedList | undefined {
    const unique = uniqueKey(query, table)
    const lookup = unique && rows[table.name].get(unique.column)
    if (!lookup) return undefined
    const page = () => matchPage(query, lookup(query.scope.directoryId, unique.key))
    return { isBroad: false, page, pageWithin: page }
  }
}
