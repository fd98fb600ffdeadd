import type { Replayer } from './endpoint/replay.ts'
import type { RunningEndpoint, ServeOptions } from './serve-endpoint.ts'

/** Whether the SCIM endpoint listens, and where. */
export interface EndpointState {
  readonly state: 'listening' | 'stopped'
  /** Ms since the epoch. */
  readonly since: number
  /** Where it listens, or listened last, ending in `/scim`. */
  readonly url: string
  /** Given on the command line; it goes before the stored setting. */
  readonly publicUrl: string | undefined
  readonly isTls: boolean
  /** Why it does not listen although it was told to: one line. */
  readonly problem: string | undefined
}

/** The SCIM endpoint as the admin sees it: it can be stopped and started again while the rest goes on. */
export interface EndpointControl {
  /** Undefined before it was first opened. */
  state(): EndpointState | undefined
  /** Sends requests of the log again; undefined while it is stopped. */
  replayer(): Replayer | undefined
  /** Opens it for the first time. Rejects with what the system says about the address. */
  open(options: ServeOptions): Promise<RunningEndpoint>
  /** Answers the requests under way, then listens no more. Does nothing when it is stopped. */
  stop(): Promise<void>
  /** Listens again at the same address; what keeps it from doing so is in the state. Does nothing when it listens. */
  start(): Promise<void>
  /** Calls the listener after each change. Returns how to stop it. */
  onChange(listener: () => void): () => void
}

interface Parts {
  readonly serve: (options: ServeOptions) => Promise<RunningEndpoint>
  readonly clock: () => number
}

export function createEndpointControl({ serve, clock }: Parts): EndpointControl {
  const listeners = new Set<() => void>()
  let options: ServeOptions | undefined
  let running: RunningEndpoint | undefined
  let current: EndpointState | undefined
  // One step after another: a start that comes while it drains waits for the end of that.
  let queue: Promise<void> = Promise.resolve()

  function set(state: EndpointState): void {
    current = state
    for (const listener of listeners) listener()
  }

  function inTurn(step: () => Promise<void>): Promise<void> {
    const done = queue.then(step)
    queue = done.catch(() => undefined)
    return done
  }

  async function stop(): Promise<void> {
    if (!running || !current) return
    const ending = running
    running = undefined
    set({ ...current, state: 'stopped', since: clock(), problem: undefined })
    await ending.close()
  }

  async function start(): Promise<void> {
    if (running || !options || !current) return
    try {
      running = await serve(options)
      set({ ...current, state: 'listening', since: clock(), url: running.url, problem: undefined })
    } catch (error) {
      set({ ...current, problem: error instanceof Error ? error.message : String(error) })
    }
  }

  return {
    state: () => current,
    replayer: () => running?.replayer,
    async open(first) {
      running = await serve(first)
      const { url, replayer } = running
      // A port that was picked stays: IdPs, and the tunnel, know it by now.
      options = { ...first, port: Number(new URL(url).port) || first.port }
      const isTls = first.tls !== undefined
      set({ state: 'listening', since: clock(), url, publicUrl: first.publicUrl, isTls, problem: undefined })
      return { url, replayer, close: () => inTurn(stop) }
    },
    stop: () => inTurn(stop),
    start: () => inTurn(start),
    onChange(listener) {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
  }
}
