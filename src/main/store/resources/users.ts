import { managerColumn, sourceColumn } from './managed-records.ts'
import type { Connection, Statement } from '../file/open-database.ts'
import { atSeq, byIndex, lookupById } from './lookup-by-id.ts'
import { prepareNextPlace } from './next-place.ts'
import { userResourceColumns, type ResourceRow } from './resource-row.ts'

export type Source = 'local' | 'scim'
export type Role = 'user' | 'user-manager' | 'administrator'

/** A whole row of `users`. */
export interface UserRow extends ResourceRow {
  readonly directory_id: number
  readonly user_name: string
  readonly user_name_key: string
  readonly display_name_key: string | null
  readonly active: number
  readonly source: Source
  readonly role: Role
  readonly managed_by: number | null
  readonly hidden: number
  readonly archived_at: number | null
  /** Its newest row of `changes`. */
  readonly last_change: number | null
}

const columns = `${userResourceColumns}, directory_id, user_name, user_name_key, display_name_key, active, ${sourceColumn}, role, ${managerColumn}, hidden, archived_at, last_change`

/** What SCIM may see: neither archived nor a local administrator. The partial index users_listed has the same condition. */
export const listedUser = 'archived_at is null and hidden = 0'

/** Reads of single users, for any thread. */
export function prepareUserReads(connection: Connection) {
  const listedById = lookupById(
    connection.prepare<[number, number, string], ResourceRow>(
      `select ${userResourceColumns} from users where directory_id = ? and ${listedUser} ${atSeq}`,
    ),
    connection.prepare<[number, string], ResourceRow>(
      `select ${userResourceColumns} from users where directory_id = ? and ${listedUser} ${byIndex}`,
    ),
  )
  const byId = lookupById(
    connection.prepare<[number, number, string], UserRow>(
      `select ${columns} from users where directory_id = ? ${atSeq}`,
    ),
    connection.prepare<[number, string], UserRow>(`select ${columns} from users where directory_id = ? ${byIndex}`),
  )
  const bySeq = connection.prepare<[number], UserRow>(`select ${columns} from users where seq = ?`)
  const byUserNameKey = connection.prepare<[number, string], UserRow>(
    `select ${columns} from users where directory_id = ? and user_name_key = ? and archived_at is null`,
  )
  return {
    /** A user that SCIM may see. */
    listed: listedById,
    /** Any user, archived and hidden ones included. */
    any: byId,
    bySeq: (seq: number) => bySeq.get(seq),
    /** The one user that is not archived and has this folded userName, hidden ones included. */
    byUserNameKey: (directoryId: number, key: string) => byUserNameKey.get(directoryId, key),
  }
}

/** What a change of the document can change beside it. */
const changeable = ['user_name', 'user_name_key', 'display_name_key', 'active', 'external_ids', 'last_change'] as const

export type NewUser = Omit<UserRow, 'version' | 'archived_at' | 'modified_at' | 'in_groups'>

/** Writes of single users. Positions, e-mails, external ids and the audit are the caller's to keep (see user-record.ts). */
export function prepareUserWrites(connection: Connection) {
  const insert = connection.prepare(
    `insert into users (seq, directory_id, id, user_name, user_name_key, display_name_key, active, source, role, managed_by, hidden,
       version, created_at, modified_at, external_ids, doc, last_change)
     values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 1, ?, ?, ?, ?, ?)`,
  )
  /** By the columns that they change, a bit each. */
  const updates = new Map<number, Statement>()

  function updateOf(which: number): Statement {
    const known = updates.get(which)
    if (known) return known
    const assignments = changeable.filter((_column, n) => (which & (1 << n)) !== 0).map((column) => `, ${column} = ?`)
    const statement = connection.prepare(
      `update users set doc = ?, modified_at = ?, version = version + 1${assignments.join('')} where seq = ?`,
    )
    updates.set(which, statement)
    return statement
  }

  const updateStanding = connection.prepare(
    'update users set source = ?, role = ?, hidden = ?, managed_by = ?, last_change = ? where seq = ?',
  )
  const updateArchived = connection.prepare(
    'update users set archived_at = ?, version = version + 1, modified_at = max(modified_at, ?), last_change = ? where seq = ?',
  )
  const remove = connection.prepare('delete from users where seq = ?')
  const setAside = connection.prepare("update users set user_name_key = char(0) || 'set aside ' || seq where seq = ?")
  return {
    nextPlace: prepareNextPlace(connection, 'users'),
    /** Inserts at the place that `nextPlace` told. */
    insert(user: NewUser): void {
      insert.run(
        user.seq,
        user.directory_id,
        user.id,
        user.user_name,
        user.user_name_key,
        user.display_name_key,
        user.active,
        user.source,
        user.role,
        user.managed_by,
        user.hidden,
        user.created_at,
        user.created_at,
        user.external_ids,
        user.doc,
        user.last_change,
      )
    },
    /** Writes only the columns that differ, in one statement, so that untouched indexes cost nothing. */
    update(before: UserRow, after: Omit<UserRow, 'version'>): void {
      let which = 0
      const values: (string | number | null)[] = [after.doc, after.modified_at]
      let bit = 1
      for (const column of changeable) {
        if (before[column] !== after[column]) {
          which |= bit
          values.push(after[column])
        }
        bit <<= 1
      }
      updateOf(which).run(...values, before.seq)
    },
    /** Source and role are no part of what SCIM sees, so the version stays. */
    updateStanding(
      seq: number,
      standing: Pick<UserRow, 'source' | 'role' | 'hidden' | 'managed_by' | 'last_change'>,
    ): void {
      updateStanding.run(
        standing.source,
        standing.role,
        standing.hidden,
        standing.managed_by,
        standing.last_change,
        seq,
      )
    },
    setArchived(seq: number, archivedAt: number | null, modifiedAt: number, change: number): void {
      updateArchived.run(archivedAt, modifiedAt, change, seq)
    },
    /** Frees a userName whose user gets another one in the same transaction, by an update over the row as it was. */
    setAside(seq: number): void {
      setAside.run(seq)
    },
    remove(seq: number): void {
      remove.run(seq)
    },
  }
}
