import type { Command } from 'commander'
import { shareDataDir } from '../main/share-data-dir.ts'
import { openEngine, type Engine } from '../main/engine.ts'
import { hasDisplay, openBrowser } from './browser.ts'
import type { CommandContext, ContextOf } from './command-context.ts'
import { createConsoleAccess } from './console-access.ts'
import { requireSafeAddress } from './console-server/console-address.ts'
import { listenProblem } from './listen-problem.ts'
import { parseCount, parsePort, parsePublicUrl } from './option-values.ts'
import { certificateProblem, readTlsFiles, type TlsFiles, type TlsFlags } from './tls-files.ts'
import { whyHeadless } from './why-headless.ts'

interface ServeFlags extends TlsFlags {
  readonly host: string
  readonly port: number
  readonly console: boolean
  readonly consoleHost: string
  readonly consolePort: number
  readonly consoleUrl?: string
  readonly open?: boolean
  readonly publicUrl?: string
  readonly rateLimit?: number
}

/** One Ctrl+C arrives more than once, from the terminal and from every npm in between; what comes within this time, in ms, is the same one. */
const sameRequestMs = 1000

/** Resolves at the first SIGTERM or Ctrl+C. A later one ends the process at once: whoever asks again does not want to wait. */
function untilAskedToStop(now: () => number): Promise<void> {
  return new Promise((resolve) => {
    let since: number | undefined
    const asked = () => {
      since ??= now()
      if (now() - since > sameRequestMs) process.exit(1)
      resolve()
    }
    process.on('SIGTERM', asked)
    process.on('SIGINT', asked)
  })
}

/** Starts what the flags ask for; what has started is closed by `Served.close`. */
interface Served {
  readonly scim: string
  /** The address that opens the console once; undefined without a console. */
  readonly console: string | undefined
  close(): Promise<void>
}

async function start(
  context: CommandContext,
  flags: ServeFlags,
  engine: Engine,
  tls: TlsFiles | undefined,
): Promise<Served> {
  const address = { host: flags.consoleHost, port: flags.consolePort, url: flags.consoleUrl }
  const access = createConsoleAccess(engine)
  if (flags.console)
    requireSafeAddress(address, { tls: tls !== undefined, password: access.password.setAt() !== undefined })
  const endpoint = await engine
    .serve({
      host: flags.host,
      port: flags.port,
      publicUrl: flags.publicUrl,
      tls,
      withoutJournal: process.env['ROLLCALL_BENCH_JOURNAL'] === 'off',
      withoutTracking: process.env['ROLLCALL_BENCH_TRACKING'] === 'off',
      onTrouble: (message) => context.warn(message),
    })
    .catch((error: unknown) => {
      throw listenProblem(error, flags.host, flags.port)
    })
  if (!flags.console) return { scim: endpoint.url, console: undefined, close: () => endpoint.close() }
  try {
    // Loaded here, so that no other command waits for a web server that it does not start.
    const { startConsole } = await import('./start-console.ts')
    const server = await startConsole(context, engine, { address, tls, access })
    return {
      scim: endpoint.url,
      console: server.link,
      async close() {
        await server.close()
        await endpoint.close()
      },
    }
  } catch (error) {
    await endpoint.close()
    throw listenProblem(error, address.host, address.port, '--console-port')
  }
}

async function run(
  context: CommandContext,
  flags: ServeFlags,
  engine: Engine,
  tls: TlsFiles | undefined,
  stopped: Promise<void>,
): Promise<void> {
  const vault = await engine.vault()
  const served = await start(context, flags, engine, tls)
  if (context.json) context.print({ event: 'listening', scim: served.scim, console: served.console ?? null })
  else {
    context.say(`SCIM endpoint  ${served.scim}`)
    if (served.console !== undefined)
      context.say(`Console        ${served.console} (opens once; another: rollcall console url)`)
    context.say(`Data directory ${context.dataDir}`)
    context.say(`Secrets        ${vault.kind}: ${vault.why}`)
    if (engine.reads.integrations.all().length === 0 && served.console === undefined)
      context.say('Create an integration: rollcall integrations create --name "Entra ID" --idp entra')
    context.say('Ctrl+C stops it.')
  }
  if (flags.open === true && served.console !== undefined) {
    const { env, platform } = process
    const why = whyHeadless({ env, platform, root: process.cwd() })
    if (context.json) context.warn(why)
    else context.say(why)
    if (hasDisplay(env, platform)) openBrowser(served.console, platform)
  }
  await stopped
  await served.close()
}

async function serve(context: CommandContext, flags: ServeFlags): Promise<void> {
  const stopped = untilAskedToStop(context.now)
  const tls = readTlsFiles(flags)
  const expiry = tls && certificateProblem(tls, context.now())
  if (expiry !== undefined) context.warn(expiry)
  const lock = shareDataDir(context.dataDir, context.now, (other) => context.warn(other))
  try {
    const engine = await openEngine({
      dataDir: context.dataDir,
      vault: context.vault,
      // What is changed through a server is changed in the console.
      actor: 'console',
      threads: context.threads,
      mode: 'server',
      limits: flags.rateLimit === undefined ? {} : { requestsPerSecond: flags.rateLimit },
      commitDelayMs: Number(process.env['ROLLCALL_BENCH_COMMIT_DELAY_MS'] ?? 0),
    })
    try {
      await run(context, flags, engine, tls, stopped)
    } finally {
      await engine.close()
    }
  } finally {
    lock.release()
  }
}

export function addServeCommand(program: Command, contextOf: ContextOf): void {
  program
    .command('serve')
    .description('Run the SCIM endpoint and the console until SIGTERM or Ctrl+C')
    .option('--host <host>', 'address to listen on', '127.0.0.1')
    .option('--port <number>', 'port of the SCIM endpoint; 0 picks a free one', parsePort, 7643)
    .option('--console-host <host>', 'address that the console listens on', '127.0.0.1')
    .option('--console-port <number>', 'port of the console; 0 picks a free one', parsePort, 7644)
    .option(
      '--console-url <url>',
      'the URL by which browsers open the console (default: where it listens)',
      parsePublicUrl,
    )
    .option('--no-console', 'serve SCIM alone')
    .option('--open', 'open the console in the browser, where there is a display')
    .option('--public-url <url>', 'the URL by which IdPs reach this endpoint, e.g. that of a tunnel', parsePublicUrl)
    .option('--tls-cert <file>', 'certificate chain, PEM')
    .option('--tls-key <file>', 'private key, PEM')
    .option('--rate-limit <n>', 'requests a second for each integration before 429 (default: unlimited)', parseCount)
    .addHelpText(
      'after',
      `
--json prints {"event":"listening","scim":URL,"console":URL} once ready. The console's URL opens it once; "rollcall console url"
prints another one. Beyond this machine the console needs --tls-cert, --tls-key and a password ("rollcall console password").

Example:
  rollcall serve --port 7643 --public-url https://scim.example.com`,
    )
    .action((flags: ServeFlags, command: Command) => serve(contextOf(command), flags))
}
