import type { Command } from 'commander'
import { shareDataDir } from '../main/share-data-dir.ts'
import { openEngine, type Engine } from '../main/engine.ts'
import type { CommandContext, ContextOf } from './command-context.ts'
import { listenProblem } from './listen-problem.ts'
import { parseCount, parsePort, parsePublicUrl } from './option-values.ts'
import { certificateProblem, readTlsFiles, type TlsFiles, type TlsFlags } from './tls-files.ts'

interface ServeFlags extends TlsFlags {
  readonly host: string
  readonly port: number
  readonly consolePort: number
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

async function run(
  context: CommandContext,
  flags: ServeFlags,
  engine: Engine,
  tls: TlsFiles | undefined,
  stopped: Promise<void>,
): Promise<void> {
  const vault = await engine.vault()
  const running = await engine
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
  if (context.json) context.print({ event: 'listening', scim: running.url, console: null })
  else {
    context.say(`SCIM endpoint  ${running.url}`)
    context.say(`Data directory ${context.dataDir}`)
    context.say(`Secrets        ${vault.kind}: ${vault.why}`)
    if (engine.reads.integrations.all().length === 0)
      context.say('Create an integration: rollcall integrations create --name "Entra ID" --idp entra')
    context.say('Ctrl+C stops it.')
  }
  await stopped
  await running.close()
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
      actor: 'command line',
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
    .description('Run the SCIM endpoint until SIGTERM or Ctrl+C')
    .option('--host <host>', 'address to listen on', '127.0.0.1')
    .option('--port <number>', 'port of the SCIM endpoint; 0 picks a free one', parsePort, 7643)
    .option('--console-port <number>', 'port of the console; 0 picks a free one', parsePort, 7644)
    .option('--public-url <url>', 'the URL by which IdPs reach this endpoint, e.g. that of a tunnel', parsePublicUrl)
    .option('--tls-cert <file>', 'certificate chain, PEM')
    .option('--tls-key <file>', 'private key, PEM')
    .option('--rate-limit <n>', 'requests a second for each integration before 429 (default: unlimited)', parseCount)
    .addHelpText(
      'after',
      `
--json prints {"event":"listening","scim":URL,"console":URL} once ready.

Example:
  rollcall serve --port 7643 --public-url https://scim.example.com`,
    )
    .action((flags: ServeFlags, command: Command) => serve(contextOf(command), flags))
}
