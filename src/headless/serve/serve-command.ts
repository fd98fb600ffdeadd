import { join, parse } from 'node:path'
import type { Command } from 'commander'
import { shareDataDir } from '../../main/data-dir/share-data-dir.ts'
import { databaseFileName } from '../../main/store/file/database-file-names.ts'
import { isThere } from '../../main/store/file/is-there.ts'
import { readTls } from '../../main/tls/tls-files.ts'
import type { CommandContext, ContextOf } from '../command-context.ts'
import { requireSafeAddress } from '../console-server/console-address.ts'
import { onAskedToEnd } from '../end-signals.ts'
import { ReportedFailure } from '../failure.ts'
import { setupFaults } from '../faults.ts'
import { onNpmGone } from './npm-gone.ts'
import { openWindow } from './open-window.ts'
import { notEmpty, parseHost, parseConsoleUrl, parseCount, parsePort, publicUrl } from '../option-values.ts'
import { consoleAddressOf, type ServeFlags } from './serve-flags.ts'
import { serveOnce } from './serve-once.ts'
import { tlsPathsOf, withWholePaths } from './tls-flags.ts'
import { warnRoot } from '../with-engine.ts'

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
