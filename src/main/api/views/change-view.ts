import type { Change } from '../../../contract/resource.ts'
import { isJsonObject, type JsonValue } from '../../../scim/json/json.ts'
import type { ChangeRow } from '../../store/resources/changes.ts'

type Stored = Readonly<Record<string, JsonValue | undefined>>

function texts(value: JsonValue | undefined): string[] {
  return Array.isArray(value) ? value.filter((each) => typeof each === 'string') : []
}

function membersOf({ members, counts }: Stored): Change['members'] {
  if (!Array.isArray(members) || !Array.isArray(counts)) return null
  const [removed, added] = [members[0], members[1]].map((each) => (isJsonObject(each) ? each : {}))
  const [removedCount, addedCount] = [counts[0], counts[1]].map((each) => (typeof each === 'number' ? each : 0))
  return {
    added: texts(added?.['added']),
    removed: texts(removed?.['removed']),
    addedCount: addedCount ?? 0,
    removedCount: removedCount ?? 0,
  }
}

function plain(value: unknown): Change['attributes'][number]['before'] {
  // Stored JSON text was parsed into it.
  return value as Change['attributes'][number]['before']
}

/** An audited change as the console shows it. */
export function changeView(row: ChangeRow): Change {
  const parsed: unknown = row.attributes === null ? {} : JSON.parse(row.attributes)
  const stored: Stored = isJsonObject(parsed) ? parsed : {}
  const members = row.action === 'members' ? membersOf(stored) : null
  return {
    id: row.id,
    at: row.at,
    action: row.action,
    actor: row.actor,
    requestId: row.request_id,
    attributes: members
      ? []
      : Object.entries(stored).flatMap(([name, value]) =>
          Array.isArray(value) ? { name, before: plain(value[0] ?? null), after: plain(value[1] ?? null) } : [],
        ),
    members,
  }
}
