import { uninterruptibly } from '../../main/end-process.ts'
import { openEngine, type Engine } from '../../main/engine.ts'
import type { EngineHost } from '../../main/engine-host.ts'
import type { CommandContext } from '../command-context.ts'
import type { ServeFlags } from './serve-flags.ts'
import { startServed } from './start-served.ts'
import { tellListening } from './tell-listening.ts'

/** What is to be done between two runs of the engine. */
interface Interlude {
  readonly work: () => void
  readonly after: (engine: Engine) => Promise<void>
  readonly flags: ServeFlags
}

/** On which occasion the engine is run: at the start, or after an interlude. */
interface Occasion {
  readonly before?: Interlude
  /** Why the browser is opened; without it none is. */
  readonly whyNoWindow?: string | undefined
  /** When the data directory is this server's to name the address of; undefined: at once. */
  readonly whenMarked: Promise<void> | undefined
}

/**
 * What is being opened, or nothing once the server is asked to stop. To bring a large database of an older version to the present format takes
 * minutes, in calls of SQLite that only the end of the process ends; it loses nothing.
 */
async function unlessStopped(opening: Promise<Engine>, stopped: Promise<void>): Promise<Engine | undefined> {
  const opened = await Promise.race([uninterruptibly(opening), stopped])
  if (!opened) opening.catch(() => undefined)
  return opened ?? undefined
}

/** One run of the engine, from opening to closing; resolves to what comes next, or to nothing when it is the end. */
export async function serveOnce(
  context: CommandContext,
  flags: ServeFlags,
  stopped: Promise<void>,
  { before, whyNoWindow, whenMarked }: Occasion,
): Promise<Interlude | undefined> {
  const opening = openEngine({
    dataDir: context.dataDir,
    // What was given at the start may have been moved since.
    vault: before === undefined ? context.vault : undefined,
    // What is changed through a server is changed in the console.
    actor: 'console',
    threads: context.threads,
    mode: 'server',
    limits: flags.rateLimit === undefined ? {} : { requestsPerSecond: flags.rateLimit },
    commitDelayMs: Number(process.env['ROLLCALL_BENCH_COMMIT_DELAY_MS'] ?? 0),
    onTrouble: (message) => context.warn(message),
  })
  const engine = await (before === undefined ? unlessStopped(opening, stopped) : opening)
  if (!engine) return undefined
  try {
    await before?.after(engine)
    await engine.vault()
    const asked = Promise.withResolvers<Pick<Interlude, 'work' | 'after'>>()
    const host: EngineHost = { restart: (work, after) => asked.resolve({ work, after }) }
    const served = await startServed(context, flags, engine, { host, whenMarked })
    if (before === undefined) await tellListening(context, engine, { served, whyNoWindow })
    const next = await Promise.race([stopped.then(() => undefined), asked.promise])
    const bound = {
      // A port that was picked stays, but one that is set may have been changed.
      ...(flags.port === 0 ? { port: Number(new URL(served.scim).port) } : {}),
      ...(served.console === undefined ? {} : { consolePort: portOf(served.console.url, flags.consolePort) }),
    }
    await served.close()
    return next && { ...next, flags: { ...flags, ...bound } }
  } finally {
    await engine.close()
  }
}

function portOf(url: string, port: number): number {
  return port === 0 ? Number(new URL(url).port) : port
}
