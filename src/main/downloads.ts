import { randomBytes } from 'node:crypto'

/** A file that is made while it is fetched. */
export interface Download {
  /** As the browser is to call it. */
  readonly name: string
  /** Its media type. */
  readonly type: string
  /** The text of the file, piece by piece; it ends early when the signal is aborted. */
  open(signal: AbortSignal): AsyncIterable<string>
}

/** Files that a browser may fetch: each once, soon, and by the session that asked for it. */
export interface Downloads {
  /** Returns the ticket that the file is fetched with. */
  offer(download: Download, sessionId: number): string
  /** Takes the file away, so that the ticket is void. */
  take(ticket: string, sessionId: number): Download | undefined
}

const validMs = 60_000
const mostOffered = 100

export function createDownloads(clock: () => number): Downloads {
  const offered = new Map<string, { readonly download: Download; readonly sessionId: number; readonly until: number }>()

  function forgetOld(now: number): void {
    for (const [ticket, { until }] of offered) if (until < now || offered.size > mostOffered) offered.delete(ticket)
  }

  return {
    offer(download, sessionId) {
      const now = clock()
      const ticket = randomBytes(24).toString('base64url')
      offered.set(ticket, { download, sessionId, until: now + validMs })
      forgetOld(now)
      return ticket
    },
    take(ticket, sessionId) {
      const found = offered.get(ticket)
      if (!found || found.sessionId !== sessionId || found.until < clock()) return undefined
      offered.delete(ticket)
      return found.download
    },
  }
}
