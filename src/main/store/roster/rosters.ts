import { readableDocument } from '../resources/readable-document.ts'
import { listedGroup } from '../resources/groups.ts'
import { sourceColumn } from '../resources/managed-records.ts'
import type { Connection } from '../file/open-database.ts'
import type { UserRow } from '../resources/users.ts'

/** A user as the command line lists it, local administrators and archived ones included. */
export type RosterUser = Pick<
  UserRow,
  'seq' | 'id' | 'user_name' | 'active' | 'source' | 'role' | 'archived_at' | 'modified_at' | 'doc'
>

export interface RosterGroup {
  readonly id: string
  readonly display_name: string
  readonly source: string
  readonly members: number
  readonly archived_at: number | null
  readonly modified_at: number
}

const columns = `seq, id, user_name, active, ${sourceColumn}, role, archived_at, modified_at, doc`

/** What is searched for: a folded text in a userName, a display name, or a userName before a conversion. */
export interface RosterSearch {
  readonly directoryId: number
  readonly key: string
  readonly afterSeq: number
  readonly limit: number
  readonly isArchived: 0 | 1
}

/** So many archived users are sorted for a page at most: some milliseconds. */
const mostSorted = 10_000

/** Lists for the admin, who sees everything; walked by key so that a large directory is never held whole. */
export function prepareRosters(connection: Connection) {
  // `not indexed` leaves the table's own order: by an index SQLite would sort the whole directory for every page.
  const present = connection.prepare<[number, number, number], RosterUser>(
    `select ${columns} from users not indexed where directory_id = ? and seq > ? and archived_at is null order by seq limit ?`,
  )
  const archivedAmong = (table: string) =>
    connection.prepare<[number, number, number], RosterUser>(
      `select ${columns} from ${table} where directory_id = ? and seq > ? and archived_at is not null order by seq limit ?`,
    )
  // The partial index finds a few among a million, and all of them are sorted for every page.
  const fewArchived = archivedAmong('users indexed by users_archived')
  const manyArchived = archivedAmong('users not indexed')
  const areManyArchived = connection
    .prepare<[number], number>(
      `select 1 from users indexed by users_archived where directory_id = ? and archived_at is not null limit 1 offset ${mostSorted}`,
    )
    .pluck()
  const group = `select id, display_name, ${sourceColumn}, modified_at, archived_at,
      (select count(*) from memberships where group_seq = groups.seq) as members
    from groups`
  const found = connection.prepare<RosterSearch, RosterUser>(
    `select ${columns} from users not indexed
     where directory_id = @directoryId and seq > @afterSeq and (archived_at is not null) = @isArchived and (
       instr(user_name_key, @key) > 0 or instr(ifnull(display_name_key, ''), @key) > 0
       or seq in (
         select person_seq from user_aliases where directory_id = @directoryId and undone_by is null and instr(user_name_key, @key) > 0
       )
     ) order by seq limit @limit`,
  )
  const presentGroups = connection.prepare<[number], RosterGroup>(
    `${group} where directory_id = ? and ${listedGroup} order by display_name_key`,
  )
  const archivedGroups = connection.prepare<[number], RosterGroup>(
    `${group} where directory_id = ? and archived_at is not null order by archived_at desc`,
  )
  // The order of the partial index, so that a few archived ones among a million are found at once.
  const archivedUserIds = connection.prepare<[number, number], { id: string; seq: number }>(
    'select id, seq from users where directory_id = ? and archived_at is not null order by archived_at limit ?',
  )
  const archivedGroupIds = connection
    .prepare<[number, number], string>(
      'select id from groups where directory_id = ? and archived_at is not null order by archived_at limit ?',
    )
    .pluck()
  const archivedUserCount = connection
    .prepare<[number], number>('select count(*) from users where directory_id = ? and archived_at is not null')
    .pluck()
  const archivedGroupCount = connection
    .prepare<[number], number>('select count(*) from groups where directory_id = ? and archived_at is not null')
    .pluck()
  const archivedByUserName = connection.prepare<[number, string], RosterUser>(
    `select ${columns} from users where directory_id = ? and user_name_key = ? and archived_at is not null order by archived_at desc`,
  )
  const lastLookedAt = connection
    .prepare<[number, number], number>('select seq from users where seq > ? order by seq limit 1 offset ?')
    .pluck()
  const withValue = connection
    .prepare<[number, number, number, string, number], number>(
      `select seq from users not indexed
       where directory_id = ? and seq > ? and seq <= ? and json_type(${readableDocument('doc')}, ?) is not null order by seq limit ?`,
    )
    .pluck()
  // `role <> 'user'` is the condition of the partial index users_with_role, which SQLite uses for a query that repeats it alone.
  const activeAdministrators = connection
    .prepare<[number], number>(
      "select count(*) from users where directory_id = ? and role = 'administrator' and role <> 'user' and active = 1 and archived_at is null",
    )
    .pluck()
  const administrators = connection.prepare<[number], RosterUser>(
    `select ${columns} from users indexed by users_with_role
     where directory_id = ? and role <> 'user' and source = 'local' and active = 1 and archived_at is null
     order by user_name_key`,
  )
  return {
    /** The active local users whom an integration may act as. */
    administrators: (directoryId: number) => administrators.all(directoryId),
    activeAdministrators: (directoryId: number) => activeAdministrators.get(directoryId) ?? 0,
    /**
     * Users who have a value there that can be read, archived ones included: `limit` of them at most, and among the next `look` users only, for no index leads to
     * them. `lastSeq` is where to go on; undefined when nobody is left.
     */
    withValue(
      directoryId: number,
      keys: readonly string[],
      afterSeq: number,
      { limit, look }: { readonly limit: number; readonly look: number },
    ): { readonly seqs: readonly number[]; readonly lastSeq: number | undefined } {
      const end = lastLookedAt.get(afterSeq, look - 1)
      const path = `$${keys.map((key) => `."${key}"`).join('')}`
      const seqs = withValue.all(directoryId, afterSeq, end ?? Number.MAX_SAFE_INTEGER, path, limit)
      return { seqs, lastSeq: seqs.length === limit ? seqs.at(-1) : end }
    },
    users(directoryId: number, afterSeq: number, limit: number, isArchived: boolean): readonly RosterUser[] {
      if (!isArchived) return present.all(directoryId, afterSeq, limit)
      const archived = areManyArchived.get(directoryId) === undefined ? fewArchived : manyArchived
      return archived.all(directoryId, afterSeq, limit)
    },
    /** The users in whom a text is found, by key; it looks at all of them. */
    found: (search: RosterSearch) => found.all(search),
    groups: (directoryId: number, isArchived: boolean) =>
      (isArchived ? archivedGroups : presentGroups).all(directoryId),
    archivedUserIds: (directoryId: number, limit: number) => archivedUserIds.all(directoryId, limit),
    archivedGroupIds: (directoryId: number, limit: number) => archivedGroupIds.all(directoryId, limit),
    /** How many users and groups are archived, by kind. */
    archiveSize: (directoryId: number): readonly [users: number, groups: number] => [
      archivedUserCount.get(directoryId) ?? 0,
      archivedGroupCount.get(directoryId) ?? 0,
    ],
    /** The archived users that had this folded userName, the one archived last first. */
    archivedByUserNameKey: (directoryId: number, key: string) => archivedByUserName.all(directoryId, key),
  }
}
