import { managerColumn, sourceColumn } from '../resources/managed-records.ts'
import type { Connection } from '../file/open-database.ts'
import type { UserRow } from '../resources/users.ts'

/** A user as a conversion looks at it. */
export type ConversionUser = Pick<
  UserRow,
  'seq' | 'id' | 'version' | 'user_name' | 'user_name_key' | 'source' | 'hidden' | 'managed_by' | 'doc'
>

/** The userName that an archived user had. */
export interface ArchivedName extends Pick<UserRow, 'seq' | 'id' | 'user_name_key'> {
  readonly archived_at: number
}

/** Walks a directory by key, so that no read lasts long and nothing is held whole. */
export function prepareConversionUsers(connection: Connection) {
  // `not indexed` leaves the table's own order: by an index SQLite would sort the whole directory for every page.
  const present = connection.prepare<[number, number, number], ConversionUser>(
    `select seq, id, version, user_name, user_name_key, ${sourceColumn}, hidden, ${managerColumn}, doc from users not indexed
     where directory_id = ? and seq > ? and archived_at is null order by seq limit ?`,
  )
  const archived = connection.prepare<[number, number, number, number], ArchivedName>(
    `select seq, id, user_name_key, archived_at from users
     where directory_id = ? and (archived_at, seq) > (?, ?) and archived_at is not null order by archived_at, seq limit ?`,
  )
  const count = connection
    .prepare<[number], number>('select count(*) from users where directory_id = ? and archived_at is null')
    .pluck()
  return {
    /** The users that are not archived, local administrators included, behind one of them. */
    present: (directoryId: number, afterSeq: number, limit: number) => present.all(directoryId, afterSeq, limit),
    /** The archived users behind one of them, in the order of their archiving. */
    archived: (directoryId: number, after: Pick<ArchivedName, 'archived_at' | 'seq'>, limit: number) =>
      archived.all(directoryId, after.archived_at, after.seq, limit),
    count: (directoryId: number) => count.get(directoryId) ?? 0,
  }
}
