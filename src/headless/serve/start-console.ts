import type { Engine } from '../../main/engine.ts'
import type { EngineHost } from '../../main/engine-host.ts'
import type { CommandContext } from '../command-context.ts'
import type { ConsoleAccess } from '../../main/console-access.ts'
import { consoleLink } from './console-link.ts'
import { isLoopback, type ConsoleAddress } from '../console-server/console-address.ts'
import { startConsoleServer } from '../console-server/console-server.ts'
import { metricsRoute } from '../console-server/metrics-route.ts'

interface ConsoleParts {
  readonly address: ConsoleAddress
  readonly access: ConsoleAccess
  readonly host: EngineHost
}

/** Starts the console's web server. Rejects with what the system says about the address. */
export async function startConsole(
  context: CommandContext,
  engine: Engine,
  { address, access, host }: ConsoleParts,
): Promise<{
  readonly url: string
  /** Makes an address that opens the console once; `own` opens it for the user of this process alone, where that can be told. */
  link(own?: 'own'): Promise<string>
  close(): Promise<void>
}> {
  function onTrouble(message: string): void {
    engine.troubles.note(message)
    context.warn(message)
  }

  const tls = () => engine.endpoint.inForce()?.tls
  const server = await startConsoleServer({
    address,
    tls: tls(),
    rendererDir: context.rendererDir,
    api: {
      engine,
      ...access,
      host,
      startedAt: context.now(),
      onBug: (id, error) =>
        onTrouble(`console ${id}: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`),
    },
    routes: [metricsRoute(() => engine.metrics())],
    onTrouble,
  })
  // The console beyond this machine shows the certificate of the endpoint, and the new one when that is renewed.
  const stopFollowing = engine.endpoint.onChange(() => server.renewTls(tls()))
  // Who comes by another address comes through something that has a user of its own.
  const isDirect = address.url === undefined && isLoopback(address.host)
  return {
    url: server.url,
    link: async (own) => consoleLink(server.url, await access.sessions.issueKey(isDirect ? own : undefined)),
    async close() {
      stopFollowing()
      await server.close()
    },
  }
}
