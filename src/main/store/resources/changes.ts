import type { Connection } from '../file/open-database.ts'
import type { ResourceKind } from './resource-kind.ts'

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
  | 'rename'
  | 'release'

/** One audited modification. `attributes` is JSON text: name → [before, after]. */
export interface NewChange {
  /** The change of the same resource before this one. */
  readonly previous: number | null
  readonly at: number
  readonly directoryId: number
  readonly kind: ResourceKind
  readonly resourceId: string
  readonly action: ChangeAction
  /** Who did it: an integration's slug, `command line`, `console`. */
  readonly actor: string
  readonly integrationId: number | undefined
  readonly requestId: string | undefined
  readonly attributes: string | undefined
}

/** The `kind` of a change that is about an integration. */
const integrationKind = 2

/** One audited change of an integration; it belongs to no resource's history. */
export interface IntegrationChange {
  readonly at: number
  readonly directoryId: number
  readonly integrationId: number
  readonly slug: string
  readonly action: 'rename' | 'delete'
  readonly actor: string
  /** JSON text: `name` → [before, after], and of one that is deleted how many `users` and `groups` it managed. */
  readonly attributes: string
}

export interface ChangeRow {
  readonly id: number
  readonly at: number
  readonly action: ChangeAction
  readonly actor: string
  readonly request_id: string | null
  readonly attributes: string | null
}

/** A change with the resource that it is about. */
export interface ResourceChangeRow extends ChangeRow {
  readonly kind: ResourceKind
  readonly resource_id: string
}

/** Appending to the audit. A resource's row names its last change (`last_change`), each change the one before it. */
export function prepareChangeWrites(connection: Connection) {
  const insert = connection.prepare(
    `insert into changes (id, previous, at, directory_id, kind, resource_id, action, actor, integration_id, request_id, attributes)
     values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  )
  const newest = connection.prepare<[], number>('select id from changes order by id desc limit 1').pluck()
  const previousOf = connection.prepare<[number], number | null>('select previous from changes where id = ?').pluck()
  const remove = connection.prepare('delete from changes where id = ?')

  /** Another process may have changed something in the same moment, so an id is above all that are there. */
  function nextId(at: number): number {
    return Math.max((newest.get() ?? 0) + 1, at * 1000)
  }

  /** Removes so many changes of a resource at most, from its last one back; returns the one before them, which is then its last. */
  function forgetSome(last: number | null, most: number): number | null {
    let id = last
    for (let removed = 0; id !== null && removed < most; removed += 1) {
      const previous: number | null = previousOf.get(id) ?? null
      remove.run(id)
      id = previous
    }
    return id
  }

  return {
    /** Removes the history of a purged resource, from its last change back. */
    forget(last: number | null): void {
      forgetSome(last, Number.MAX_SAFE_INTEGER)
    },
    forgetSome,
    addOfIntegration(change: IntegrationChange): void {
      const { at, directoryId, slug, action, actor, integrationId, attributes } = change
      insert.run(
        nextId(at),
        null,
        at,
        directoryId,
        integrationKind,
        slug,
        action,
        actor,
        integrationId,
        null,
        attributes,
      )
    },
    /** Returns the change's id, which the resource's row is to name. */
    add(change: NewChange): number {
      const id = nextId(change.at)
      insert.run(
        id,
        change.previous,
        change.at,
        change.directoryId,
        change.kind,
        change.resourceId,
        change.action,
        change.actor,
        change.integrationId ?? null,
        change.requestId ?? null,
        change.attributes ?? null,
      )
      return id
    },
  }
}

const columns = 'id, at, action, actor, request_id, attributes'

export function prepareChangeReads(connection: Connection) {
  const ofResource = connection.prepare<[number, number], ChangeRow>(
    `with recursive history (change, previous, position) as (
       select id, previous, 1 from changes where id = ?
       union all
       select changes.id, changes.previous, position + 1 from history cross join changes on changes.id = history.previous
       limit ?
     )
     select ${columns} from history cross join changes on changes.id = history.change order by position`,
  )
  const before = connection
    .prepare<[number, ResourceKind, string], number | null>(
      'select previous from changes where id = ? and kind = ? and resource_id = ?',
    )
    .pluck()
  const ofRequest = connection.prepare<[number, number, string], ResourceChangeRow>(
    `select ${columns}, kind, resource_id from changes where id between ? and ? and request_id = ? order by id`,
  )
  /** From one change of a resource back. */
  const back = (from: number | null, limit: number): readonly ChangeRow[] =>
    from === null ? [] : ofResource.all(from, limit)
  return {
    /** The changes of one resource before one of them, newest first; none where that one is another resource's. */
    before: (kind: ResourceKind, resourceId: string, change: number, limit: number) =>
      back(before.get(change, kind, resourceId) ?? null, limit),
    /** The newest changes of one resource, newest first, from the one that its row names as the last. */
    ofResource: (resource: { readonly last_change: number | null }, limit: number) => back(resource.last_change, limit),
    /** What a request changed, oldest first; it arrived at `since` and was answered by `until` (ms since the epoch). */
    ofRequest: (requestId: string, since: number, until: number): readonly ResourceChangeRow[] =>
      ofRequest.all(since * 1000, (until + 1) * 1000, requestId),
  }
}
