import type { ApiParts } from '../api/api-context.ts'
import { createConsoleAccess } from '../console-access.ts'
import { openEngine, type Engine } from '../engine.ts'
import type { EngineHost } from '../engine-host.ts'
import type { LaunchOptions } from '../launch-options.ts'
import type { DesktopNotifier } from '../notify/desktop-notifier.ts'
import type { ThreadUrls } from '../thread-urls.ts'

/** What an engine of the desktop app is given. */
export interface HostParts {
  readonly threads: ThreadUrls
  readonly desktop: DesktopNotifier
  /** Asks where a file of this name is to be saved; resolves to nothing when it is not to be. */
  readonly askWhereToSave: (name: string) => Promise<string | undefined>
  /** One line for the log. */
  readonly onTrouble: (message: string) => void
}

/** The engine as the desktop app runs it. */
export interface HostedEngine {
  readonly engine: Engine
  readonly api: ApiParts
  /** Where SCIM is served, ending in `/scim`. */
  readonly url: string
  /** Answers the requests under way, writes what is left, and closes. */
  close(): Promise<void>
}

/** Opens the engine and its endpoint. Rejects with `StoreError`, `VaultError`, or what the system says about the address. */
export async function openHostedEngine(
  { threads, desktop, askWhereToSave, onTrouble }: HostParts,
  { dataDir, vault, host, port, publicUrl }: LaunchOptions,
  engineHost: EngineHost,
): Promise<HostedEngine> {
  const engine = await openEngine({ dataDir, vault, actor: 'console', threads, mode: 'server', askWhereToSave })
  try {
    const endpoint = await engine.serve({
      // What is not given at the start is left to the settings.
      host,
      port,
      publicUrl,
      desktop,
      onTrouble,
    })
    return {
      engine,
      api: {
        engine,
        ...createConsoleAccess(engine),
        host: engineHost,
        startedAt: engine.clock(),
        onBug: (id, error) =>
          onTrouble(`console ${id}: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`),
      },
      url: endpoint.url,
      async close() {
        try {
          await endpoint.close()
        } finally {
          await engine.close()
        }
      },
    }
  } catch (error) {
    await engine.close()
    throw error
  }
}
