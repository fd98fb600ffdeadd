import type { SortValue } from '../../../scim/query/cursor.ts'

/** What answering a resource needs; `doc` is the stored JSON text and begins with `{"schemas":`. Times are ms since the epoch. */
export interface ResourceRow {
  readonly seq: number
  readonly id: string
  readonly version: number
  readonly created_at: number
  readonly modified_at: number
  /** JSON object text: integration id → externalId. */
  readonly external_ids: string | null
  readonly doc: string
  /** 1 for a user that is a direct member of some group, so that the many who are in none cost no further question. */
  readonly in_groups: number
  /** In a sorted list: what the resource is sorted by there. */
  readonly sort_value?: SortValue
}

const common = 'seq, id, version, created_at, modified_at, external_ids, doc'

/** The columns of a `ResourceRow`, to be selected from `users`. */
export const userResourceColumns = `${common}, exists (select 1 from memberships where kind = 0 and member_seq = users.seq) as in_groups`

/** The columns of a `ResourceRow`, to be selected from `groups`. */
export const groupResourceColumns = `${common}, 0 as in_groups`

/** The externalId that one integration gave to the resource. */
export function externalIdOf(row: Pick<ResourceRow, 'external_ids'>, integrationId: number): string | undefined {
  if (row.external_ids === null) return undefined
  // With one integration the text is `{"1":"value"}`, and mostly without escapes.
  const start = `{"${integrationId}":"`
  const end = row.external_ids.length - 2
  if (row.external_ids.startsWith(start) && row.external_ids.indexOf('"', start.length) === end)
    if (row.external_ids.indexOf('\\', start.length) < 0) return row.external_ids.slice(start.length, end)
  const all: unknown = JSON.parse(row.external_ids)
  const own = typeof all === 'object' && all !== null ? Reflect.get(all, String(integrationId)) : undefined
  return typeof own === 'string' ? own : undefined
}
