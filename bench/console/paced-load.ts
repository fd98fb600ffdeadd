import { Connection } from '../load/connection.ts'
import { getRequest, lookupRequest, type Target } from '../load/scim-request.ts'

const tickMs = 10
const connections = 8

interface PacedLoad {
  /** Ends it; resolves to how many requests were answered. */
  stop(): Promise<number>
}

/** Sends so many requests a second: lookups as an IdP's cycle makes them, now and then one that fails. */
export function startPacedLoad(target: Target, perSecond: number): PacedLoad {
  const all = Array.from({ length: connections }, () => new Connection(target))
  const started = performance.now()
  const stopped = new AbortController()
  let answered = 0

  async function work(connection: Connection, offset: number): Promise<void> {
    for (let n = offset; !stopped.signal.aborted; n += connections) {
      const due = started + (n / perSecond) * 1000
      const early = due - performance.now()
      if (early > 1) await new Promise((resolve) => setTimeout(resolve, Math.min(early, tickMs)))
      if (performance.now() < due) {
        n -= connections
        continue
      }
      await connection.exchange(
        n % 20 === 0 ? getRequest(target, '/Users/nobody') : lookupRequest(target, `person${n}`),
      )
      answered += 1
    }
    connection.close()
  }

  const working = all.map((connection, n) => work(connection, n))
  return {
    async stop() {
      stopped.abort()
      await Promise.all(working)
      return answered
    },
  }
}
