/**
 * The rows in view, in order, each at a position that never changes: positions grow with time, and go below zero for what was loaded from
 * the past. It holds so many at most; what is appended beyond drives the oldest out.
 */
export interface Ring<Row> {
  /** Position of the oldest row. */
  first(): number
  /** Position behind the newest row. */
  end(): number
  at(position: number): Row | undefined
  append(rows: readonly Row[]): void
  /** Puts older rows before the oldest, the newest of them last; those for which there is no room are left out. */
  prepend(rows: readonly Row[]): void
  replace(position: number, row: Row): void
  clear(): void
}

export function createRing<Row>(capacity: number): Ring<Row> {
  let rows: (Row | undefined)[] = []
  let first = 0
  let end = 0

  const slotOf = (position: number) => ((position % capacity) + capacity) % capacity

  return {
    first: () => first,
    end: () => end,
    at: (position) => (position < first || position >= end ? undefined : rows[slotOf(position)]),
    append(added) {
      // Of more than there is room for only the newest stay, each at its own position.
      const kept = added.slice(-capacity)
      end += added.length - kept.length
      for (const row of kept) {
        rows[slotOf(end)] = row
        end += 1
      }
      first = Math.max(first, end - capacity)
    },
    prepend(added) {
      const room = capacity - (end - first)
      for (const row of added.slice(Math.max(0, added.length - room)).toReversed()) {
        first -= 1
        rows[slotOf(first)] = row
      }
    },
    replace(position, row) {
      if (position >= first && position < end) rows[slotOf(position)] = row
    },
    clear() {
      rows = []
      first = 0
      end = 0
    },
  }
}
