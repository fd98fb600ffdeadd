import type { Drift, History } from '../../../contract/resource.ts'
import { isJsonObject, type JsonObject, type JsonValue, type Resource } from '../../../scim/json/json.ts'
import type { ResourceModel } from '../../../scim/model/resource-model.ts'
import { idpValueOf } from '../../directory/drift.ts'
import { valuesOf } from '../../directory/resource-values.ts'
import type { Engine } from '../../engine.ts'
import type { ResourceKind } from '../../store/resources/resource-kind.ts'
import { externalIdOf, type ResourceRow } from '../../store/resources/resource-row.ts'
import { changeView } from './change-view.ts'

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

export type Managers = ReadonlyMap<number, { readonly slug: string; readonly name: string }>

/** The integrations by number, for those who manage records. */
export function managersOf({ reads }: Engine): Managers {
  return new Map(reads.integrations.all().map(({ id, slug, name }) => [id, { slug, name }]))
}

/** The integration that manages a record. */
export function managerOf(managers: Managers, managedBy: number | null) {
  return (managedBy === null ? undefined : managers.get(managedBy)) ?? null
}

export function externalIdsOf({ reads }: Engine, row: Pick<ResourceRow, 'external_ids'>) {
  return reads.integrations.all().flatMap(({ id, slug, name }) => {
    const value = externalIdOf(row, id)
    return value === undefined ? [] : { integration: { slug, name }, value }
  })
}

/** JSON, which has been parsed, for the contract, which wants arrays that could be changed. */
function plain(value: JsonValue | undefined): Drift['value'] {
  return (value ?? null) as Drift['value']
}

/** Where a resource differs from what its IdP wrote. */
export function driftView(
  { reads }: Engine,
  model: ResourceModel,
  kind: ResourceKind,
  seq: number,
  resource: Resource,
): Drift[] {
  const rows = reads.drift.ofResource(kind, seq)
  if (rows.length === 0) return []
  const values = valuesOf(model, resource)
  return rows.map((row) => ({
    attribute: row.attribute,
    idpValue: plain(idpValueOf(row)),
    value: plain(values.get(row.attribute)),
    at: row.at,
    actor: row.actor,
  }))
}

/** A part of the history of a resource, newest first. */
export function historyOf(
  { reads }: Engine,
  kind: ResourceKind,
  row: { readonly id: string; readonly last_change: number | null },
  { before, limit }: { readonly before: number | null; readonly limit: number },
): History {
  const found =
    before === null ? reads.changes.ofResource(row, limit + 1) : reads.changes.before(kind, row.id, before, limit + 1)
  const items = found.slice(0, limit).map(changeView)
  return { items, next: found.length > limit ? (items.at(-1)?.id ?? null) : null }
}
