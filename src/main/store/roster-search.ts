import type { GroupRow } from './groups.ts'
import type { Connection } from './open-database.ts'
import { createStatementCache } from './statement-cache.ts'
import type { Role, Source, UserRow } from './users.ts'

/** Which users the admin looks for; archived ones are a list of their own. */
export interface UserSearch {
  readonly directoryId: number
  /** Folded text that stands anywhere in userName, displayName or an e-mail address; empty is everybody. */
  readonly text: string
  readonly source: Source | undefined
  readonly active: boolean | undefined
  readonly role: Role | undefined
  readonly archived: boolean
  readonly sort: 'userName' | 'displayName' | 'createdAt' | 'modifiedAt'
  readonly descending: boolean
  readonly limit: number
  readonly offset: number
}

export type GroupSearch = Pick<
  UserSearch,
  'directoryId' | 'text' | 'source' | 'archived' | 'descending' | 'limit' | 'offset'
> & {
  readonly sort: 'displayName' | 'createdAt' | 'modifiedAt'
}

export type FoundUser = Pick<
  UserRow,
  'id' | 'user_name' | 'active' | 'source' | 'role' | 'managed_by' | 'created_at' | 'modified_at' | 'archived_at'
> & { readonly display_name: string | null; readonly is_sample: number }

export type FoundGroup = Pick<
  GroupRow,
  'id' | 'display_name' | 'source' | 'managed_by' | 'created_at' | 'modified_at' | 'archived_at'
> & { readonly members: number; readonly is_sample: number }

export interface Found<Row> {
  readonly rows: readonly Row[]
  readonly total: number
}

interface Condition {
  readonly sql: string
  readonly params: readonly (string | number)[]
}

const userOrder = {
  userName: 'user_name_key',
  displayName: 'display_name_key',
  createdAt: 'created_at',
  modifiedAt: 'modified_at',
} as const

const groupOrder = { displayName: 'display_name_key', createdAt: 'created_at', modifiedAt: 'modified_at' } as const

const sample = (kind: 0 | 1, table: string) =>
  `exists (select 1 from sample_resources s where s.directory_id = ${table}.directory_id and s.kind = ${kind} and s.id = ${table}.id) as is_sample`

const userColumns = `id, user_name, active, source, role, managed_by, created_at, modified_at, archived_at,
  doc ->> '$.displayName' as display_name, ${sample(0, 'users')}`

const groupColumns = `id, display_name, source, managed_by, created_at, modified_at, archived_at,
  (select count(*) from memberships where group_seq = groups.seq) as members, ${sample(1, 'groups')}`

function joined(conditions: readonly (Condition | false)[]): Condition {
  const all = conditions.filter((each) => each !== false)
  return { sql: all.map((each) => each.sql).join(' and '), params: all.flatMap((each) => each.params) }
}

function userCondition(search: UserSearch): Condition {
  const { text } = search
  return joined([
    {
      sql: `directory_id = ? and archived_at is ${search.archived ? 'not null' : 'null'}`,
      params: [search.directoryId],
    },
    search.source !== undefined && { sql: 'source = ?', params: [search.source] },
    search.active !== undefined && { sql: 'active = ?', params: [search.active ? 1 : 0] },
    search.role !== undefined && { sql: 'role = ?', params: [search.role] },
    text !== '' && {
      sql: `(instr(user_name_key, ?) > 0 or instr(ifnull(display_name_key, ''), ?) > 0
        or seq in (select user_seq from user_emails where directory_id = ? and instr(value_key, ?) > 0))`,
      params: [text, text, search.directoryId, text],
    },
  ])
}

function groupCondition(search: GroupSearch): Condition {
  return joined([
    {
      sql: `directory_id = ? and archived_at is ${search.archived ? 'not null' : 'null'}`,
      params: [search.directoryId],
    },
    search.source !== undefined && { sql: 'source = ?', params: [search.source] },
    search.text !== '' && { sql: 'instr(display_name_key, ?) > 0', params: [search.text] },
  ])
}

/** Searches for the admin, who sees everything. They look at all rows: for a thread that nobody else waits for. */
export function prepareRosterSearch(connection: Connection) {
  const statement = createStatementCache(connection)
  const names = connection.prepare<[string, string], { readonly id: string; readonly name: string }>(
    `select id, user_name as name from users where id in (select value from json_each(?))
     union all select id, display_name as name from groups where id in (select value from json_each(?))`,
  )
  const userIds = connection
    .prepare<[string, string, number], string>(
      `select id from users where instr(user_name_key, ?) > 0 or instr(ifnull(display_name_key, ''), ?) > 0 limit ?`,
    )
    .pluck()
  const groupIds = connection
    .prepare<[string, number], string>('select id from groups where instr(display_name_key, ?) > 0 limit ?')
    .pluck()

  function find(table: string, columns: string, where: Condition, order: string, page: GroupSearch | UserSearch) {
    const direction = page.descending ? 'desc nulls last' : 'asc nulls last'
    const rows = statement(
      `select ${columns} from ${table} where ${where.sql} order by ${order} ${direction}, seq limit ? offset ?`,
    ).all(...where.params, page.limit, page.offset)
    const total = statement(`select count(*) from ${table} where ${where.sql}`)
      .pluck()
      .get(...where.params)
    return { rows, total: typeof total === 'number' ? total : 0 }
  }

  return {
    users(search: UserSearch): Found<FoundUser> {
      const found = find('users', userColumns, userCondition(search), userOrder[search.sort], search)
      // The columns are fixed above and typed by STRICT tables.
      return { ...found, rows: found.rows as FoundUser[] }
    },
    groups(search: GroupSearch): Found<FoundGroup> {
      const found = find('groups', groupColumns, groupCondition(search), groupOrder[search.sort], search)
      return { ...found, rows: found.rows as FoundGroup[] }
    },
    /** userName or displayName of the resources with these ids. */
    names(ids: readonly string[]): ReadonlyMap<string, string> {
      const list = JSON.stringify(ids)
      return new Map(names.all(list, list).map(({ id, name }) => [id, name]))
    },
    /** The users in whose names this folded text stands, of every directory, archived ones included. */
    userIds: (text: string, limit: number) => userIds.all(text, text, limit),
    groupIds: (text: string, limit: number) => groupIds.all(text, limit),
  }
}

export type RosterSearch = ReturnType<typeof prepareRosterSearch>
