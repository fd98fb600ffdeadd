import { join } from 'node:path'
import { version } from '../../package.json'
import type { Administer } from './administration/administer.ts'
import { createTokenService, type TokenService } from './administration/integrations/token-service.ts'
import { createConsoleReads, type ConsoleReads } from './api/reads/console-reads.ts'
import { conversionKinds } from './conversion/run/conversion-kinds.ts'
import { createConversions, type Conversions } from './conversion/conversions.ts'
import { createPreviewWork, type PreviewWork } from './conversion/plan/preview-work.ts'
import { startPlanThread } from './conversion/plan/start-plan-thread.ts'
import { createDownloads, type Downloads } from './downloads.ts'
import { defaultLimits, type EndpointLimits } from './endpoint/endpoint-limits.ts'
import { createBackupService, type BackupService } from './backup/backup-service.ts'
import { createEndpointControl, type EndpointControl } from './endpoint-control.ts'
import { createEndpointTests, type EndpointTests } from './diagnosis/endpoint-tests.ts'
import { createImportDesk, type ImportDesk } from './import/import-desk.ts'
import { endpointChoice, halfTls } from './endpoint-settings.ts'
import { startHousekeeping } from './housekeeping.ts'
import { createIndexKeeper, type IndexKeeper } from './indexing/index-keeper.ts'
import { createLookupWatch } from './indexing/lookup-watch.ts'
import { createJobs, type Jobs } from './jobs/jobs.ts'
import { watchEventLoop } from './jobs/watch-event-loop.ts'
import { currentMetrics } from './metrics/metrics.ts'
import { createRequestMeter } from './metrics/request-meter.ts'
import { createNotifyAdmin, type NotifyAdmin } from './notify/admin/notify-admin.ts'
import { scimBaseOf, withoutSlash } from './scim-url.ts'
import type { RunningEndpoint, ServeOptions } from './serve-endpoint.ts'
import { openStore } from './open-store.ts'
import { createProvisioning, type Provisioning } from './provisioning/provisioning.ts'
import { openProvisioningReader } from './provisioning/provisioning-reader.ts'
import { journalFileName } from './store/file/database-file-names.ts'
import type { StoreReads } from './store/store-reads.ts'
import { createTextUploads, type TextUploads } from './text-uploads.ts'
import type { ThreadUrls } from './thread-urls.ts'
import { createReachGate } from './reach/reach-gate.ts'
import type { ReachReport } from './reach/reach-report.ts'
import { createTroubleLog, type TroubleLog } from './trouble-log.ts'
import type { Keytar } from './vault/keytar.ts'
import type { OpenedVault } from './vault/open-vault.ts'
import type { VaultKind } from './vault/vault.ts'
import { createVaultService, type VaultService } from './vault-service.ts'

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
  /** Asks the person at a desktop where a file of this name is to be saved; undefined is nowhere. A host without a desktop has none. */
  readonly askWhereToSave?: (name: string) => Promise<string | undefined>
  readonly limits?: Partial<EndpointLimits>
  /** Bench switch: makes every commit slower, in ms. */
  readonly commitDelayMs?: number
  /** Another keychain than the system's. */
  readonly loadKeytar?: () => Promise<Keytar>
  /** A CA that the test of the public URL trusts too, PEM. */
  readonly reachCa?: string
  /** One line for the operator. */
  readonly onTrouble?: (message: string) => void
}

/** The composition root: the parts of the engine, wired. */
export interface Engine {
  readonly dataDir: string
  readonly reads: StoreReads
  readonly administer: Administer
  readonly tokens: TokenService
  readonly jobs: Jobs
  /** Builds the indexes of attributes. */
  readonly indexKeeper: IndexKeeper
  readonly conversions: Conversions
  /** Previews of conversions that are being made. */
  readonly previewWork: PreviewWork
  /** Lists that the console sends in pieces. */
  readonly uploads: TextUploads
  /** What the IdPs do, inferred from their requests. */
  readonly provisioning: Provisioning
  /** What is told to whom: mail, webhooks, the outbox, welcome mails. */
  readonly notify: NotifyAdmin
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
  /** Files that the console's server gives to browsers. */
  readonly downloads: Downloads
  /** Undefined where there is no desktop: a browser fetches the file. */
  readonly askWhereToSave: ((name: string) => Promise<string | undefined>) | undefined
  /** Imports of users with a preview. */
  readonly imports: ImportDesk
  /** Backups by hand and by the schedule, which runs from `serve` on. */
  readonly backups: BackupService
  /** Checks and simulations of any endpoint. */
  readonly endpointTests: EndpointTests
  /** What the operator was told. */
  readonly troubles: TroubleLog
  /** Goes to the public URL and looks whether it leads here. */
  testReach(): Promise<ReachReport>
  /** The last test; undefined before the first since the start. */
  lastReach(): ReachReport | undefined
  /** The metrics in Prometheus' text format; undefined while they are switched off. */
  metrics(): string | undefined
  /** Starts the SCIM endpoint, and tells of what happens. Rejects with `VaultError`, or with what the system says about the address. */
  serve(options: ServeOptions): Promise<RunningEndpoint>
  close(): Promise<void>
}

/** A server loads, before it listens, whatever it may need at some time: its files may be replaced by an update while it runs. */
async function loadServing() {
  const [serving] = await Promise.all([
    import('./serving.ts'),
    import('./diagnosis/runners.ts'),
    import('./notify/mail/smtp-transport.ts'),
    import('./notify/webhook/post.ts'),
  ])
  return serving
}

/**
 * Opens the engine on a data directory, preparing it on its first use. Rejects with `StoreError` for a database that cannot be used.
 */
export async function openEngine(options: EngineOptions): Promise<Engine> {
  const { dataDir, threads } = options
  const clock = options.clock ?? Date.now
  const limits: EndpointLimits = { ...defaultLimits, ...options.limits }
  const troubles = createTroubleLog(dataDir, clock)
  function tellTrouble(message: string): void {
    troubles.note(message)
    options.onTrouble?.(message)
  }
  const { writer, checkpoints, connection, reads, turns, administer, onAdministered } = await openStore({
    dataDir,
    threads,
    mode: options.mode,
    actor: options.actor,
    clock,
    bulkMaxOperations: limits.bulkMaxOperations,
    mostMembers: limits.costlyFrom,
    commitDelayMs: options.commitDelayMs ?? 0,
    onTrouble: tellTrouble,
  })
  const vaultService = createVaultService({
    dataDir,
    reads,
    administer,
    chosen: options.vault,
    ...(options.loadKeytar ? { loadKeytar: options.loadKeytar } : {}),
  })
  const vault = vaultService.current

  // A command has nothing else to do, and its thread writes itself.
  const watchLoad = options.mode === 'server' ? watchEventLoop : () => () => 0
  const jobs = createJobs({
    reads,
    administer,
    kinds: conversionKinds(dataDir, administer),
    clock,
    onTrouble: tellTrouble,
    watchLoad,
  })
  const indexKeeper = createIndexKeeper({ reads, administer, onTrouble: tellTrouble, watchLoad })
  const lookups = createLookupWatch({ reads, administer, clock, onTrouble: tellTrouble })
  const conversions = createConversions({
    dataDir,
    runTask: (task, watch) => startPlanThread(threads.plan, task, watch),
    reads,
    administer,
    clock,
  })
  const previewWork = createPreviewWork()
  if (options.mode === 'server') {
    jobs.work()
    indexKeeper.watch()
  }
  const provisioningReader = openProvisioningReader(join(dataDir, journalFileName))
  const provisioning = createProvisioning({
    reads,
    reader: provisioningReader,
    now: clock,
    outage() {
      const { notStored, notRecorded } = endpoint.troubles()
      return notRecorded !== undefined ? 'not recorded' : notStored ? 'not stored' : undefined
    },
  })
  let hasDesktop = false
  const notify = createNotifyAdmin({
    reads,
    administer,
    vault: async () => (await vault()).vault,
    now: clock,
    hasDesktop: () => hasDesktop,
  })
  const tokens = createTokenService({ administer, reads, vault: async () => (await vault()).vault })

  const meter = createRequestMeter()
  const startedAt = clock()
  const consoleReads = createConsoleReads(threads.consoleReads, { dataDir, version })
  const imports = createImportDesk({ dataDir, clock, administer, reads: consoleReads })
  const reach = createReachGate(clock)
  const endpoint = createEndpointControl({
    clock,
    choose: (given) =>
      endpointChoice(reads, { ...given, requestsPerSecond: options.limits?.requestsPerSecond || undefined }),
    async serve(served) {
      const [{ vault: secrets }, { serveEndpoint }] = await Promise.all([vault(), loadServing()])
      return serveEndpoint(
        {
          dataDir,
          threads,
          limits,
          clock,
          reads,
          snapshot: turns,
          writer,
          administer,
          onAdministered,
          vault: secrets,
          reach,
          lookups,
          meter,
        },
        served,
      )
    },
  })
  const backups = createBackupService({ dataDir, reads, administer, clock, version, threadUrl: threads.backup })
  const endpointTests = createEndpointTests({ clock, version })
  let lastReach: ReachReport | undefined
  let stopHousekeeping: (() => void) | undefined

  return {
    dataDir,
    reads,
    administer,
    tokens,
    jobs,
    indexKeeper,
    conversions,
    previewWork,
    uploads: createTextUploads(clock),
    provisioning,
    notify,
    vault,
    vaultService,
    clock,
    endpoint,
    consoleReads,
    downloads: createDownloads(clock),
    askWhereToSave: options.askWhereToSave,
    imports,
    backups,
    endpointTests,
    troubles,
    lastReach: () => lastReach,
    async testReach() {
      const { testReach } = await loadServing()
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
    metrics: () => currentMetrics({ reads, provisioning, meter, startedAt, now: clock }),
    async serve(served) {
      const half = halfTls(reads)
      if (half && served.tls === undefined) served.onTrouble(half.message)
      const [running, { startNotifications }] = await Promise.all([endpoint.open(served), loadServing()])
      stopHousekeeping ??= startHousekeeping({
        dataDir,
        reads,
        endpoint,
        backups,
        vaultService,
        clock,
        onTrouble: served.onTrouble,
      })
      hasDesktop = served.desktop !== undefined
      // It goes on while the admin has the endpoint stopped.
      const notifier = startNotifications(
        { reads, administer, provisioning, vault: async () => (await vault()).vault, endpoint, clock },
        served,
      )
      return {
        ...running,
        async close() {
          // What a test has made is removed, while this endpoint, which may be the tested one, still answers.
          await endpointTests.close()
          await notifier.close()
          await running.close()
        },
      }
    },
    async close() {
      await endpointTests.close()
      await imports.close()
      stopHousekeeping?.()
      await previewWork.close()
      await jobs.close()
      await indexKeeper.close()
      await backups.close()
      await consoleReads.close()
      provisioningReader.close()
      connection.close()
      await checkpoints?.close()
      await writer.close()
    },
  }
}
