import { randomUUID } from 'node:crypto'
import { version } from '../../package.json'
import { createAdminister, type Administer } from './administration/administer.ts'
import { createTokenService, type TokenService } from './administration/token-service.ts'
import { createConsoleReads, type ConsoleReads } from './api/reads/console-reads.ts'
import { defaultLimits, type EndpointLimits } from './endpoint/endpoint-limits.ts'
import { createEndpointControl, type EndpointControl } from './endpoint-control.ts'
import { createImportDesk, type ImportDesk } from './import/import-desk.ts'
import { scimBaseOf, withoutSlash } from './scim-url.ts'
import { serveEndpoint, type RunningEndpoint, type ServeOptions } from './serve-endpoint.ts'
import { openReaderConnection } from './store/database-files.ts'
import { prepareStoreReads, type StoreReads } from './store/store-reads.ts'
import type { ThreadUrls } from './thread-urls.ts'
import { openVault, type OpenedVault } from './vault/open-vault.ts'
import type { VaultKind } from './vault/vault.ts'
import { startCheckpoints } from './writer/checkpoints.ts'
import { openInlineWriter } from './writer/inline-writer.ts'
import { startThreadedWriter, type CommandQueue } from './writer/threaded-writer.ts'

export interface EngineOptions {
  readonly dataDir: string
  /** What `--vault` says. */
  readonly vault: VaultKind | undefined
  /** The audit's word for who acts: `command line` or `console`. */
  readonly actor: string
  readonly threads: ThreadUrls
  /** `server` writes in a thread of its own, `command` in the caller's. */
  readonly mode: 'server' | 'command'
  readonly clock?: () => number
  readonly limits?: Partial<EndpointLimits>
  /** Bench switch: makes every commit slower, in ms. */
  readonly commitDelayMs?: number
}

/** The composition root: the parts of the engine, wired. */
export interface Engine {
  readonly dataDir: string
  readonly reads: StoreReads
  readonly administer: Administer
  readonly tokens: TokenService
  /** Opens the vault on first use and remembers its kind. Rejects with `VaultError`. */
  vault(): Promise<OpenedVault>
  /** The SCIM URL of an integration, as its IdP is to be given it. */
  scimUrl(slug: string): string
  readonly clock: () => number
  /** Stops the SCIM endpoint, starts it again, and tells its state. */
  readonly endpoint: EndpointControl
  /** What the console asks of the databases; its thread is started by the first question. */
  readonly consoleReads: ConsoleReads
  /** Imports of users with a preview. */
  readonly imports: ImportDesk
  /** Starts the SCIM endpoint. Rejects with `VaultError`, or with what the system says about the address. */
  serve(options: ServeOptions): Promise<RunningEndpoint>
  close(): Promise<void>
}

/**
 * Opens the engine on a data directory, preparing it on its first use. Rejects with `StoreError` for a database that cannot be used.
 */
export async function openEngine(options: EngineOptions): Promise<Engine> {
  const { dataDir, threads } = options
  const clock = options.clock ?? Date.now
  const limits: EndpointLimits = { ...defaultLimits, ...options.limits }
  const writer: CommandQueue =
    options.mode === 'server'
      ? await startThreadedWriter(threads.writer, {
          dataDir,
          bulkMaxOperations: limits.bulkMaxOperations,
          commitDelayMs: options.commitDelayMs ?? 0,
        })
      : openInlineWriter(dataDir, limits.bulkMaxOperations)
  const checkpoints = options.mode === 'server' ? startCheckpoints(threads.checkpoints, dataDir) : undefined
  const connection = openReaderConnection(dataDir)
  const reads = prepareStoreReads(connection)
  const administer = createAdminister(writer, options.actor, clock)
  if (reads.directories.all().length === 0) await administer('initialise', { vaultId: randomUUID() })
  let opened: Promise<OpenedVault> | undefined

  async function openOnce(): Promise<OpenedVault> {
    const kind = reads.settings.get('vault_kind')
    const result = await openVault({
      dataDir,
      vaultId: reads.settings.get('vault_id') ?? '',
      chosen: options.vault,
      remembered: kind === 'keychain' || kind === 'file' ? kind : undefined,
    })
    if (kind === undefined) await administer('set-setting', { name: 'vault_kind', value: result.kind })
    return result
  }

  function vault(): Promise<OpenedVault> {
    opened ??= openOnce()
    return opened
  }

  const tokens = createTokenService({ administer, reads, vault: async () => (await vault()).vault })

  const consoleReads = createConsoleReads(threads.consoleReads, { dataDir, version })
  const imports = createImportDesk({ dataDir, clock, administer, reads: consoleReads })
  const endpoint = createEndpointControl({
    clock,
    async serve(served) {
      const { vault: secrets } = await vault()
      return serveEndpoint({ dataDir, threads, limits, clock, reads, writer, administer, vault: secrets }, served)
    },
  })

  return {
    dataDir,
    reads,
    administer,
    tokens,
    vault,
    clock,
    endpoint,
    consoleReads,
    imports,
    scimUrl(slug) {
      const known = reads.settings.get('public_url') || reads.settings.get('served_url')
      return scimBaseOf(withoutSlash(known || 'http://127.0.0.1:7643'), slug)
    },
    serve: (served) => endpoint.open(served),
    async close() {
      await imports.close()
      await consoleReads.close()
      connection.close()
      await checkpoints?.close()
      await writer.close()
    },
  }
}
