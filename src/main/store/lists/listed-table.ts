import type { FilterScope } from '../filter/filter-columns.ts'
import { listedGroup } from '../resources/groups.ts'
import { groupResourceColumns, userResourceColumns } from '../resources/resource-row.ts'
import { listedUser } from '../resources/users.ts'

export interface Table {
  readonly name: 'users' | 'groups'
  readonly select: string
}

export const tables: { readonly [name in 'User' | 'Group']: Table } = {
  User: { name: 'users', select: `select ${userResourceColumns} from users` },
  Group: { name: 'groups', select: `select ${groupResourceColumns} from groups` },
}

/** A part of a statement, and what stands for its question marks. */
export interface Condition {
  readonly sql: string
  readonly params: readonly (string | number)[]
}

/** What a list shows at all: of its directory, and neither archived nor a local administrator. */
export function listedCondition(scope: FilterScope): Condition {
  return {
    sql: `directory_id = ? and ${scope.model.name === 'User' ? listedUser : listedGroup}`,
    params: [scope.directoryId],
  }
}
