import { isLocal, isManaged, releasedUsers, usersManagedBy } from '../resources/managed-records.ts'
import type { SqlFragment } from '../filter/sql-fragment.ts'
import type { RosterOrder, RosterPlan, RosterWalk } from './roster-plan.ts'
import type { UserSearch } from './roster-search.ts'
import { userHasText, usersByText } from './roster-text.ts'

const present = 'archived_at is null'

function walkedBy(index: string, key: string, condition = present, isNullable = false): RosterOrder {
  return { key, condition, walks: [{ index, key, condition }], isNullable }
}

const listed = { index: 'users_listed', key: 'created_at', condition: `${present} and hidden = 0` }
const hidden = { index: 'users_hidden', key: 'created_at', condition: `${present} and hidden = 1` }
const unchanged = (walk: RosterWalk) => ({ ...walk, condition: `${walk.condition} and modified_at = created_at` })

/** Who was never changed stands in no index of changes, but in those of who was created when. */
const orders: { readonly [Sort in UserSearch['sort']]: RosterOrder } = {
  userName: walkedBy('users_by_user_name', 'user_name_key'),
  displayName: walkedBy('users_by_display_name', 'display_name_key', present, true),
  createdAt: { key: 'created_at', condition: present, walks: [listed, hidden], isNullable: false },
  modifiedAt: {
    key: 'modified_at',
    condition: present,
    walks: [
      { index: 'users_by_modified', key: 'modified_at', condition: `${present} and modified_at > created_at` },
      unchanged(listed),
      unchanged(hidden),
    ],
    isNullable: false,
  },
}

const archivedOrder = walkedBy('users_archived', 'archived_at', 'archived_at is not null')

const drifted = 'select seq from drift where kind = 0'

function given(isGiven: boolean, sql: string, ...params: readonly (string | number)[]): readonly SqlFragment[] {
  return isGiven ? [{ sql, params }] : []
}

function conditionsOf(search: UserSearch): readonly SqlFragment[] {
  const { text, source, managedBy, active, role, hasDrifted } = search
  return [
    ...given(source !== undefined, source === 'local' ? isLocal : isManaged),
    ...given(managedBy !== undefined, 'managed_by = ?', managedBy ?? 0),
    ...given(active !== undefined, 'active = ?', active === true ? 1 : 0),
    ...given(role !== undefined, 'role = ?', role ?? ''),
    ...given(hasDrifted, `seq in (${drifted})`),
    ...(text ? [userHasText(text)] : []),
  ]
}

function localUsers(directoryId: number): SqlFragment {
  const released = releasedUsers(directoryId)
  return {
    sql: `select seq from users indexed by users_local where directory_id = ? and source = 'local' and archived_at is null
      union all ${released.sql}`,
    params: [directoryId, ...released.params],
  }
}

/** Each names its index and repeats the condition of a partial one: without statistics SQLite would take any that begins with the directory. */
function sourcesOf(search: UserSearch): readonly SqlFragment[] {
  const { directoryId, text, source, managedBy, active, role, hasDrifted } = search
  if (search.archived)
    return [
      {
        sql: 'select seq from users indexed by users_archived where directory_id = ? and archived_at is not null',
        params: [directoryId],
      },
    ]
  const inPart = (index: string, condition: string, ...params: readonly (string | number)[]): SqlFragment => ({
    sql: `select seq from users indexed by ${index} where directory_id = ? and ${condition}`,
    params: [directoryId, ...params],
  })
  return [
    ...given(hasDrifted, drifted),
    ...(source === 'local' ? [localUsers(directoryId)] : []),
    ...(managedBy === undefined ? [] : [usersManagedBy(directoryId, managedBy)]),
    ...(active === false ? [inPart('users_inactive', 'active = 0 and archived_at is null')] : []),
    ...(role !== undefined && role !== 'user' ? [inPart('users_with_role', `role <> 'user' and role = ?`, role)] : []),
    ...(text ? [usersByText(directoryId, text)] : []),
  ]
}

/** `count` tells how many users are listed without any filter. */
export function userPlan(search: UserSearch, count: () => number): RosterPlan {
  const { archived, sort, descending, directoryId } = search
  return {
    table: 'users',
    order: archived ? archivedOrder : orders[sort],
    descending,
    directoryId,
    conditions: conditionsOf(search),
    sources: sourcesOf(search),
    count,
  }
}
