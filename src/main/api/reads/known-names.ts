import type { NameSearch } from '../../store/lists/name-search.ts'
import type { Steps } from '../../steps.ts'
import type { NamedResources } from './request-where.ts'

/** So many searches are remembered. */
const mostKept = 16

interface Kept {
  readonly version: number
  readonly ids: readonly string[]
}

/** Whom filters name: what has been found is remembered while nothing changes, for each question of a page asks it anew. */
export interface KnownNames {
  readonly latest: NamedResources
  /** What was found before, whatever has changed since: for requests that are older than it. */
  readonly before: NamedResources
}

/** `version` changes when somebody has written. */
export function createKnownNames(search: NameSearch, version: () => number): KnownNames {
  const kept = new Map<string, Kept>()

  function* find(
    key: string,
    isGood: (found: Kept) => boolean,
    look: () => Steps<readonly string[]>,
  ): Steps<readonly string[]> {
    const known = kept.get(key)
    if (known && isGood(known)) return known.ids
    const asOf = version()
    const ids = yield* look()
    kept.delete(key)
    kept.set(key, { version: asOf, ids })
    const [oldest] = kept.keys()
    if (kept.size > mostKept && oldest !== undefined) kept.delete(oldest)
    return ids
  }

  const named = (isGood: (found: Kept) => boolean): NamedResources => ({
    users: (text, limit) => find(`user ${text}`, isGood, () => search.users(text, limit)),
    groups: (text, limit) => find(`group ${text}`, isGood, () => search.groups(text, limit)),
  })

  return { latest: named((found) => found.version === version()), before: named(() => true) }
}
