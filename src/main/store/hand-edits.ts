import type { Connection } from './open-database.ts'
import type { ResourceKind } from './resource-kind.ts'

/** A user or group of an IdP that somebody here has edited. */
export interface HandEditedRow {
  readonly kind: ResourceKind
  readonly resource_id: string
  /** userName or displayName. */
  readonly name: string
  readonly last_change: number | null
}

/** A change as far as it tells whose it was. */
export interface OwnedChangeRow {
  readonly id: number
  readonly at: number
  readonly action: string
  readonly actor: string
  readonly integration_id: number | null
  readonly attributes: string | null
}

/** Reads of what was edited by hand, for any thread. */
export function prepareHandEdits(connection: Connection) {
  const edited = connection.prepare<[number, number, number], HandEditedRow>(
    `with latest as (
       select kind, resource_id, max(id) as id from changes indexed by changes_by_hand
       where integration_id is null and attributes is not null and action <> 'rename' group by kind, resource_id
     )
     select latest.kind, latest.resource_id, users.user_name as name, users.last_change, latest.id
       from latest cross join users on users.id = latest.resource_id
       where latest.kind = 0 and users.directory_id = ? and users.source = 'scim' and users.archived_at is null
     union all
     select latest.kind, latest.resource_id, groups.display_name, groups.last_change, latest.id
       from latest cross join groups on groups.id = latest.resource_id
       where latest.kind = 1 and groups.directory_id = ? and groups.source = 'scim' and groups.archived_at is null
     order by latest.id desc limit ?`,
  )
  const history = connection.prepare<[number, number], OwnedChangeRow>(
    `with recursive history (change, previous, position) as (
       select id, previous, 1 from changes where id = ?
       union all
       select changes.id, changes.previous, position + 1 from history cross join changes on changes.id = history.previous
       limit ?
     )
     select id, at, action, actor, integration_id, attributes from history cross join changes on changes.id = history.change
     order by position`,
  )
  return {
    /** Those of a directory that were edited by hand at some time, the latest edit first. */
    edited: (directoryId: number, limit: number) => edited.all(directoryId, directoryId, limit),
    /** The newest changes of one of them, newest first. */
    history: (row: HandEditedRow, limit: number): readonly OwnedChangeRow[] =>
      row.last_change === null ? [] : history.all(row.last_change, limit),
  }
}
