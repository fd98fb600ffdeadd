export type Cases<Result> = ReadonlyMap<string, () => Promise<Result>>

export interface Rounds<Result> {
  /** A case's results in the order of the rounds. Throws for a name that is no case. */
  of(name: string): readonly Result[]
  all(): readonly Result[]
}

/**
 * Measures every case once a round, each round in another order, so that a slow minute of the machine, and whatever one case
 * leaves behind for the next, falls on all of them alike. `settle` runs before each.
 */
export async function interleave<Result>(
  cases: Cases<Result>,
  rounds: number,
  settle: () => Promise<void>,
): Promise<Rounds<Result>> {
  const results = new Map<string, Result[]>([...cases.keys()].map((name) => [name, []]))
  for (let round = 0; round < rounds; round++) {
    for (const [name, measure] of orderOf([...cases], round)) {
      await settle()
      results.get(name)?.push(await measure())
    }
  }
  return {
    of(name) {
      const found = results.get(name)
      if (!found) throw new Error(`no case is called "${name}"`)
      return found
    },
    all: () => [...results.values()].flat(),
  }
}

/** Rotated by one each round, so that every case is the first of a round as often as any other. */
export function orderOf<Item>(items: readonly Item[], round: number): readonly Item[] {
  const start = items.length === 0 ? 0 : round % items.length
  return [...items.slice(start), ...items.slice(0, start)]
}
