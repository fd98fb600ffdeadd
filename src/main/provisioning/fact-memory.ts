import { ownText } from '../text/own-text.ts'
import type { FactRow, TrackingWrites } from '../store/journal/tracking.ts'

/** Facts of one kind about one integration, in memory and in the journal, at most so many of them. */
export interface FactMemory<Fact> {
  readonly size: number
  get(key: string): Fact | undefined
  /** Keeps a fact, old ones giving way; it is written by `flush`. */
  set(key: string, fact: Fact): void
  delete(key: string): void
  /** Writes what has changed. */
  flush(): void
}

interface Options<Fact> {
  readonly store: TrackingWrites
  readonly integrationId: number
  readonly kind: string
  readonly most: number
  /** When it was last so. */
  readonly atOf: (fact: Fact) => number
  readonly parse: (text: string) => Fact | undefined
  readonly rows: readonly FactRow[]
}

export function createFactMemory<Fact>(options: Options<Fact>): FactMemory<Fact> {
  const { store, integrationId, kind } = options
  const facts = new Map<string, Fact>()
  const changed = new Set<string>()
  const gone = new Set<string>()
  for (const row of options.rows) {
    const fact = row.integration_id === integrationId && row.kind === kind ? options.parse(row.data) : undefined
    if (fact !== undefined) facts.set(row.key, fact)
  }

  function remove(key: string): void {
    if (!facts.delete(key)) return
    changed.delete(key)
    gone.add(key)
  }

  /** The map is in the order in which facts were last seen, but for what was just loaded. */
  function makeRoom(): void {
    for (const key of facts.keys()) {
      if (facts.size < options.most) return
      remove(key)
    }
  }

  return {
    get size() {
      return facts.size
    },
    get: (key) => facts.get(key),
    set(key, fact) {
      const own = options.parse(JSON.stringify(fact))
      const ownKey = own === undefined ? undefined : ownText(key)
      if (own === undefined || ownKey === undefined) return
      if (!facts.delete(ownKey)) makeRoom()
      facts.set(ownKey, own)
      gone.delete(ownKey)
      changed.add(ownKey)
    },
    delete: remove,
    flush() {
      for (const key of gone) store.dropFact(integrationId, kind, key)
      for (const key of changed) {
        const fact = facts.get(key)
        if (fact !== undefined)
          store.saveFact({
            integration_id: integrationId,
            kind,
            key,
            at: options.atOf(fact),
            data: JSON.stringify(fact),
          })
      }
      gone.clear()
      changed.clear()
    },
  }
}
