import type { Engine } from '../main/engine.ts'
import type { CommandContext } from './command-context.ts'
import type { ConsoleAccess } from './console-access.ts'
import { consoleLink, consoleUrlSetting } from './console-link.ts'
import type { ConsoleAddress } from './console-server/console-address.ts'
import { startConsoleServer } from './console-server/console-server.ts'
import { metricsRoute } from './console-server/metrics-route.ts'
import type { TlsFiles } from './tls-files.ts'

interface ConsoleParts {
  readonly address: ConsoleAddress
  readonly tls: TlsFiles | undefined
  readonly access: ConsoleAccess
}

/** Starts the console's web server. Rejects with what the system says about the address. */
export async function startConsole(
  context: CommandContext,
  engine: Engine,
  { address, tls, access }: ConsoleParts,
): Promise<{
  /** Opens the console once. */
  readonly link: string
  close(): Promise<void>
}> {
  const server = await startConsoleServer({
    address,
    tls,
    rendererDir: context.rendererDir,
    api: {
      engine,
      ...access,
      startedAt: context.now(),
      onBug: (id, error) =>
        context.warn(`console ${id}: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`),
    },
    routes: [metricsRoute(() => engine.metrics())],
    onTrouble: (message) => context.warn(message),
  })
  await engine.administer('set-setting', { name: consoleUrlSetting, value: server.url })
  return { link: consoleLink(server.url, await access.sessions.issueKey()), close: () => server.close() }
}
