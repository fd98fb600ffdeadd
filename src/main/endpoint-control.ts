import { addressProblem } from './address-problem.ts'
import { Refusal } from './administration/refusal.ts'
import type { Tls } from './endpoint/http/http-server.ts'
import type { Replayer } from './endpoint/replay.ts'
import { loadTls, type EndpointChoice } from './endpoint-settings.ts'
import type { ResolvedServeOptions, RunningEndpoint, ServeOptions, ServingTroubles } from './serve-endpoint.ts'
import { certificateProblem, isFromFiles, readTls, stampOf, type TlsFiles } from './tls/tls-files.ts'

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
  /** Why it does not listen as it was told to: one line. */
  readonly problem: string | undefined
}

/** What it is served with at present. */
export interface EndpointInForce {
  readonly host: string
  readonly port: number
  readonly tls: Tls | TlsFiles | undefined
}

/** The SCIM endpoint as the admin sees it: it can be stopped, started and moved while the rest goes on. */
export interface EndpointControl {
  /** Undefined before it was first opened. */
  state(): EndpointState | undefined
  /** Sends requests of the log again; undefined while it is stopped. */
  replayer(): Replayer | undefined
  /** What it meets with although it listens; nothing while it is stopped. */
  troubles(): ServingTroubles
  /** What it was last served with; undefined before it was first opened. */
  inForce(): EndpointInForce | undefined
  /** What holds for its next start. */
  choice(): EndpointChoice
  /** Opens it for the first time. Rejects with what the system says about the address. */
  open(options: ServeOptions): Promise<RunningEndpoint>
  /** Answers the requests under way, then listens no more. Does nothing when it is stopped. */
  stop(): Promise<void>
  /** Listens again, as the settings say by now; what keeps it from doing so is in the state. Does nothing when it listens. */
  start(): Promise<void>
  /**
   * Stops and starts it, so that it takes over what was set. Where it cannot listen there, it goes back to what it was served with before,
   * and the state says why.
   */
  restart(): Promise<void>
  /**
   * Reads the certificate's files again and uses what is in them for new connections. `isForced` reads them although they look unchanged.
   * Throws `Refusal` when they cannot be used, or hold what IdPs would refuse in place of what they accept; the certificate before stays then.
   */
  renewCertificate(isForced: boolean): 'renewed' | 'unchanged'
  /** Calls the listener after each change. Returns how to stop it. */
  onChange(listener: () => void): () => void
}

interface Parts {
  readonly serve: (options: ResolvedServeOptions) => Promise<RunningEndpoint>
  readonly choose: (given: ServeOptions) => EndpointChoice
  readonly clock: () => number
}

const nothingGiven: ServeOptions = { onTrouble: () => undefined }
const noTroubles: ServingTroubles = { notStored: undefined, notRecorded: undefined }

export function createEndpointControl({ serve, choose, clock }: Parts): EndpointControl {
  const listeners = new Set<() => void>()
  let given: ServeOptions | undefined
  let used: ResolvedServeOptions | undefined
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

  function resolved(options: ServeOptions): ResolvedServeOptions {
    const { host, port, tls } = choose(options)
    return { ...options, host: host.value, port: port.value, tls: loadTls(tls.value) }
  }

  async function listen(options: ResolvedServeOptions, problem: string | undefined): Promise<RunningEndpoint> {
    const served = await serve(options)
    running = served
    const port = Number(new URL(served.url).port) || options.port
    used = { ...options, port }
    // A port that was picked stays: IdPs, and the tunnel, know it by now.
    if (given?.port === 0) given = { ...given, port }
    set({
      state: 'listening',
      since: clock(),
      url: served.url,
      publicUrl: options.publicUrl,
      isTls: options.tls !== undefined,
      problem,
    })
    return served
  }

  async function stop(): Promise<void> {
    if (!running || !current) return
    const ending = running
    running = undefined
    set({ ...current, state: 'stopped', since: clock(), problem: undefined })
    await ending.close()
  }

  /** Tries to listen; returns why it could not. */
  async function attempt(make: () => ResolvedServeOptions, told: string | undefined): Promise<string | undefined> {
    let options: ResolvedServeOptions | undefined
    try {
      options = make()
      await listen(options, told)
      return undefined
    } catch (error) {
      return addressProblem(error, options?.host ?? '', options?.port ?? 0)
    }
  }

  async function start(): Promise<void> {
    const options = given
    if (running || !options || !current) return
    const problem = await attempt(() => resolved(options), undefined)
    if (problem !== undefined) set({ ...current, problem })
  }

  async function restart(): Promise<void> {
    const options = given
    const before = used
    if (!options || !before) return
    await stop()
    const problem = await attempt(() => resolved(options), undefined)
    if (problem === undefined || !current) return
    const told = `${problem} It listens as before.`
    const worse = await attempt(() => before, told)
    if (worse !== undefined) set({ ...current, problem: `${problem} It cannot listen as before either: ${worse}` })
  }

  const troubles = () => running?.troubles() ?? noTroubles

  return {
    state: () => current,
    replayer: () => running?.replayer,
    troubles,
    inForce: () => used && { host: used.host, port: used.port, tls: used.tls },
    choice: () => choose(given ?? nothingGiven),
    async open(first) {
      given = first
      const { url, replayer } = await listen(resolved(first), undefined)
      return { url, replayer, troubles, renewTls: (tls) => running?.renewTls(tls), close: () => inTurn(stop) }
    },
    stop: () => inTurn(stop),
    start: () => inTurn(start),
    restart: () => inTurn(restart),
    renewCertificate(isForced) {
      const before = used
      if (!before?.tls || !isFromFiles(before.tls)) return 'unchanged'
      const { paths, stamp } = before.tls
      if (!isForced && stampOf(paths) === stamp) return 'unchanged'
      const tls = readTls(paths)
      // One that was put there early, or an old one by mistake; it is looked at again until it is valid.
      const problem = certificateProblem(tls, clock(), `The certificate ${paths.cert}`)
      if (problem !== undefined && certificateProblem(before.tls, clock()) === undefined) throw new Refusal(problem)
      const isSame = tls.cert === before.tls.cert && tls.key === before.tls.key
      used = { ...before, tls }
      if (isSame) return 'unchanged'
      running?.renewTls(tls)
      for (const listener of listeners) listener()
      return 'renewed'
    },
    onChange(listener) {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
  }
}
