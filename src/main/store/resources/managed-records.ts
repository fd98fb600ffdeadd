import type { Connection } from '../file/open-database.ts'

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

/** The `seq` of the users of a directory whose integrations have been deleted; its parameter is the directory. */
export const releasedUsers = `select users.seq from integrations cross join users indexed by users_managed
  on users.directory_id = integrations.directory_id and users.managed_by = integrations.id
  where integrations.directory_id = ? and integrations.deleted_at is not null`

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
  const users = connection
    .prepare<Managed, number>(
      'select count(*) from users indexed by users_managed where directory_id = @directoryId and managed_by = @integrationId',
    )
    .pluck()
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
      const archived = archivedUsers.get(which) ?? 0
      const ofGroups = groups.get(which)
      return {
        users: (users.get(which) ?? 0) - archived,
        groups: ofGroups?.present ?? 0,
        archivedUsers: archived,
        archivedGroups: ofGroups?.archived ?? 0,
        withRole: withRole.all(which).length,
      }
    },
    /** The users with a role whom an integration manages, by `seq`; archived ones as well. */
    withRole: (directoryId: number, integrationId: number): readonly number[] =>
      withRole.all({ directoryId, integrationId }),
  }
}
