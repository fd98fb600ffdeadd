import { readableDocument } from '../resources/readable-document.ts'
import type { GroupRow } from '../resources/groups.ts'
import { managerColumn, sourceColumn } from '../resources/managed-records.ts'
import type { Connection } from '../file/open-database.ts'
import { type IdParameters, parametersOfId, seqWithId } from '../resources/row-with-id.ts'
import { preparePositionReads } from '../resources/positions.ts'
import { kinds } from '../resources/resource-kind.ts'
import { prepareFindPage } from './find-page.ts'
import { groupPlan } from './group-plan.ts'
import type { GroupSearch, PageWish, Placed, RosterPage, UserSearch } from './roster-search.ts'
import { userPlan } from './user-plan.ts'
import type { RosterUser } from './rosters.ts'
import type { UserRow } from '../resources/users.ts'

export type FoundUser = Pick<
  UserRow,
  'id' | 'user_name' | 'active' | 'source' | 'role' | 'managed_by' | 'created_at' | 'modified_at' | 'archived_at'
> & {
  readonly display_name: string | null
  readonly is_sample: number
  /** How many attributes a person changed that the IdP has not written since. */
  readonly drifted: number
}

export type FoundGroup = Pick<
  GroupRow,
  'id' | 'display_name' | 'source' | 'managed_by' | 'created_at' | 'modified_at' | 'archived_at'
> & {
  readonly members: number
  readonly is_sample: number
  /** Attributes, and members. */
  readonly drifted: number
}

/** A group as an export writes it. */
export type ExportedGroup = Pick<
  GroupRow,
  | 'seq'
  | 'id'
  | 'display_name'
  | 'source'
  | 'managed_by'
  | 'doc'
  | 'external_ids'
  | 'version'
  | 'created_at'
  | 'modified_at'
> & { readonly members: number }

const sample = (kind: 0 | 1, table: string) =>
  `exists (select 1 from sample_resources s where s.directory_id = ${table}.directory_id and s.kind = ${kind} and s.id = ${table}.id) as is_sample`

const userColumns = `id, user_name, active, ${sourceColumn}, role, ${managerColumn}, created_at, modified_at, archived_at,
  (${readableDocument('doc')}) ->> '$.displayName' as display_name, ${sample(0, 'users')},
  (select count(*) from drift d where d.kind = 0 and d.seq = users.seq) as drifted`

const members = '(select count(*) from memberships where group_seq = groups.seq) as members'

const groupColumns = `id, display_name, ${sourceColumn}, ${managerColumn}, created_at, modified_at, archived_at, ${members}, ${sample(1, 'groups')},
  (select count(*) from drift d where d.kind = 1 and d.seq = groups.seq)
    + (select count(*) from member_drift d where d.group_seq = groups.seq) as drifted`

const exportedUserColumns = `id, user_name, active, ${sourceColumn}, role, archived_at, modified_at, doc`
const exportedGroupColumns = `id, display_name, ${sourceColumn}, ${managerColumn}, doc, external_ids, version, created_at, modified_at, ${members}`

/** Searches for the admin, who sees everything. Some look at many rows: for a thread that nobody else waits for. */
export function prepareRosterSearch(connection: Connection) {
  const find = prepareFindPage(connection)
  const positions = preparePositionReads(connection)
  const userName = connection
    .prepare<IdParameters, string>(`select user_name from users where seq in (${seqWithId('users')})`)
    .pluck()
  const groupName = connection
    .prepare<IdParameters, string>(`select display_name from groups where seq in (${seqWithId('groups')})`)
    .pluck()
  // `role <> 'user'` is the condition of the partial index users_with_role.
  const hidden = connection
    .prepare<[number], number>(
      "select count(*) from users indexed by users_with_role where directory_id = ? and role <> 'user' and hidden = 1 and archived_at is null",
    )
    .pluck()
  const archivedUsers = connection
    .prepare<[number], number>(
      'select count(*) from users indexed by users_archived where directory_id = ? and archived_at is not null',
    )
    .pluck()
  const archivedGroups = connection
    .prepare<[number], number>(
      'select count(*) from groups indexed by groups_archived where directory_id = ? and archived_at is not null',
    )
    .pluck()

  /** How many users there are, local administrators included. */
  function countUsers(directoryId: number, archived: boolean): number {
    return archived
      ? (archivedUsers.get(directoryId) ?? 0)
      : positions.total(directoryId, kinds.User) + (hidden.get(directoryId) ?? 0)
  }

  function countGroups(directoryId: number, archived: boolean): number {
    return archived ? (archivedGroups.get(directoryId) ?? 0) : positions.total(directoryId, kinds.Group)
  }

  const planOfUsers = (search: UserSearch) => userPlan(search, () => countUsers(search.directoryId, search.archived))
  const planOfGroups = (search: GroupSearch) =>
    groupPlan(search, () => countGroups(search.directoryId, search.archived))

  return {
    countUsers,
    countGroups,
    // The columns are fixed above and typed by STRICT tables.
    users: (search: UserSearch, wish: PageWish) =>
      find(planOfUsers(search), userColumns, wish) as RosterPage<FoundUser & Placed>,
    groups: (search: GroupSearch, wish: PageWish) =>
      find(planOfGroups(search), groupColumns, wish) as RosterPage<FoundGroup & Placed>,
    exportedUsers: (search: UserSearch, wish: PageWish) =>
      find(planOfUsers(search), exportedUserColumns, wish) as RosterPage<RosterUser & Placed>,
    exportedGroups: (search: GroupSearch, wish: PageWish) =>
      find(planOfGroups(search), exportedGroupColumns, wish) as RosterPage<ExportedGroup & Placed>,
    /** userName or displayName of the resources with these ids. */
    names(ids: readonly string[]): ReadonlyMap<string, string> {
      const found = new Map<string, string>()
      for (const id of ids) {
        const which = parametersOfId(id)
        const name = userName.get(...which) ?? groupName.get(...which)
        if (name !== undefined) found.set(id, name)
      }
      return found
    },
  }
}

export type RosterSearch = ReturnType<typeof prepareRosterSearch>
