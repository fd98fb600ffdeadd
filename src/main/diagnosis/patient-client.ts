import type { Exchange } from './exchange.ts'
import type { OutgoingRequest, ScimClient } from './scim-client.ts'
import { wait } from './wait.ts'

/** Identity providers try more often, and wait longer; here somebody waits for the end. */
const mostTries = 5
const longestWaitMs = 60_000
const usualWaitMs = 2000

/** How long an answer asks to wait before the next try; undefined for one that is final. */
function askedWait({ answer }: Exchange): number | undefined {
  if (answer === undefined) return undefined
  const asked = answer.headers['retry-after'] ?? ''
  const seconds = /^\d{1,6}$/.test(asked.trim()) ? Number(asked) : undefined
  if (answer.status === 429) return Math.min(seconds === undefined ? usualWaitMs : seconds * 1000, longestWaitMs)
  if (answer.status === 503 && seconds !== undefined) return Math.min(seconds * 1000, longestWaitMs)
  return undefined
}

export interface PatientExchange {
  readonly exchange: Exchange
  /** How often it was asked to wait. */
  readonly waits: number
}

/** Sends, and does as 429 and 503 say, a few times; then the last answer counts. `onWait` hears of each wait before it begins. */
export async function sendPatiently(
  client: ScimClient,
  request: OutgoingRequest,
  signal: AbortSignal,
  onWait: (ms: number) => void = () => undefined,
): Promise<PatientExchange> {
  for (let waits = 0; ; waits += 1) {
    const exchange = await client.send(request)
    const ms = askedWait(exchange)
    if (ms === undefined || waits + 1 >= mostTries || signal.aborted) return { exchange, waits }
    onWait(ms)
    await wait(ms, signal)
    if (signal.aborted) return { exchange, waits }
  }
}

/** What a person who waits is told. */
export function waitingText(ms: number): string {
  return `waiting ${ms / 1000} s, as the endpoint asks`
}
