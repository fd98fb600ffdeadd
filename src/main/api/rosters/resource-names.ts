import type { RequestChange } from '../../../contract/request-change.ts'
import type { Engine } from '../../engine.ts'

/** The names of the members that changes speak of, by id; those that are gone have none. */
export async function namesIn(
  { consoleReads }: Engine,
  changes: readonly RequestChange[],
): Promise<Record<string, string>> {
  const ids = new Set(
    changes.flatMap(({ change: { members } }) => [...(members?.added ?? []), ...(members?.removed ?? [])]),
  )
  if (ids.size === 0) return {}
  return Object.fromEntries(await consoleReads.ask('resource-names', { ids: [...ids] }))
}
