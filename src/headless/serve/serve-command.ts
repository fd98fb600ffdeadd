import { join, parse } from 'node:path'
import type { Command } from 'commander'
import { shareDataDir } from '../../main/data-dir/share-data-dir.ts'
import { openEngine, type Engine } from '../../main/engine.ts'
import type { EngineHost } from '../../main/engine-host.ts'
import { databaseFileName } from '../../main/store/file/database-file-names.ts'
import { isThere } from '../../main/store/file/is-there.ts'
import { readTls } from '../../main/tls/tls-files.ts'
import { hasDisplay, openBrowser } from './browser.ts'
import type { CommandContext, ContextOf } from '../command-context.ts'
import { createConsoleAccess } from '../../main/console-access.ts'
import { uninterruptibly } from '../../main/end-process.ts'
import { requireSafeAddress, type ConsoleAddress } from '../console-server/console-address.ts'
import { onAskedToEnd } from '../end-signals.ts'
import { ReportedFailure } from '../failure.ts'
import { setupFaults } from '../faults.ts'
import { goesIntoTheJournal } from './into-the-journal.ts'
import { listenProblem } from './listen-problem.ts'
import { noteConsoleUrl } from './note-console-url.ts'
import { onNpmGone } from './npm-gone.ts'
import { openWindow } from './open-window.ts'
import { notEmpty, parseHost, parseConsoleUrl, parseCount, parsePort, publicUrl } from '../option-values.ts'
import type { startConsole } from './start-console.ts'
import { tlsPathsOf, withWholePaths, type TlsFlags } from './tls-flags.ts'
import { warnRoot } from '../with-engine.ts'

type StartConsole = typeof startConsole

interface ServeFlags extends TlsFlags {
  readonly host?: string
  readonly port?: number
  readonly console: boolean
  readonly consoleHost: string
  readonly consolePort: number
  readonly consoleUrl?: string
  readonly open?: boolean
  readonly publicUrl?: string
  readonly rateLimit?: number
}

/** Starts what the flags ask for; what has started is closed by `Served.close`. */
interface Served {
  readonly scim: string
  /** The origin of the console, and the address that opens it once; undefined without a console. */
  readonly console: { readonly url: string; link(own?: 'own'): Promise<string> } | undefined
  close(): Promise<void>
}

function consoleAddressOf({ consoleHost: host, consolePort: port, consoleUrl: url }: ServeFlags): ConsoleAddress {
  return { host, port, url }
}

/** Where the endpoint was to listen: what is not given is set, or the default. */
function scimAddress(engine: Engine, flags: ServeFlags): Parameters<typeof listenProblem>[1] {
  const { host, port } = engine.endpoint.choice()
  const isSet = (name: 'host' | 'port') => flags[name] === undefined && { host, port }[name].origin === 'setting'
  const by = (name: 'host' | 'port') => (isSet(name) ? `"rollcall settings set endpoint-${name}"` : `--${name}`)
  return { host: flags.host ?? host.value, port: flags.port ?? port.value, byHost: by('host'), byPort: by('port') }
}

async function openConsole(...[context, engine, parts]: Parameters<StartConsole>): ReturnType<StartConsole> {
  // Loaded here, so that no other command waits for a web server that it does not start.
  const { startConsole } = await import('./start-console.ts')
  return startConsole(context, engine, parts).catch((error: unknown) => {
    throw listenProblem(error, { ...parts.address, byHost: '--console-host', byPort: '--console-port' })
  })
}

async function start(
  context: CommandContext,
  flags: ServeFlags,
  engine: Engine,
  { host, whenMarked }: { readonly host: EngineHost; readonly whenMarked: Promise<void> | undefined },
): Promise<Served> {
  const address = consoleAddressOf(flags)
  const access = createConsoleAccess(engine)
  const paths = tlsPathsOf(flags)
  function onTrouble(message: string): void {
    engine.troubles.note(message)
    context.warn(message)
  }

  const given = {
    host: flags.host,
    port: flags.port,
    publicUrl: flags.publicUrl,
    tls: paths && { files: paths },
    whenMarked,
    withoutJournal: process.env['ROLLCALL_BENCH_JOURNAL'] === 'off',
    withoutTracking: process.env['ROLLCALL_BENCH_TRACKING'] === 'off',
    onTrouble,
  }
  // A server that is refused must not have noted the address at which it would have served.
  if (flags.console)
    requireSafeAddress(address, {
      tls: (given.tls ?? engine.endpoint.choice().tls.value) !== undefined,
      password: access.password.setAt() !== undefined,
    })
  const endpoint = await engine.serve(given).catch((error: unknown) => {
    throw listenProblem(error, scimAddress(engine, flags))
  })
  try {
    const server = flags.console ? await openConsole(context, engine, { address, access, host }) : undefined
    const stopNoting = await noteConsoleUrl(engine, server?.url, { whenMarked, onTrouble })
    return {
      scim: endpoint.url,
      console: server,
      async close() {
        stopNoting()
        await server?.close()
        await endpoint.close()
      },
    }
  } catch (error) {
    await endpoint.close()
    throw error
  }
}

async function tellListening(
  context: CommandContext,
  engine: Engine,
  { served, whyNoWindow }: { readonly served: Served; readonly whyNoWindow: string | undefined },
): Promise<void> {
  // What opens the console is for a terminal, or a program that reads it.
  const { url } = served.console ?? {}
  const isKept = goesIntoTheJournal(process.stdout.fd, process.env)
  const link = isKept ? url : await served.console?.link()
  const hint = isKept ? 'opened by what "rollcall console url" prints' : 'opens once; another: rollcall console url'
  if (context.json) context.print({ event: 'listening', scim: served.scim, console: link ?? null })
  else {
    const vault = await engine.vault()
    context.say(`SCIM endpoint  ${served.scim}`)
    if (link !== undefined) context.say(`Console        ${link} (${hint})`)
    context.say(`Data directory ${context.dataDir}`)
    context.say(`Secrets        ${vault.kind}: ${vault.why}`)
    if (engine.reads.integrations.all().length === 0 && link === undefined)
      context.say('Create an integration: rollcall integrations create --name "Entra ID" --idp entra')
    context.say('Ctrl+C stops it.')
  }
  if (whyNoWindow !== undefined) {
    const { env, platform } = process
    if (context.json) context.warn(whyNoWindow)
    else context.say(whyNoWindow)
    // All users of a machine see what its programs are started with, so that the browser gets a key of its own.
    if (served.console && hasDisplay(env, platform)) openBrowser(await served.console.link('own'), platform)
  }
}

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
async function serveOnce(
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
    const served = await start(context, flags, engine, { host, whenMarked })
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

/** Tells at once what is wrong with a certificate that is named, before anything is opened. */
function checkCertificate(flags: ServeFlags): void {
  const paths = tlsPathsOf(flags)
  if (paths) readTls(paths)
}

/** Refuses, before anything is made, an unsafe console of a data directory that is not there yet: no password and no TLS can be set in it. */
function checkConsoleOfNewData(dataDir: string, flags: ServeFlags): void {
  if (!flags.console || isThere(join(dataDir, databaseFileName))) return
  requireSafeAddress(consoleAddressOf(flags), { tls: tlsPathsOf(flags) !== undefined, password: false })
}

/** `--open`: a window where there can be one, otherwise the browser. */
async function open(context: CommandContext, flags: ServeFlags, command: Command): Promise<void> {
  const window = await openWindow(context, flags, command)
  if (window.kind === 'unable') return serve(context, flags, window.why)
  if (window.status !== 0) throw new ReportedFailure()
}

/** `whyNoWindow` is why the browser is opened; without it none is. */
async function serve(context: CommandContext, given: ServeFlags, whyNoWindow?: string): Promise<void> {
  const stopped = new Promise<void>((resolve) => {
    onAskedToEnd(resolve)
    onNpmGone(process.env, resolve)
  })
  setupFaults(context)
  const flags = withWholePaths(given)
  checkCertificate(flags)
  checkConsoleOfNewData(context.dataDir, flags)
  // No thread starts in a folder that has been deleted, and a server may outlive the one that it was started in.
  process.chdir(parse(context.dataDir).root)
  warnRoot(context)
  const share = shareDataDir(context.dataDir, context.now, (message) => context.warn(message))
  const { whenMarked } = share
  try {
    let next = await serveOnce(context, flags, stopped, { whyNoWindow, whenMarked })
    while (next) {
      next.work()
      next = await serveOnce(context, next.flags, stopped, { before: next, whenMarked })
    }
  } finally {
    share.release()
  }
}

export function addServeCommand(program: Command, contextOf: ContextOf): void {
  program
    .command('serve')
    .description('Run the SCIM endpoint and the console until SIGTERM, Ctrl+C or a closed terminal')
    .option('--host <host>', 'address to listen on (default: what is set, else 127.0.0.1)', parseHost)
    .option(
      '--port <number>',
      'port of the SCIM endpoint; 0 picks a free one (default: what is set, else 7643)',
      parsePort,
    )
    .option('--console-host <host>', 'address that the console listens on', parseHost, '127.0.0.1')
    .option('--console-port <number>', 'port of the console; 0 picks a free one', parsePort, 7644)
    .option(
      '--console-url <url>',
      'the URL by which browsers open the console (default: where it listens)',
      parseConsoleUrl,
    )
    .option('--no-console', 'serve SCIM alone')
    .option('--open', 'open the console: in a window where Electron is installed, else in the browser')
    .option('--public-url <url>', 'the URL by which IdPs reach this endpoint, e.g. that of a tunnel', publicUrl)
    .option('--tls-cert <file>', 'certificate chain, PEM', notEmpty)
    .option('--tls-key <file>', 'private key, PEM', notEmpty)
    .option('--rate-limit <n>', 'requests a second for each integration before 429 (default: unlimited)', parseCount)
    .addHelpText(
      'after',
      `
--json prints {"event":"listening","scim":URL,"console":URL} once ready. The console's URL opens it once; "rollcall console url"
prints another one. Beyond this machine the console needs --tls-cert, --tls-key and a password ("rollcall console password").
What is given here goes before what is set in the console or by "rollcall settings set".

Example:
  rollcall serve --port 7643 --public-url https://scim.example.com`,
    )
    .action((flags: ServeFlags, command: Command) =>
      flags.open === true ? open(contextOf(command), flags, command) : serve(contextOf(command), flags),
    )
}
