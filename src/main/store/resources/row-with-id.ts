import type { SqlFragment } from '../filter/sql-fragment.ts'
import { seqOfId } from './resource-id.ts'

/**
 * True of a row whose id is of another making than ours, so that it leads to no row: the condition of the partial indexes users_by_id and
 * groups_by_id, in the same words. Other words need a migration.
 */
export const idNamesNoRow = `(substr(id, 15, 1) <> '8' or substr(id, 25) <> printf('%012x', seq))`

/** No row has this number. */
const nowhere = -1

/**
 * A query for the `seq` of the row that has an id: at the place that the id names, or else by the index of those that name none. Its parameters
 * are those of `parametersOfId`; the row has to meet the condition.
 */
export function seqWithId(table: 'users' | 'groups', condition = '1'): string {
  return `select seq from ${table} where seq = ? and id = ? and ${condition}
    union all select seq from ${table} where id = ? and ${idNamesNoRow} and ${condition}`
}

/** The parameters of a query by `seqWithId`. */
export type IdParameters = [seq: number, id: string, id: string]

export function parametersOfId(id: string): IdParameters {
  return [seqOfId(id) ?? nowhere, id, id]
}

/** The query of one id with its parameters. */
export function rowWithId(table: 'users' | 'groups', id: string, condition?: string): SqlFragment {
  return { sql: seqWithId(table, condition), params: parametersOfId(id) }
}
