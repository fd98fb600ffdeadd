export interface SeededRandom {
  readonly seed: number
  /** A whole number from 0 to below `limit`. */
  below(limit: number): number
  /** One of the items, which must not be empty. */
  pick<T>(items: readonly T[]): T
}

/** Repeatable randomness (mulberry32): the same seed gives the same values. */
export function createSeededRandom(seed: number): SeededRandom {
  let state = seed >>> 0
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
  const below = (limit: number) => Math.floor(next() * limit)
  return {
    seed,
    below,
    pick(items) {
      const picked = items[below(items.length)]
      if (picked === undefined) throw new Error('there is nothing to pick from')
      return picked
    },
  }
}
