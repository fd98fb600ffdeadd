import { createConsoleAccess } from '../console-access.ts'
import type { ApiParts } from '../api/api-context.ts'
import { takeDataDirLock } from '../data-dir-lock.ts'
import { openEngine, type Engine } from '../engine.ts'
import type { DesktopNotifier } from '../notify/desktop-notifier.ts'
import type { ThreadUrls } from '../thread-urls.ts'
import { usualAddress, type LaunchOptions } from '../launch-options.ts'

interface HostParts {
  readonly launch: LaunchOptions
  readonly threads: ThreadUrls
  readonly desktop: DesktopNotifier
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

/**
 * Opens the engine and its endpoint. The desktop app shares its data directory with no other server: two windows would not agree on what they
 * show. Rejects with `DataDirInUse`, `StoreError`, `VaultError`, or what the system says about the address.
 */
export async function openHostedEngine({ launch, threads, desktop, onTrouble }: HostParts): Promise<HostedEngine> {
  const { dataDir, vault, host, port, publicUrl } = launch
  const lock = takeDataDirLock(dataDir, Date.now)
  try {
    const engine = await openEngine({ dataDir, vault, actor: 'console', threads, mode: 'server' })
    try {
      const endpoint = await engine.serve({
        host: host ?? usualAddress.host,
        port: port ?? usualAddress.port,
        publicUrl,
        tls: undefined,
        desktop,
        onTrouble,
      })
      return {
        engine,
        api: {
          engine,
          ...createConsoleAccess(engine),
          startedAt: engine.clock(),
          onBug: (id, error) =>
            onTrouble(`console ${id}: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`),
        },
        url: endpoint.url,
        async close() {
          try {
            await endpoint.close()
          } finally {
            await engine.close().finally(() => lock.release())
          }
        },
      }
    } catch (error) {
      await engine.close()
      throw error
    }
  } catch (error) {
    lock.release()
    throw error
  }
}
