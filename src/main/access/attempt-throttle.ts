import { networkOfAddress } from '../network-of-address.ts'

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

/** Slows down whoever guesses: after each further failure the wait doubles. The addresses of one IPv6 network count as one. */
export interface AttemptThrottle {
  /** How long this address has to wait before it may try again, in ms; 0 is not at all. */
  wait(address: string, now: number): number
  failed(address: string, now: number): void
  succeeded(address: string): void
}

export function createAttemptThrottle(): AttemptThrottle {
  const failures = new Map<string, Failures>()

  /** What is not forgotten yet of a network. When the clock was set back, it is as if the last failure had been now: the wait would be as long as the step. */
  function remembered(network: string, now: number): Failures | undefined {
    const known = failures.get(network)
    if (!known || now - known.last >= forgetMs) return undefined
    if (now >= known.last) return known
    const moved = { count: known.count, last: now }
    failures.set(network, moved)
    return moved
  }

  return {
    wait(address, now) {
      const known = remembered(networkOfAddress(address), now)
      if (!known || known.count <= free) return 0
      const pause = Math.min(longestMs, 1000 * 2 ** (known.count - free - 1))
      return Math.max(0, known.last + pause - now)
    },
    failed(address, now) {
      const network = networkOfAddress(address)
      const before = remembered(network, now)?.count ?? 0
      failures.delete(network)
      const [oldest] = failures.keys()
      if (failures.size >= mostAddresses && oldest !== undefined) failures.delete(oldest)
      failures.set(network, { count: before + 1, last: now })
    },
    succeeded: (address) => void failures.delete(networkOfAddress(address)),
  }
}
