import type { Exchange } from '../journal/exchange.ts'

/** Upper bounds of the buckets of the latency histogram, in seconds. */
export const latencyBounds = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10] as const

/** Requests of one integration, method and class of status. */
export interface RequestCount {
  /** Empty for requests that did not get in. */
  readonly integration: string
  readonly method: string
  /** `2xx`, `4xx` … */
  readonly status: string
  readonly requests: number
}

export interface FailureCount {
  readonly integration: string
  readonly kind: string
  readonly failures: number
}

/** How long the answers to an integration took. */
export interface LatencyHistogram {
  readonly integration: string
  /** For each of `latencyBounds`, how many were not slower. */
  readonly upTo: readonly number[]
  readonly count: number
  readonly sumSeconds: number
}

export interface RequestFigures {
  readonly requests: readonly RequestCount[]
  readonly failures: readonly FailureCount[]
  readonly latencies: readonly LatencyHistogram[]
}

/** Counts requests for operators, from the moment on when the metrics are switched on. */
export interface RequestMeter {
  note(exchange: Exchange): void
  figures(): RequestFigures
}

interface Latencies {
  readonly buckets: number[]
  count: number
  sumMicros: number
}

const methods: ReadonlySet<string> = new Set(['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'HEAD'])

/** Why a request failed, by its status alone. */
function kindOf(status: number): string {
  switch (status) {
    case 400:
      return 'invalid'
    case 401:
      return 'unauthorized'
    case 403:
      return 'not_allowed'
    case 404:
      return 'not_found'
    case 409:
      return 'conflict'
    case 413:
      return 'too_large'
    case 429:
      return 'throttled'
    case 503:
      return 'unavailable'
    default:
      return status >= 500 ? 'server_error' : 'other'
  }
}

const separator = '\n'

export function createRequestMeter(): RequestMeter {
  const requests = new Map<string, number>()
  const failures = new Map<string, number>()
  const latencies = new Map<string, Latencies>()

  function count(counts: Map<string, number>, key: string): void {
    counts.set(key, (counts.get(key) ?? 0) + 1)
  }

  function latenciesOf(integration: string): Latencies {
    const known = latencies.get(integration)
    if (known !== undefined) return known
    const made = { buckets: latencyBounds.map(() => 0), count: 0, sumMicros: 0 }
    latencies.set(integration, made)
    return made
  }

  return {
    note({ integrationSlug, method, status, durationMicros }) {
      const integration = integrationSlug ?? ''
      const shown = methods.has(method) ? method : 'other'
      count(requests, `${integration}${separator}${shown}${separator}${Math.floor(status / 100)}xx`)
      if (status >= 400) count(failures, `${integration}${separator}${kindOf(status)}`)
      const found = latenciesOf(integration)
      found.count += 1
      found.sumMicros += durationMicros
      const bucket = latencyBounds.findIndex((bound) => durationMicros <= bound * 1_000_000)
      if (bucket >= 0) found.buckets[bucket] = (found.buckets[bucket] ?? 0) + 1
    },
    figures: () => ({
      requests: [...requests].map(([key, number]) => {
        const [integration = '', method = '', status = ''] = key.split(separator)
        return { integration, method, status, requests: number }
      }),
      failures: [...failures].map(([key, number]) => {
        const [integration = '', kind = ''] = key.split(separator)
        return { integration, kind, failures: number }
      }),
      latencies: [...latencies].map(([integration, { buckets, count: number, sumMicros }]) => {
        let sum = 0
        return {
          integration,
          upTo: buckets.map((each) => (sum += each)),
          count: number,
          sumSeconds: sumMicros / 1_000_000,
        }
      }),
    }),
  }
}
