import { randomBytes, timingSafeEqual } from 'node:crypto'
import type { IncomingMessage } from 'node:http'
import type { Reply } from '../endpoint/reply.ts'

/** The parameter by which a request of the test is known, also when a proxy has taken its token away. */
export const reachParameter = 'rollcall-reach'

/** A test that is under way. */
export interface ReachPass {
  /** Names it in the URL; no secret. */
  readonly id: string
  /** Opens nothing but the answer to this test, once, within a minute. */
  readonly token: string
  /** What only this engine can answer. */
  readonly proof: string
  /** Whether its request has come, and how. */
  seen(): ReachSighting
  end(): void
}

export type ReachSighting = 'not seen' | 'without its token' | 'let in'

/** Lets the engine's own test request through the endpoint, and nothing else. */
export interface ReachGate {
  open(): ReachPass
  /** The answer to a request of a test; undefined for every other request. */
  answer(request: IncomingMessage): Reply | undefined
}

interface Pending {
  readonly token: Buffer
  readonly proof: string
  readonly until: number
  sighting: ReachSighting
}

const lifeMs = 60_000
const longestTarget = 2048

function secret(): string {
  return randomBytes(32).toString('base64url')
}

function isToken(header: string | undefined, token: Buffer): boolean {
  const given = Buffer.from(/^bearer +(\S+)$/i.exec(header ?? '')?.[1] ?? '')
  return given.length === token.length && timingSafeEqual(given, token)
}

export function createReachGate(clock: () => number): ReachGate {
  const pending = new Map<string, Pending>()
  return {
    open() {
      const id = randomBytes(9).toString('base64url')
      const token = `rcreach_${secret()}`
      const entry: Pending = {
        token: Buffer.from(token),
        proof: secret(),
        until: clock() + lifeMs,
        sighting: 'not seen',
      }
      pending.set(id, entry)
      return {
        id,
        token,
        proof: entry.proof,
        seen: () => entry.sighting,
        end: () => void pending.delete(id),
      }
    },
    answer(request) {
      // Outside of a test this costs one comparison.
      if (pending.size === 0 || request.method !== 'GET') return undefined
      const target = request.url ?? ''
      if (target.length > longestTarget || !target.includes(reachParameter)) return undefined
      const id = new URLSearchParams(target.slice(target.indexOf('?'))).get(reachParameter) ?? ''
      const entry = pending.get(id)
      if (!entry || clock() > entry.until) return undefined
      if (!isToken(request.headers.authorization, entry.token)) {
        if (entry.sighting === 'not seen') entry.sighting = 'without its token'
        return undefined
      }
      entry.sighting = 'let in'
      pending.delete(id)
      return { status: 200, body: JSON.stringify({ proof: entry.proof }) }
    },
  }
}
