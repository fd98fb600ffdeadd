import { managerColumn, sourceColumn } from './managed-records.ts'
import type { Connection } from '../file/open-database.ts'
import { atSeq, byIndex, lookupById } from './lookup-by-id.ts'
import { prepareNextPlace } from './next-place.ts'
import { groupResourceColumns, type ResourceRow } from './resource-row.ts'
import type { Source } from './users.ts'

/** A whole row of `groups`; members are rows of `memberships`. */
export interface GroupRow extends ResourceRow {
  readonly directory_id: number
  readonly display_name: string
  readonly display_name_key: string
  readonly source: Source
  readonly managed_by: number | null
  readonly archived_at: number | null
  /** Its newest row of `changes`. */
  readonly last_change: number | null
}

const columns = `${groupResourceColumns}, directory_id, display_name, display_name_key, ${sourceColumn}, ${managerColumn}, archived_at, last_change`

/** What SCIM may see. The partial index groups_listed has the same condition. */
export const listedGroup = 'archived_at is null'

export function prepareGroupReads(connection: Connection) {
  const listedById = lookupById(
    connection.prepare<[number, number, string], GroupRow>(
      `select ${columns} from groups where directory_id = ? and ${listedGroup} ${atSeq}`,
    ),
    connection.prepare<[number, string], GroupRow>(
      `select ${columns} from groups where directory_id = ? and ${listedGroup} ${byIndex}`,
    ),
  )
  const byId = lookupById(
    connection.prepare<[number, number, string], GroupRow>(
      `select ${columns} from groups where directory_id = ? ${atSeq}`,
    ),
    connection.prepare<[number, string], GroupRow>(`select ${columns} from groups where directory_id = ? ${byIndex}`),
  )
  const byDisplayNameKey = connection.prepare<[number, string], GroupRow>(
    `select ${columns} from groups where directory_id = ? and display_name_key = ? and ${listedGroup}`,
  )
  const archivedByDisplayNameKey = connection.prepare<[number, string], GroupRow>(
    `select ${columns} from groups where directory_id = ? and archived_at is not null and display_name_key = ?
     order by archived_at desc`,
  )
  return {
    /** The archived groups that had this folded name, the one archived last first. */
    archivedByDisplayNameKey: (directoryId: number, key: string) => archivedByDisplayNameKey.all(directoryId, key),
    listed: listedById,
    /** Any group, archived ones included. */
    any: byId,
    byDisplayNameKey: (directoryId: number, key: string) => byDisplayNameKey.get(directoryId, key),
  }
}

export type NewGroup = Omit<GroupRow, 'version' | 'archived_at' | 'modified_at' | 'in_groups'>

export function prepareGroupWrites(connection: Connection) {
  const insert = connection.prepare(
    `insert into groups (seq, directory_id, id, display_name, display_name_key, source, managed_by, version, created_at, modified_at,
       external_ids, doc, last_change)
     values (?, ?, ?, ?, ?, ?, ?, 1, ?, ?, ?, ?, ?)`,
  )
  const update = connection.prepare(
    `update groups set doc = ?, version = version + 1, modified_at = ?, display_name = ?, display_name_key = ?, external_ids = ?,
       last_change = ?
     where seq = ?`,
  )
  const touch = connection.prepare(
    'update groups set version = version + 1, modified_at = max(modified_at, ?), last_change = ifnull(?, last_change) where seq = ?',
  )
  const updateArchived = connection.prepare(
    'update groups set archived_at = ?, version = version + 1, modified_at = max(modified_at, ?), last_change = ? where seq = ?',
  )
  const setLastChange = connection.prepare('update groups set last_change = ? where seq = ?')
  const remove = connection.prepare('delete from groups where seq = ?')
  return {
    nextPlace: prepareNextPlace(connection, 'groups'),
    /** Inserts at the place that `nextPlace` told. */
    insert(group: NewGroup): void {
      insert.run(
        group.seq,
        group.directory_id,
        group.id,
        group.display_name,
        group.display_name_key,
        group.source,
        group.managed_by,
        group.created_at,
        group.created_at,
        group.external_ids,
        group.doc,
        group.last_change,
      )
    },
    update(
      seq: number,
      after: Pick<
        GroupRow,
        'doc' | 'modified_at' | 'display_name' | 'display_name_key' | 'external_ids' | 'last_change'
      >,
    ) {
      update.run(
        after.doc,
        after.modified_at,
        after.display_name,
        after.display_name_key,
        after.external_ids,
        after.last_change,
        seq,
      )
    },
    /** Counts a change of members as a change of the group; `change` is null where it is recorded elsewhere. */
    touch(seq: number, modifiedAt: number, change: number | null): void {
      touch.run(modifiedAt, change, seq)
    },
    setArchived(seq: number, archivedAt: number | null, modifiedAt: number, change: number): void {
      updateArchived.run(archivedAt, modifiedAt, change, seq)
    },
    setLastChange: (seq: number, change: number | null) => void setLastChange.run(change, seq),
    remove(seq: number): void {
      remove.run(seq)
    },
  }
}
