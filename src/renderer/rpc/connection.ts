import { createORPCClient, type ClientContext, type ClientLink } from '@orpc/client'
import { TANSTACK_QUERY_OPERATION_CONTEXT_SYMBOL as operation } from '@orpc/tanstack-query'
import type { EngineClient } from '../../contract/contract.ts'

/** Calls carry nothing beside their input. */
type NoContext = ClientContext

/** A link that works now. */
export interface LiveLink {
  readonly link: ClientLink<NoContext>
  /** Resolves when it works no more. */
  readonly closed: Promise<void>
  close(): void
}

/** Tries to reach the engine. Rejects when it cannot be reached; `signed-out` when it wants to know first who asks. */
export type OpenLink = () => Promise<LiveLink | 'signed-out'>

export type ConnectionState =
  | { readonly kind: 'connecting' }
  /** Since when, in ms since the epoch. */
  | { readonly kind: 'open'; readonly since: number }
  /** It was open, or never; the next try is at `retryAt`, in ms since the epoch. */
  | { readonly kind: 'lost'; readonly retryAt: number }
  | { readonly kind: 'signed-out' }

/** The engine cannot be reached at present. */
export class Disconnected extends Error {
  override readonly name = 'Disconnected'

  constructor(message = 'Rollcall cannot be reached. Look whether it is running; this page tries again by itself.') {
    super(message)
  }
}

/** The connection was lost while a change was under way: it may have been made, or not. */
export class AnswerLost extends Disconnected {
  constructor() {
    super(
      'The connection was lost before the answer came. Once it is back, look whether that was done before you try again.',
    )
  }
}

export interface Connection {
  /**
   * The engine. A query waits a while for the connection, and rejects with `Disconnected` when that is lost meanwhile. What may change something
   * is refused at once while there is none: carried out later, it would come when nobody wants it any more; and rejects with `AnswerLost` when the
   * connection is lost under way.
   */
  readonly engine: EngineClient
  state(): ConnectionState
  /** Calls the listener after each change of state. Returns how to stop it. */
  subscribe(listener: () => void): () => void
  /** Does not wait for the next try; after signing in, too. */
  retry(): void
  /** Resolves when the connection is open; at once when it is, and also when the signal is aborted. */
  untilOpen(signal: AbortSignal): Promise<void>
}

const nothingDone = 'Rollcall could not be reached, so nothing was changed. Try again when the connection is back.'

const firstRetryMs = 500
const longestRetryMs = 15_000
/** How long a call waits for the connection, in ms. */
const patienceMs = 8000

/** Whether a call only asks. React Query's hooks say so; of any other call it is not known. */
function isQuery(context: ClientContext): boolean {
  const known: unknown = Reflect.get(context, operation)
  return typeof known === 'object' && known !== null && 'type' in known && known.type !== 'mutation'
}

/** Keeps a connection to the engine: a new link after each that is lost, waiting longer each time. */
export function createConnection(open: OpenLink): Connection {
  const listeners = new Set<() => void>()
  /** What rejects each call that waits for its answer. A promise of the link's end would keep every answer that was ever raced against it. */
  const underWay = new Set<() => void>()
  let state: ConnectionState = { kind: 'connecting' }
  let live: LiveLink | undefined
  let retryMs = firstRetryMs
  let timer: ReturnType<typeof setTimeout> | undefined
  let isTrying = false

  function set(next: ConnectionState): void {
    state = next
    for (const listener of listeners) listener()
  }

  function retryLater(): void {
    clearTimeout(timer)
    // Many pages must not come back in the same moment.
    const wait = retryMs * (0.75 + Math.random() / 2)
    retryMs = Math.min(retryMs * 2, longestRetryMs)
    set({ kind: 'lost', retryAt: Date.now() + wait })
    timer = setTimeout(() => void attempt(), wait)
  }

  async function attempt(): Promise<void> {
    if (isTrying || live) return
    isTrying = true
    clearTimeout(timer)
    try {
      const opened = await open()
      if (opened === 'signed-out') return set({ kind: 'signed-out' })
      live = opened
      retryMs = firstRetryMs
      set({ kind: 'open', since: Date.now() })
      void watch(opened)
    } catch {
      // Why it cannot be reached is not told to a page; that it cannot is what the state says.
      retryLater()
    } finally {
      isTrying = false
    }
  }

  async function watch(opened: LiveLink): Promise<void> {
    await opened.closed
    live = undefined
    for (const lose of underWay) lose()
    retryLater()
  }

  function untilOpen(signal: AbortSignal): Promise<void> {
    if (live || signal.aborted) return Promise.resolve()
    return new Promise((resolve) => {
      const done = () => {
        if (!live && !signal.aborted) return
        listeners.delete(done)
        signal.removeEventListener('abort', done)
        resolve()
      }
      listeners.add(done)
      signal.addEventListener('abort', done)
    })
  }

  const link: ClientLink<NoContext> = {
    async call(path, input, options) {
      if (!live && state.kind !== 'connecting' && !isQuery(options.context)) throw new Disconnected(nothingDone)
      await untilOpen(AbortSignal.any([AbortSignal.timeout(patienceMs), ...(options.signal ? [options.signal] : [])]))
      if (!live) throw new Disconnected()
      // A call on a link that has closed would never be answered.
      const { promise: lost, reject } = Promise.withResolvers<never>()
      const lose = () => reject(isQuery(options.context) ? new Disconnected() : new AnswerLost())
      underWay.add(lose)
      try {
        return await Promise.race([live.link.call(path, input, options), lost])
      } finally {
        underWay.delete(lose)
      }
    },
  }

  void attempt()
  return {
    engine: createORPCClient(link),
    state: () => state,
    subscribe(listener) {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
    retry() {
      retryMs = firstRetryMs
      if (live) live.close()
      else void attempt()
    },
    untilOpen,
  }
}
