import { isJsonObject, type JsonValue } from '../../scim/json.ts'
import { sameResource } from '../../scim/resource-equality.ts'
import type { OwnedChangeRow } from '../store/hand-edits.ts'
import type { StoreReads } from '../store/store-reads.ts'

/** An attribute that is here as somebody set it by hand, and not as the IdP wrote it. */
export interface DriftedAttribute {
  readonly name: string
  /** As the IdP left it; null where it was absent. */
  readonly written: JsonValue
  readonly now: JsonValue
}

/** A SCIM-managed user or group that was edited by hand since its IdP last wrote it. */
export interface Drift {
  readonly resource: 'User' | 'Group'
  readonly id: string
  readonly name: string
  readonly attributes: readonly DriftedAttribute[]
  /** The first of these edits. */
  readonly since: number
  readonly lastActor: string
  /** The integration whose IdP wrote it last; undefined where that is too long ago to be seen. */
  readonly integrationId: number | undefined
}

/** So many edits of one resource in a row are looked at. */
const mostEdits = 50

interface Edits {
  readonly written: Map<string, JsonValue>
  readonly now: Map<string, JsonValue>
}

/** An entry is `[before, after]`. What is about a role is none of SCIM's business, and a conversion renames on purpose. */
function takeEdit({ written, now }: Edits, change: OwnedChangeRow): void {
  if (change.attributes === null || change.action === 'role' || change.action === 'rename') return
  const attributes: unknown = JSON.parse(change.attributes)
  if (!isJsonObject(attributes)) return
  for (const [name, pair] of Object.entries(attributes)) {
    if (name === 'counts' || !Array.isArray(pair)) continue
    const [before, after] = pair
    if (!now.has(name)) now.set(name, after ?? null)
    written.set(name, before ?? null)
  }
}

/** The edits by hand at the head of a history, back to what an IdP did last. */
function driftIn(
  history: readonly OwnedChangeRow[],
): Pick<Drift, 'attributes' | 'since' | 'lastActor' | 'integrationId'> | undefined {
  const edits: Edits = { written: new Map(), now: new Map() }
  const [latest] = history
  let since = 0
  const integrationId = history.find((change) => change.integration_id !== null)?.integration_id ?? undefined
  for (const change of history) {
    if (change.integration_id !== null) break
    takeEdit(edits, change)
    since = change.at
  }
  if (latest === undefined || latest.integration_id !== null) return undefined
  const attributes = [...edits.now]
    .map(([name, now]) => ({ name, written: edits.written.get(name) ?? null, now }))
    .filter(({ name, written, now }) => name === 'members' || !sameResource(written, now))
  return attributes.length === 0 ? undefined : { attributes, since, lastActor: latest.actor, integrationId }
}

/** What is not as the IdPs of a directory wrote it, the latest edit first, at most `limit` users and groups. */
export function driftOf(reads: StoreReads, directoryId: number, limit: number): readonly Drift[] {
  return reads.handEdits.edited(directoryId, limit).flatMap((row) => {
    const drift = driftIn(reads.handEdits.history(row, mostEdits))
    if (drift === undefined) return []
    return [
      {
        resource: row.kind === 0 ? ('User' as const) : ('Group' as const),
        id: row.resource_id,
        name: row.name,
        ...drift,
      },
    ]
  })
}
