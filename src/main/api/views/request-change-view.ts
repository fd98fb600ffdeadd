import type { RequestChange } from '../../../contract/request-change.ts'
import type { Change } from '../../../contract/resource.ts'
import type { Engine } from '../../engine.ts'
import type { ChangeRow } from '../../store/resources/changes.ts'
import { kinds, type ResourceKind } from '../../store/resources/resource-kind.ts'
import { changeView } from './change-view.ts'

/** So far back is looked for who set a value before. */
const mostOfHistory = 500

/** A change as it is stored, or would be, with the name of what it is about where that is known. */
export interface NamedRow extends ChangeRow {
  readonly kind: ResourceKind
  readonly resource_id: string
  readonly name: string | null
}

/** The name that a change gave, or took away with the resource. */
function nameIn({ attributes }: Change): string | null {
  for (const wanted of ['userName', 'displayName']) {
    const found = attributes.find(({ name }) => name === wanted)
    const value = found?.after ?? found?.before
    if (typeof value === 'string') return value
  }
  return null
}

/** Where the resource is now; undefined when it is gone. */
function findResource({ reads }: Engine, kind: ResourceKind, id: string) {
  for (const directory of reads.directories.all()) {
    const row = kind === kinds.User ? reads.users.any(directory.id, id) : reads.groups.any(directory.id, id)
    if (row) return { row, slug: directory.slug }
  }
  return undefined
}

/** The values set by hand that a change of an IdP has written over: what the change before it of the same attribute was made by. */
function overwrittenBy(change: Change, history: readonly Change[], isPerson: (actor: string) => boolean) {
  const earlier = history.filter((each) => each.id < change.id)
  return change.attributes.flatMap(({ name }) => {
    const before = earlier.find((each) => each.attributes.some((one) => one.name === name))
    return before && isPerson(before.actor) ? { attribute: name, at: before.at, actor: before.actor } : []
  })
}

/** What a request changed of one resource, in the light of the resource's history. */
export function requestChangeView(engine: Engine, stored: NamedRow): RequestChange {
  const change = changeView(stored)
  const found = findResource(engine, stored.kind, stored.resource_id)
  const slugs = new Set(engine.reads.integrations.everySlug())
  const isPerson = (actor: string) => !slugs.has(actor)
  const history = found && engine.reads.changes.ofResource(found.row, mostOfHistory).map(changeView)
  const drift = found ? engine.reads.drift.ofResource(stored.kind, found.row.seq) : []
  return {
    kind: stored.kind === kinds.User ? 'User' : 'Group',
    resourceId: stored.resource_id,
    name: stored.name ?? nameIn(change),
    directory: found?.slug ?? null,
    change,
    overwritten: isPerson(change.actor) ? [] : overwrittenBy(change, history ?? [], isPerson),
    drift: drift.map(({ attribute, at, actor }) => ({ attribute, at, actor })),
  }
}
