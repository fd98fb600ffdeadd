import { networkOfAddress } from '../../network-of-address.ts'

const windowMs = 60_000
const allowed = 10
const mostAddresses = 10_000

interface Strikes {
  count: number
  since: number
}

/**
 * Slows down whoever guesses tokens. Only requests with a wrong token are counted and refused: behind a tunnel all come from one address. The
 * addresses of one IPv6 network count as one.
 */
export interface WrongTokenThrottle {
  /** Counts a wrong token; returns how many seconds to wait when it is one too many. */
  strike(address: string, now: number): number | undefined
}

export function createWrongTokenThrottle(): WrongTokenThrottle {
  const strikes = new Map<string, Strikes>()
  return {
    strike(address, now) {
      const network = networkOfAddress(address)
      const known = strikes.get(network)
      // A moment before the first one: the clock was set back, and the minute would last as much longer.
      if (!known || now < known.since || now - known.since >= windowMs) {
        strikes.delete(network)
        const [oldest] = strikes.keys()
        if (strikes.size >= mostAddresses && oldest !== undefined) strikes.delete(oldest)
        strikes.set(network, { count: 1, since: now })
        return undefined
      }
      known.count += 1
      return known.count > allowed ? Math.max(1, Math.ceil((known.since + windowMs - now) / 1000)) : undefined
    },
  }
}
