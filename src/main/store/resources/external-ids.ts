import type { Connection } from '../file/open-database.ts'
import { kinds, type ResourceKind } from './resource-kind.ts'
import { externalIdOf } from './resource-row.ts'

/** Who else has an externalId of the same integration. */
interface OtherHolder {
  readonly id: string
  /** 0 or 1. */
  readonly isArchived: number
}

/** The index of external ids, which belong to the integration that set them (RFC 7643 §3.1: "scoped to the provisioning domain"). */
export function prepareExternalIdWrites(connection: Connection) {
  const add = connection.prepare(
    'insert or ignore into external_ids (integration_id, kind, value, seq) values (?, ?, ?, ?)',
  )
  const remove = connection.prepare(
    'delete from external_ids where integration_id = ? and kind = ? and value = ? and seq = ?',
  )
  const isGiven = connection
    .prepare<[number, ResourceKind, string, number], number>(
      'select 1 from external_ids where integration_id = ? and kind = ? and value = ? and seq <> ? limit 1',
    )
    .pluck()
  // SQLite prepares a join anew whenever another value is bound, at the price of five lookups: it is asked where there is one at all.
  const other = (table: 'users' | 'groups') =>
    connection.prepare<[number, ResourceKind, string, number], OtherHolder>(
      `select holder.id, holder.archived_at is not null isArchived from external_ids e join ${table} holder on holder.seq = e.seq
      where e.integration_id = ? and e.kind = ? and e.value = ? and e.seq <> ? order by isArchived, e.seq desc limit 1`,
    )
  const otherUser = other('users')
  const otherGroup = other('groups')
  return {
    /** Another resource of that kind to which the integration has given the same one; an archived one, the newest of them, where no other has it. */
    otherHolder(integrationId: number, kind: ResourceKind, seq: number, value: string): OtherHolder | undefined {
      if (isGiven.get(integrationId, kind, value, seq) === undefined) return undefined
      return (kind === kinds.User ? otherUser : otherGroup).get(integrationId, kind, value, seq)
    },
    update(
      integrationId: number,
      kind: ResourceKind,
      seq: number,
      before: string | undefined,
      after: string | undefined,
    ) {
      if (before === after) return
      if (before !== undefined) remove.run(integrationId, kind, before, seq)
      if (after !== undefined) add.run(integrationId, kind, after, seq)
    },
  }
}

/** The column text with one integration's value set or taken out; null when nothing is left. */
export function withExternalId(text: string | null, integrationId: number, value: string | undefined): string | null {
  if (externalIdOf({ external_ids: text }, integrationId) === value) return text
  if (text === null) return JSON.stringify({ [integrationId]: value })
  const parsed: unknown = JSON.parse(text)
  const all = new Map<string, unknown>(Object.entries(typeof parsed === 'object' && parsed !== null ? parsed : {}))
  if (value === undefined) all.delete(String(integrationId))
  else all.set(String(integrationId), value)
  return all.size === 0 ? null : JSON.stringify(Object.fromEntries(all))
}
