import { createConsoleAccess } from '../../main/console-access.ts'
import type { Engine } from '../../main/engine.ts'
import type { EngineHost } from '../../main/engine-host.ts'
import type { CommandContext } from '../command-context.ts'
import { requireSafeAddress } from '../console-server/console-address.ts'
import { listenProblem } from './listen-problem.ts'
import { noteConsoleUrl } from './note-console-url.ts'
import { consoleAddressOf, type ServeFlags } from './serve-flags.ts'
import type { startConsole } from './start-console.ts'
import { tlsPathsOf } from './tls-flags.ts'

type StartConsole = typeof startConsole

/** What has started. */
export interface Served {
  readonly scim: string
  /** The origin of the console, and the address that opens it once; undefined without a console. */
  readonly console: { readonly url: string; link(own?: 'own'): Promise<string> } | undefined
  close(): Promise<void>
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

/** Starts what the flags ask for. */
export async function startServed(
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
