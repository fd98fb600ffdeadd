import type { ResourceChangeRow } from '../../store/resources/changes.ts'
import type { ReadSources } from './read-sources.ts'

/** An audited change with the name of what was changed; null for a resource that is gone. */
export interface NamedChange extends ResourceChangeRow {
  readonly name: string | null
}

/** A bulk request can change many; so many are shown. */
const mostShown = 100
/** A change is stored under a moment that may be somewhat later than the answer, when many came at once, in ms. */
const slackMs = 1000

/** What a request changed, oldest first, and how many changes there were in all; undefined when the log has no such request. */
export function changesOfRequest(
  { journal, search, reads }: ReadSources,
  input: { readonly id: number },
): { readonly items: readonly NamedChange[]; readonly total: number } | undefined {
  const detail = journal.get(input.id)
  if (!detail) return undefined
  const until = detail.at + Math.ceil(detail.durationMicros / 1000) + slackMs
  const all = reads.changes.ofRequest(detail.requestId, detail.at, until)
  const shown = all.slice(0, mostShown)
  const names = search.names([...new Set(shown.map((each) => each.resource_id))])
  return {
    items: shown.map((each) => ({ ...each, name: names.get(each.resource_id) ?? null })),
    total: all.length,
  }
}

/** The names of resources as they are now. */
export function namesOf(
  { search }: ReadSources,
  input: { readonly ids: readonly string[] },
): ReadonlyMap<string, string> {
  return search.names(input.ids)
}
