interface Bucket {
  tokens: number
  at: number
}

/** A token bucket for each integration: `perSecond` on average, bursts of one second's worth. */
export interface RateLimiter {
  /** Returns how many whole seconds to wait when the rate is used up. */
  take(integrationId: number, perSecond: number, now: number): number | undefined
}

export function createRateLimiter(): RateLimiter {
  const buckets = new Map<number, Bucket>()
  return {
    take(integrationId, perSecond, now) {
      const size = Math.max(1, perSecond)
      const bucket = buckets.get(integrationId) ?? { tokens: size, at: now }
      // A clock that was set back must not take away what is left: the wait would be as long as the step.
      const elapsedMs = Math.max(0, now - bucket.at)
      bucket.tokens = Math.min(size, bucket.tokens + (elapsedMs / 1000) * perSecond)
      bucket.at = now
      buckets.set(integrationId, bucket)
      if (bucket.tokens >= 1) {
        bucket.tokens -= 1
        return undefined
      }
      return Math.max(1, Math.ceil((1 - bucket.tokens) / perSecond))
    },
  }
}
