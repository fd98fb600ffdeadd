import type { Connection } from './open-database.ts'
import type { ResourceKind } from './resource-kind.ts'
import type { ResourceRow } from './resource-row.ts'

export type ChangeAction =
  | 'create'
  | 'replace'
  | 'patch'
  | 'archive'
  | 'restore'
  | 'purge'
  | 'import'
  | 'members'
  | 'role'

/** One audited modification. `attributes` is JSON text: name → [before, after]. */
export interface NewChange {
  readonly at: number
  readonly directoryId: number
  readonly kind: ResourceKind
  readonly seq: number
  readonly resourceId: string
  readonly action: ChangeAction
  /** Who did it: an integration's slug, `command line`, `console`. */
  readonly actor: string
  readonly integrationId: number | undefined
  readonly requestId: string | undefined
  readonly attributes: string | undefined
}

export interface ChangeRow {
  readonly id: number
  readonly at: number
  readonly action: ChangeAction
  readonly actor: string
  readonly request_id: string | null
  readonly attributes: string | null
}

export function prepareChangeWrites(connection: Connection) {
  // Another process may have changed the same resource in the same moment, so an id is above those that are there.
  const insert = connection
    .prepare<(string | number | null)[], number>(
      `insert into changes (kind, seq, id, at, directory_id, resource_id, action, actor, integration_id, request_id, attributes)
       values (?, ?, max(?, coalesce((select max(id) + 1 from changes where kind = ? and seq = ?), 0)), ?, ?, ?, ?, ?, ?, ?, ?)
       returning id`,
    )
    .pluck()
  let last = 0
  const forget = connection.prepare('delete from changes where kind = ? and seq = ?')
  return {
    /** Removes the history of a purged resource. */
    forget: (kind: ResourceKind, seq: number) => void forget.run(kind, seq),
    /** Returns the change's id. */
    add(change: NewChange): number {
      const id = Math.max(last + 1, change.at * 1000)
      last =
        insert.get(
          change.kind,
          change.seq,
          id,
          change.kind,
          change.seq,
          change.at,
          change.directoryId,
          change.resourceId,
          change.action,
          change.actor,
          change.integrationId ?? null,
          change.requestId ?? null,
          change.attributes ?? null,
        ) ?? id
      return last
    },
  }
}

export function prepareChangeReads(connection: Connection) {
  // By id as well, since the seq of a purged resource can be given again.
  const ofResource = connection.prepare<[number, number, string, number], ChangeRow>(
    `select id, at, action, actor, request_id, attributes from changes where kind = ? and seq = ? and resource_id = ?
     order by id desc limit ?`,
  )
  const page = connection.prepare<[number, number, string, number, number], ChangeRow>(
    `select id, at, action, actor, request_id, attributes from changes where kind = ? and seq = ? and resource_id = ? and id < ?
     order by id desc limit ?`,
  )
  return {
    /** Those before one, newest first. */
    page: (kind: ResourceKind, resource: Pick<ResourceRow, 'seq' | 'id'>, before: number, limit: number) =>
      page.all(kind, resource.seq, resource.id, before, limit),
    /** The newest changes of one resource, newest first. */
    ofResource: (kind: ResourceKind, resource: Pick<ResourceRow, 'seq' | 'id'>, limit: number) =>
      ofResource.all(kind, resource.seq, resource.id, limit),
  }
}
