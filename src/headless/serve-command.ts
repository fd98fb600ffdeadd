import { readFileSync } from 'node:fs'
import type { Command } from 'commander'
import { openEngine } from '../main/engine.ts'
import type { CommandContext } from './command-context.ts'
import { parsePort, parsePublicUrl } from './option-values.ts'
import { UsageError } from './usage-error.ts'

interface ServeFlags {
  readonly host: string
  readonly port: number
  readonly consolePort: number
  readonly publicUrl?: string
  readonly tlsCert?: string
  readonly tlsKey?: string
  readonly rateLimit?: number
}

function readTls(flags: ServeFlags) {
  if (flags.tlsCert === undefined && flags.tlsKey === undefined) return undefined
  if (flags.tlsCert === undefined || flags.tlsKey === undefined)
    throw new UsageError('TLS needs both --tls-cert FILE and --tls-key FILE.')
  return { cert: readFileSync(flags.tlsCert, 'utf8'), key: readFileSync(flags.tlsKey, 'utf8') }
}

function untilAskedToStop(): Promise<void> {
  return new Promise((resolve) => {
    process.once('SIGTERM', () => resolve())
    process.once('SIGINT', () => resolve())
  })
}

async function serve(context: CommandContext, flags: ServeFlags): Promise<void> {
  const stopped = untilAskedToStop()
  const commitDelayMs = Number(process.env['ROLLCALL_BENCH_COMMIT_DELAY_MS'] ?? 0)
  const engine = await openEngine({
    dataDir: context.dataDir,
    vault: context.vault,
    actor: 'command line',
    threads: context.threads,
    mode: 'server',
    limits: flags.rateLimit === undefined ? {} : { requestsPerSecond: flags.rateLimit },
    commitDelayMs,
  })
  try {
    const vault = await engine.vault()
    const running = await engine.serve({
      host: flags.host,
      port: flags.port,
      publicUrl: flags.publicUrl,
      tls: readTls(flags),
      journal: {},
      withoutJournal: process.env['ROLLCALL_BENCH_JOURNAL'] === 'off',
      onTrouble: (message) => context.warn(message),
    })
    if (context.json) context.print({ event: 'listening', scim: running.url, console: null })
    else {
      context.say(`SCIM endpoint  ${running.url}`)
      context.say(`Data directory ${context.dataDir}`)
      context.say(`Secrets        ${vault.kind}: ${vault.why}`)
      context.say('Create an integration with: npm run -s rollcall -- integrations create --name "Entra ID" --idp entra')
    }
    await stopped
    await running.close()
  } finally {
    await engine.close()
  }
}

export function addServeCommand(program: Command, contextOf: (command: Command) => CommandContext): void {
  program
    .command('serve')
    .description('Run the SCIM endpoint until SIGTERM or Ctrl+C')
    .option('--host <host>', 'address to listen on', '127.0.0.1')
    .option('--port <number>', 'port of the SCIM endpoint; 0 picks a free one', parsePort, 7643)
    .option('--console-port <number>', 'port of the console; 0 picks a free one', parsePort, 7644)
    .option('--public-url <url>', 'the URL by which IdPs reach this endpoint, e.g. that of a tunnel', parsePublicUrl)
    .option('--tls-cert <file>', 'certificate chain, PEM')
    .option('--tls-key <file>', 'private key, PEM')
    .option('--rate-limit <n>', 'requests a second for each integration before 429 (default: unlimited)', Number)
    .action((flags: ServeFlags, command: Command) => serve(contextOf(command), flags))
}
