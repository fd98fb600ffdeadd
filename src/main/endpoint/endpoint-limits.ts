import type { ReadLimits } from '../directory/read/read-scope.ts'

/** What bounds every request: nothing that a client sends can cost more than this. */
export interface EndpointLimits extends ReadLimits {
  /** Bytes of a request's body. */
  readonly bodyBytes: number
  /** Bytes of all headers. */
  readonly headerBytes: number
  readonly bulkMaxOperations: number
  /** Ms for all headers to arrive. */
  readonly headersTimeoutMs: number
  /** Ms for a whole request to arrive. */
  readonly requestTimeoutMs: number
  /**
   * Ms that an idle connection is kept. nginx keeps its own for 60 s, cloudflared for 90 s, Caddy for 120 s: they are to close first, or a
   * request is lost on a connection that has just been closed.
   */
  readonly keepAliveMs: number
  /** Ms that a client may go without reading the answer that it asked for. */
  readonly stalledMs: number
  /** Open at a time; strangers make way, see connection-room.ts. */
  readonly connections: number
  /** Ms that a costly list may take in its thread. */
  readonly costlyReadMs: number
  /** Requests a second for each integration; 0: unlimited. */
  readonly requestsPerSecond: number
  /** Ms for which a server that stops still answers what comes on open connections: a request may be on its way. */
  readonly lingerMs: number
  /** Ms that requests under way have to end when the server stops. */
  readonly drainMs: number
}

/** What `bodyBytes` can be set to at most, in MiB: a body is held in memory several times over while it is worked on. */
export const mostBodyMebibytes = 32

export const defaultLimits: EndpointLimits = {
  bodyBytes: 4 * 1024 * 1024,
  headerBytes: 32 * 1024,
  bulkMaxOperations: 1000,
  defaultPageSize: 100,
  maxPageSize: 1000,
  cursorTimeoutSeconds: 3600,
  costlyFrom: 5000,
  headersTimeoutMs: 15_000,
  requestTimeoutMs: 60_000,
  keepAliveMs: 130_000,
  stalledMs: 300_000,
  connections: 4096,
  costlyReadMs: 50_000,
  requestsPerSecond: 0,
  lingerMs: 100,
  drainMs: 10_000,
}
