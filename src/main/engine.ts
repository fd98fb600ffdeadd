import { randomUUID } from 'node:crypto'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { createAdminister, type Administer } from './administration/administer.ts'
import { createTokenService, type TokenService } from './administration/token-service.ts'
import { loadDirectoryConfig, type DirectoryConfig, type Integration } from './directory/directory-config.ts'
import { createAuthenticator } from './endpoint/authenticator.ts'
import { createCostlyReads } from './endpoint/costly-reads.ts'
import { defaultLimits, type EndpointLimits } from './endpoint/endpoint-limits.ts'
import { startEndpoint } from './endpoint/endpoint.ts'
import { createRequestHandler } from './endpoint/handle-request.ts'
import type { Tls } from './endpoint/http-server.ts'
import { createRateLimiter } from './endpoint/rate-limiter.ts'
import { createTokenUses } from './endpoint/token-uses.ts'
import { createWrongTokenThrottle } from './endpoint/wrong-token-throttle.ts'
import { defaultJournalSettings } from './journal/journal-settings.ts'
import { openJournal } from './journal/journal.ts'
import { journalSettingsOf } from './known-settings.ts'
import { journalFileName, openReaderConnection } from './store/database-files.ts'
import { prepareStoreReads, type StoreReads } from './store/store-reads.ts'
import { openVault, type OpenedVault } from './vault/open-vault.ts'
import type { VaultKind } from './vault/vault.ts'
import { startCheckpoints } from './writer/checkpoints.ts'
import { openInlineWriter } from './writer/inline-writer.ts'
import { startThreadedWriter, type CommandQueue } from './writer/threaded-writer.ts'

/** Where the threads' entries stand after bundling; the host knows. */
export interface ThreadUrls {
  readonly writer: URL
  readonly checkpoints: URL
  readonly costlyReads: URL
  readonly journal: URL
}

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

export interface ServeOptions {
  readonly host: string
  readonly port: number
  readonly publicUrl: string | undefined
  readonly tls: Tls | undefined
  /** Bench switch: record nothing. */
  readonly withoutJournal?: boolean
  /** One line for the operator. */
  readonly onTrouble: (message: string) => void
}

export interface RunningEndpoint {
  /** Where SCIM is served, ending in `/scim`. */
  readonly url: string
  /** Drains, writes what is left, and closes. */
  close(): Promise<void>
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
  serve(options: ServeOptions): Promise<RunningEndpoint>
  close(): Promise<void>
}

/** How often another process's changes are looked for, in ms. */
const configPollMs = 200

function withoutSlash(url: string): string {
  return url.replace(/\/+$/, '')
}

function localOrigin(host: string, port: number, tls: Tls | undefined): string {
  const shown = host === '0.0.0.0' || host === '::' || host === '' ? '127.0.0.1' : host
  return `${tls ? 'https' : 'http'}://${shown.includes(':') ? `[${shown}]` : shown}:${port}`
}

/** Whether a data directory has been used before. */
export function hasData(dataDir: string): boolean {
  return existsSync(join(dataDir, 'rollcall.db'))
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

  async function serve(served: ServeOptions): Promise<RunningEndpoint> {
    const { vault: secrets } = await vault()
    const authenticator = createAuthenticator(reads, secrets)
    await authenticator.refresh()
    let config: DirectoryConfig = loadDirectoryConfig(reads)
    let local = ''
    let origin = ''

    /** Absolute URLs come from the configured public URL, never from a request (DESIGN decision 11). */
    function originOf(): string {
      return withoutSlash(served.publicUrl || reads.settings.get('public_url') || local)
    }

    const bases = new WeakMap<Integration, string>()
    const journal =
      served.withoutJournal === true
        ? undefined
        : openJournal({
            file: join(dataDir, journalFileName),
            threadUrl: threads.journal,
            settings: journalSettingsOf(reads),
            onTrouble: served.onTrouble,
          })
    const costlyReads = createCostlyReads(threads.costlyReads, { dataDir, limits })
    const uses = createTokenUses(writer, administer, clock)
    const onBug = (requestId: string, stack: string) => served.onTrouble(`request ${requestId}: ${stack}`)

    function baseOf(integration: Integration): string {
      const known = bases.get(integration)
      if (known !== undefined) return known
      const base = `${origin}/scim/${integration.slug}/v2`
      bases.set(integration, base)
      return base
    }

    let refreshing: Promise<void> | undefined
    let vaultTrouble: string | undefined

    const isStale = () => reads.settings.configVersion() !== config.version

    async function takeOver(): Promise<void> {
      const next = loadDirectoryConfig(reads)
      origin = originOf()
      journal?.configure({ ...defaultJournalSettings, ...journalSettingsOf(reads) })
      config = next
      try {
        await authenticator.refresh()
        vaultTrouble = undefined
      } catch (error) {
        // Tokens that are known already go on working; the vault is asked again until it answers, and its trouble is told once.
        const trouble = error instanceof Error ? error.message : String(error)
        if (trouble !== vaultTrouble) served.onTrouble(trouble)
        vaultTrouble = trouble
      }
    }

    /** Takes over what another process has configured; calls that come meanwhile share it. */
    function refresh(): Promise<void> {
      refreshing ??= takeOver().finally(() => {
        refreshing = undefined
      })
      return refreshing
    }

    const endpoint = await startEndpoint({
      host: served.host,
      port: served.port,
      tls: served.tls,
      limits,
      handle: createRequestHandler({
        reads,
        writer,
        authenticator,
        costlyReads,
        throttle: createWrongTokenThrottle(),
        rateLimiter: createRateLimiter(),
        limits,
        config: () => config,
        isStale,
        refresh,
        baseOf,
        onTokenUsed: uses.note,
        onBug,
      }),
      record: journal ? (exchange) => journal.record(exchange) : () => undefined,
      onBug,
    })
    local = localOrigin(served.host, endpoint.port, served.tls)
    origin = originOf()
    // What commands print as the SCIM URL is what this server really serves.
    await administer('set-setting', { name: 'served_url', value: origin })

    let seen = reads.settings.dataVersion()
    let pollTrouble: string | undefined

    /** A database that cannot be read for a moment, as on a full disk, must not end a server that answers again afterwards. */
    async function lookForChanges(): Promise<void> {
      try {
        const version = reads.settings.dataVersion()
        if (version !== seen || vaultTrouble !== undefined || pollTrouble !== undefined) {
          if (isStale() || vaultTrouble !== undefined) await refresh()
          seen = version
        }
        pollTrouble = undefined
      } catch (error) {
        const trouble = error instanceof Error ? error.message : String(error)
        if (trouble !== pollTrouble) served.onTrouble(`The configuration cannot be read, the last one stays in force: ${trouble}`)
        pollTrouble = trouble
      }
    }

    const poll = setInterval(() => void lookForChanges(), configPollMs)

    return {
      url: `${local}/scim`,
      async close() {
        clearInterval(poll)
        await endpoint.close()
        await uses.close()
        await costlyReads.close()
        await journal?.close()
      },
    }
  }

  return {
    dataDir,
    reads,
    administer,
    tokens,
    vault,
    scimUrl: (slug) =>
      `${withoutSlash(reads.settings.get('public_url') || reads.settings.get('served_url') || 'http://127.0.0.1:7643')}/scim/${slug}/v2`,
    serve,
    async close() {
      connection.close()
      await checkpoints?.close()
      await writer.close()
    },
  }
}
