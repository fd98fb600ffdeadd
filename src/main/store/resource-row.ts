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
}

export const resourceColumns = 'seq, id, version, created_at, modified_at, external_ids, doc'

/** The externalId that one integration gave to the resource. */
export function externalIdOf(row: Pick<ResourceRow, 'external_ids'>, integrationId: number): string | undefined {
  if (row.external_ids === null) return undefined
  const all: unknown = JSON.parse(row.external_ids)
  const own = typeof all === 'object' && all !== null ? Reflect.get(all, String(integrationId)) : undefined
  return typeof own === 'string' ? own : undefined
}
