/** So many attempts may fail before anybody has to wait. */
const free = 3
const longestMs = 15 * 60_000
/** Failures this long ago are forgotten. */
const forgetMs = 60 * 60_000
const mostAddresses = 10_000

interface Failures {
  readonly count: number
  readonly last: number
}

/** Slows down whoever guesses: after each further failure the wait doubles. */
export interface AttemptThrottle {
  /** How long this address has to wait before it may try again, in ms; 0 is not at all. */
  wait(address: string, now: number): number
  failed(address: string, now: number): void
  succeeded(address: string): void
}

export function createAttemptThrottle(): AttemptThrottle {
  const failures = new Map<string, Failures>()

  /** What is not forgotten yet. When the clock was set back, it is as if the last failure had been now: the wait would be as long as the step. */
  function remembered(address: string, now: number): Failures | undefined {
    const known = failures.get(address)
    if (!known || now - known.last >= forgetMs) return undefined
    if (now >= known.last) return known
    const moved = { count: known.count, last: now }
    failures.set(address, moved)
    return moved
  }

  return {
    wait(address, now) {
      const known = remembered(address, now)
      if (!known || known.count <= free) return 0
      const pause = Math.min(longestMs, 1000 * 2 ** (known.count - free - 1))
      return Math.max(0, known.last + pause - now)
    },
    failed(address, now) {
      const before = remembered(address, now)?.count ?? 0
      failures.delete(address)
      const [oldest] = failures.keys()
      if (failures.size >= mostAddresses && oldest !== undefined) failures.delete(oldest)
      failures.set(address, { count: before + 1, last: now })
    },
    succeeded: (address) => void failures.delete(address),
  }
}
