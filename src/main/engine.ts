import { randomUUID } from 'node:crypto'
import { version } from '../../package.json'
import { createAdminister, type Administer } from './administration/administer.ts'
import { createTokenService, type TokenService } from './administration/token-service.ts'
import { createConsoleReads, type ConsoleReads } from './api/reads/console-reads.ts'
import { defaultLimits, type EndpointLimits } from './endpoint/endpoint-limits.ts'
import { createBackupService, type BackupService } from './backup/backup-service.ts'
import { createEndpointControl, type EndpointControl } from './endpoint-control.ts'
import { createImportDesk, type ImportDesk } from './import/import-desk.ts'
import { endpointChoice, halfTls } from './endpoint-settings.ts'
import { startHousekeeping } from './housekeeping.ts'
import { scimBaseOf, withoutSlash } from './scim-url.ts'
import { serveEndpoint, type RunningEndpoint, type ServeOptions } from './serve-endpoint.ts'
import { openReaderConnection } from './store/database-files.ts'
import { prepareSnapshot, type Snapshot } from './store/snapshot.ts'
import { prepareStoreReads, type StoreReads } from './store/store-reads.ts'
import type { ThreadUrls } from './thread-urls.ts'
import { createReachGate } from './reach/reach-gate.ts'
import type { ReachReport } from './reach/reach-report.ts'
import { testReach } from './reach/test-reach.ts'
import { createTroubleLog, type TroubleLog } from './trouble-log.ts'
import type { Keytar } from './vault/keytar.ts'
import type { OpenedVault } from './vault/open-vault.ts'
import type { VaultKind } from './vault/vault.ts'
import { createVaultService, type VaultService } from './vault-service.ts'
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
  /** Another keychain than the system's. */
  readonly loadKeytar?: () => Promise<Keytar>
  /** A CA that the test of the public URL trusts too, PEM. */
  readonly reachCa?: string
}

/** The composition root: the parts of the engine, wired. */
export interface Engine {
  readonly dataDir: string
  readonly reads: StoreReads
  readonly administer: Administer
  readonly tokens: TokenService
  /** Opens the vault on first use and remembers its kind. Rejects with `VaultError`. */
  vault(): Promise<OpenedVault>
  /** What the admin does with the vault. */
  readonly vaultService: VaultService
  /** The SCIM URL of an integration, as its IdP is to be given it. */
  scimUrl(slug: string): string
  readonly clock: () => number
  /** Stops the SCIM endpoint, starts it again, and tells its state. */
  readonly endpoint: EndpointControl
  /** What the console asks of the databases; its thread is started by the first question. */
  readonly consoleReads: ConsoleReads
  /** Imports of users with a preview. */
  readonly imports: ImportDesk
  /** Backups by hand and by the schedule, which runs from `serve` on. */
  readonly backups: BackupService
  /** What the operator was told. */
  readonly troubles: TroubleLog
  /** Goes to the public URL and looks whether it leads here. */
  testReach(): Promise<ReachReport>
  /** The last test; undefined before the first since the start. */
  lastReach(): ReachReport | undefined
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
  let snapshot: Snapshot | undefined
  const writer: CommandQueue =
    options.mode === 'server'
      ? await startThreadedWriter(
          threads.writer,
          {
            dataDir,
            bulkMaxOperations: limits.bulkMaxOperations,
            commitDelayMs: options.commitDelayMs ?? 0,
          },
          // Whoever is told that something has been written may read it at once.
          () => snapshot?.end(),
        )
      : openInlineWriter(dataDir, limits.bulkMaxOperations)
  const checkpoints = options.mode === 'server' ? startCheckpoints(threads.checkpoints, dataDir) : undefined
  const connection = openReaderConnection(dataDir)
  const reads = prepareStoreReads(connection)
  const turns = prepareSnapshot(connection)
  snapshot = turns
  const administer = createAdminister(writer, options.actor, clock)
  if (reads.directories.all().length === 0) await administer('initialise', { vaultId: randomUUID() })
  const vaultService = createVaultService({
    dataDir,
    reads,
    administer,
    chosen: options.vault,
    ...(options.loadKeytar ? { loadKeytar: options.loadKeytar } : {}),
  })
  const vault = vaultService.current
  const troubles = createTroubleLog(dataDir, clock)

  const tokens = createTokenService({ administer, reads, vault: async () => (await vault()).vault })

  const consoleReads = createConsoleReads(threads.consoleReads, { dataDir, version })
  const imports = createImportDesk({ dataDir, clock, administer, reads: consoleReads })
  const reach = createReachGate(clock)
  const endpoint = createEndpointControl({
    clock,
    choose: (given) =>
      endpointChoice(reads, { ...given, requestsPerSecond: options.limits?.requestsPerSecond || undefined }),
    async serve(served) {
      const { vault: secrets } = await vault()
      return serveEndpoint(
        { dataDir, threads, limits, clock, reads, snapshot: turns, writer, administer, vault: secrets, reach },
        served,
      )
    },
  })
  const backups = createBackupService({ dataDir, reads, administer, clock, read: consoleReads.ask })
  let lastReach: ReachReport | undefined
  let stopHousekeeping: (() => void) | undefined

  return {
    dataDir,
    reads,
    administer,
    tokens,
    vault,
    vaultService,
    clock,
    endpoint,
    consoleReads,
    imports,
    backups,
    troubles,
    lastReach: () => lastReach,
    async testReach() {
      lastReach = await testReach({
        gate: reach,
        publicUrl: () => endpoint.choice().publicUrl.value,
        isListening: () => endpoint.state()?.state === 'listening',
        clock,
        ...(options.reachCa === undefined ? {} : { ca: options.reachCa }),
      })
      return lastReach
    },
    scimUrl(slug) {
      const known = reads.settings.get('public_url') || reads.settings.get('served_url')
      return scimBaseOf(withoutSlash(known || 'http://127.0.0.1:7643'), slug)
    },
    async serve(served) {
      const half = halfTls(reads)
      if (half && served.tls === undefined) served.onTrouble(half.message)
      const running = await endpoint.open(served)
      stopHousekeeping ??= startHousekeeping({ endpoint, backups, vaultService, clock, onTrouble: served.onTrouble })
      return running
    },
    async close() {
      await imports.close()
      stopHousekeeping?.()
      await backups.idle()
      await consoleReads.close()
      connection.close()
      await checkpoints?.close()
      await writer.close()
    },
  }
}
