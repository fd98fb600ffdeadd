import type { Connection } from '../file/open-database.ts'
import type { SqlFragment } from '../filter/sql-fragment.ts'

/*
 * Who manages a record. `source` and `managed_by` stand in the row as they were written last, but a record is SCIM-managed only while the
 * integration that manages it is there: of one that has been deleted it is local. So a deletion writes none of the records.
 */

/** True of a row of `users` or `groups` whose integration has been deleted. */
const isReleased =
  'exists (select 1 from integrations where integrations.id = managed_by and integrations.deleted_at is not null)'

/** The columns `source` and `managed_by` as they hold. */
export const sourceColumn = `iif(${isReleased}, 'local', source) as source`
export const managerColumn = `iif(${isReleased}, null, managed_by) as managed_by`

/** The conditions that `source`, as it holds, is one or the other. */
export const isLocal = `(source = 'local' or ${isReleased})`
export const isManaged = `(source = 'scim' and not ${isReleased})`

/** The two indexes that hold whoever is not archived, with their conditions. */
const presentUsers = [
  'indexed by users_listed where archived_at is null and hidden = 0',
  'indexed by users_hidden where archived_at is null and hidden = 1',
] as const

/** The `seq` of the users of a directory, archived ones apart, who meet a condition on their manager. The indexes are gone through. */
function usersManaged(directoryId: number, { sql, params }: SqlFragment): SqlFragment {
  return {
    sql: presentUsers
      .map((from) => `select seq from users ${from} and directory_id = ? and ${sql}`)
      .join(' union all '),
    params: presentUsers.flatMap(() => [directoryId, ...params]),
  }
}

/** The `seq` of the users whom an integration manages, archived ones apart. */
export function usersManagedBy(directoryId: number, integrationId: number): SqlFragment {
  return usersManaged(directoryId, { sql: 'managed_by = ?', params: [integrationId] })
}

/** The `seq` of the users of a directory whose integrations have been deleted, archived ones apart. */
export function releasedUsers(directoryId: number): SqlFragment {
  const deleted = 'select id from integrations where directory_id = ? and deleted_at is not null'
  // Where there is none, SQLite does not begin to go through the users.
  return usersManaged(directoryId, {
    sql: `exists (${deleted}) and managed_by in (${deleted})`,
    params: [directoryId, directoryId],
  })
}

/** How many records an integration manages. */
export interface ManagedCount {
  readonly users: number
  readonly groups: number
  readonly archivedUsers: number
  readonly archivedGroups: number
  /** Of the users, archived ones included, those with a role. */
  readonly withRole: number
}

interface Managed {
  readonly directoryId: number
  readonly integrationId: number
}

export function prepareManagedRecords(connection: Connection) {
  const users = presentUsers.map((from) =>
    connection
      .prepare<Managed, number>(
        `select count(*) from users ${from} and directory_id = @directoryId and managed_by = @integrationId`,
      )
      .pluck(),
  )
  const archivedUsers = connection
    .prepare<Managed, number>(
      `select count(*) from users indexed by users_archived
       where directory_id = @directoryId and archived_at is not null and managed_by = @integrationId`,
    )
    .pluck()
  const groups = connection.prepare<Managed, { readonly present: number; readonly archived: number }>(
    `select count(*) filter (where archived_at is null) as present, count(*) filter (where archived_at is not null) as archived
     from groups where directory_id = @directoryId and managed_by = @integrationId`,
  )
  // `role <> 'user'` is the condition of the partial index users_with_role.
  const withRole = connection
    .prepare<Managed, number>(
      `select seq from users indexed by users_with_role
       where directory_id = @directoryId and role <> 'user' and managed_by = @integrationId order by seq`,
    )
    .pluck()
  return {
    /** It looks at all groups of the directory, and at as much of an index as there are users. */
    count(directoryId: number, integrationId: number): ManagedCount {
      const which = { directoryId, integrationId }
      const ofGroups = groups.get(which)
      return {
        users: users.reduce((sum, each) => sum + (each.get(which) ?? 0), 0),
        groups: ofGroups?.present ?? 0,
        archivedUsers: archivedUsers.get(which) ?? 0,
        archivedGroups: ofGroups?.archived ?? 0,
        withRole: withRole.all(which).length,
      }
    },
    /** The users with a role whom an integration manages, by `seq`; archived ones as well. */
    withRole: (directoryId: number, integrationId: number): readonly number[] =>
      withRole.all({ directoryId, integrationId }),
  }
}
