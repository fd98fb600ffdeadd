import type { Change, Drift } from '../../contract/resource.ts'
import { isJsonObject, type JsonObject } from '../../scim/json.ts'
import type { Engine } from '../engine.ts'
import { externalIdOf, type ResourceRow } from '../store/resource-row.ts'
import { changeView } from './change-view.ts'
import { driftOf } from './drift.ts'

/** No integration: no externalId is spliced in. */
export const nobody = 0

/** JSON text that the engine made itself. */
export function resourceOf(text: string): JsonObject {
  const parsed: unknown = JSON.parse(text)
  if (!isJsonObject(parsed)) throw new Error('a stored resource is not an object')
  return parsed
}

/** Where resources are when nobody in particular asks. */
export function baseOf(engine: Engine): string {
  return engine.scimUrl('x').replace(/\/scim\/x\/v2$/, '/scim/v2')
}

/** The integration that manages a record. */
export function managerOf({ reads }: Engine, managedBy: number | null) {
  const row = managedBy === null ? undefined : reads.integrations.all().find((each) => each.id === managedBy)
  return row ? { slug: row.slug, name: row.name } : null
}

export function externalIdsOf({ reads }: Engine, row: Pick<ResourceRow, 'external_ids'>) {
  return reads.integrations.all().flatMap(({ id, slug }) => {
    const value = externalIdOf(row, id)
    return value === undefined ? [] : { integration: slug, value }
  })
}

const shownChanges = 200

/** The history of a resource, and where it differs from what its IdP wrote. */
export function historyOf(
  { reads }: Engine,
  row: { readonly last_change: number | null },
  isManaged: boolean,
): { readonly changes: Change[]; readonly drift: Drift[] } {
  const changes = reads.changes.ofResource(row, shownChanges).map(changeView)
  const slugs = new Set(reads.integrations.all().map((each) => each.slug))
  return { changes, drift: isManaged ? [...driftOf(changes, (actor) => !slugs.has(actor))] : [] }
}
