const windowMs = 60_000
const mostKinds = 60

/** Keeps what repeats itself, a probe of a load balancer or a scan of ports, from pushing real requests out of the log. */
export interface ToldLately {
  /** Whether this is to be told: the first of its kind within a minute, and one of 60 kinds at most. */
  take(kind: string, now: number): boolean
}

export function createToldLately(): ToldLately {
  const told = new Set<string>()
  let since = 0
  return {
    take(kind, now) {
      // A moment before the first one: the clock was set back, and the minute would last as much longer.
      if (now < since || now - since >= windowMs) {
        told.clear()
        since = now
      }
      if (told.has(kind) || told.size >= mostKinds) return false
      told.add(kind)
      return true
    },
  }
}
