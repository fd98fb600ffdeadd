import type { Answer, Exchange } from './exchange.ts'
import type { OutgoingRequest, ScimClient } from './scim-client.ts'
import { wait } from './wait.ts'

/** Identity providers try more often, and wait longer; here somebody waits for the end. */
const mostTries = 5
export const longestWaitMs = 60_000
const usualWaitMs = 2000

/** How many seconds an answer asks to wait, if it says so as a number. */
export function retryAfter({ headers }: Answer): number | undefined {
  const asked = (headers['retry-after'] ?? '').trim()
  return /^\d{1,6}$/.test(asked) ? Number(asked) : undefined
}

/** How long an answer asks to wait before the next try; undefined for one that is final. */
function askedWait({ answer }: Exchange): number | undefined {
  if (answer === undefined) return undefined
  const seconds = retryAfter(answer)
  if (answer.status === 429) return Math.min(seconds === undefined ? usualWaitMs : seconds * 1000, longestWaitMs)
  if (answer.status === 503 && seconds !== undefined) return Math.min(seconds * 1000, longestWaitMs)
  return undefined
}

export interface PatientExchange {
  readonly exchange: Exchange
  /** How often it was asked to wait. */
  readonly waits: number
}

/** How long 503 is waited for while nothing else comes, whatever is asked: an endpoint that is out of order is not waited for with each request anew. */
export interface OutagePatience {
  /** Whether a wait still fits; it counts as waited then. */
  allows(ms: number): boolean
  /** Something else was answered. */
  renew(): void
}

export function createOutagePatience(mostMs = longestWaitMs): OutagePatience {
  let left = mostMs
  return {
    allows(ms) {
      if (ms > left) return false
      left -= ms
      return true
    },
    renew: () => void (left = mostMs),
  }
}

/**
 * Sends, and does as 429 and 503 say, a few times; then the last answer counts. `onWait` hears of each wait before it begins. What is sent with
 * the same `patience` waits for 503 together.
 */
export async function sendPatiently(
  client: ScimClient,
  request: OutgoingRequest,
  signal: AbortSignal,
  onWait: (ms: number) => void = () => undefined,
  patience?: OutagePatience,
): Promise<PatientExchange> {
  for (let waits = 0; ; waits += 1) {
    const exchange = await client.send(request)
    const ms = askedWait(exchange)
    const isOut = exchange.answer?.status === 503
    if (exchange.answer && !isOut) patience?.renew()
    if (ms === undefined || waits + 1 >= mostTries || signal.aborted) return { exchange, waits }
    if (isOut && patience?.allows(ms) === false) return { exchange, waits }
    onWait(ms)
    await wait(ms, signal)
    if (signal.aborted) return { exchange, waits }
  }
}

/** What a person who waits is told. */
export function waitingText(ms: number): string {
  return `waiting ${ms / 1000} s, as the endpoint asks`
}
