export interface KindFigures {
  readonly kind: string
  readonly count: number
  readonly failures: number
  readonly medianMs: number
  readonly p95Ms: number
  readonly slowestMs: number
}

export interface RequestFigures {
  add(kind: string, ms: number, failed: boolean): void
  /** All requests so far. */
  total(): number
  /** By kind, in the order in which the kinds first came. */
  byKind(): readonly KindFigures[]
}

/** The value below which so much of the sorted values lies (nearest rank). */
function quantile(sorted: readonly number[], part: number): number {
  return sorted[Math.max(0, Math.ceil(sorted.length * part) - 1)] ?? 0
}

const tenth = (ms: number) => Math.round(ms * 10) / 10

export function createRequestFigures(): RequestFigures {
  const kinds = new Map<string, { readonly times: number[]; failures: number }>()
  return {
    add(kind, ms, failed) {
      const known = kinds.get(kind) ?? { times: [], failures: 0 }
      known.times.push(ms)
      if (failed) known.failures += 1
      kinds.set(kind, known)
    },
    total: () => [...kinds.values()].reduce((sum, { times }) => sum + times.length, 0),
    byKind: () =>
      [...kinds].map(([kind, { times, failures }]) => {
        const sorted = times.toSorted((a, b) => a - b)
        return {
          kind,
          count: sorted.length,
          failures,
          medianMs: tenth(quantile(sorted, 0.5)),
          p95Ms: tenth(quantile(sorted, 0.95)),
          slowestMs: tenth(sorted.at(-1) ?? 0),
        }
      }),
  }
}
