import { join } from 'node:path'
import type { Administer } from './administration/administer.ts'
import type { Integration } from './directory/directory-config.ts'
import { createAuthenticator } from './endpoint/authentication/authenticator.ts'
import { createCostlyReads } from './endpoint/reads/costly-reads.ts'
import type { EndpointLimits } from './endpoint/endpoint-limits.ts'
import type { EndpointParts } from './endpoint/endpoint-parts.ts'
import { startEndpoint } from './endpoint/endpoint.ts'
import { createRequestHandler } from './endpoint/handle-request.ts'
import type { Tls } from './endpoint/http/http-server.ts'
import { createRateLimiter } from './endpoint/rate-limiter.ts'
import { createReadOutage } from './endpoint/outages/read-outage.ts'
import { createReplayer, type Replayer } from './endpoint/replay.ts'
import { createStorageOutage, type RefusedChange } from './endpoint/outages/storage-outage.ts'
import { createTokenUses } from './endpoint/authentication/token-uses.ts'
import { createWrongTokenThrottle } from './endpoint/authentication/wrong-token-throttle.ts'
import type { LookupWatch } from './indexing/lookup-watch.ts'
import type { Exchange } from './journal/exchange.ts'
import { defaultJournalSettings } from './journal/journal-settings.ts'
import { knownIntegrations } from './journal/known-integrations.ts'
import { openJournal } from './journal/journal.ts'
import { bodyBytesSet, endpointChoice, type EndpointGiven } from './endpoint-settings.ts'
import { journalSettingsOf } from './known-settings.ts'
import { createLiveConfig } from './live-config.ts'
import { areMetricsOn } from './metrics/metrics.ts'
import type { RequestMeter } from './metrics/request-meter.ts'
import type { DesktopNotifier } from './notify/desktop-notifier.ts'
import type { ReachGate } from './reach/reach-gate.ts'
import { localOrigin, scimBaseOf, withoutSlash } from './scim-url.ts'
import { databaseFileName, journalFileName } from './store/file/database-file-names.ts'
import type { Snapshot } from './store/snapshot.ts'
import type { StoreReads } from './store/store-reads.ts'
import type { ThreadUrls } from './thread-urls.ts'
import type { Vault } from './vault/vault.ts'
import type { CommandQueue } from './writer/threaded-writer.ts'

export interface ServeOptions extends Omit<EndpointGiven, 'requestsPerSecond'> {
  /** Bench switch: record nothing. */
  readonly withoutJournal?: boolean
  /** Bench switch: infer nothing from what is recorded. */
  readonly withoutTracking?: boolean
  /** What the host can show on a desktop. */
  readonly desktop?: DesktopNotifier
  /** When commands may print this server's address as the SCIM URL, for another one has the data directory until then; undefined: at once. */
  readonly whenMarked?: Promise<void> | undefined
  /** One line for the operator. */
  readonly onTrouble: (message: string) => void
}

/** The same with what the settings say where nothing was given. */
export interface ResolvedServeOptions extends ServeOptions {
  readonly host: string
  readonly port: number
  readonly tls: Tls | undefined
}

/** What keeps the endpoint from doing all of its work, although it listens. */
export interface ServingTroubles {
  /** The newest change that could not be stored; undefined when changes are stored. */
  readonly notStored: RefusedChange | undefined
  /** Why requests are not recorded: one line; undefined when they are. */
  readonly notRecorded: string | undefined
}

export interface RunningEndpoint {
  /** Where SCIM is served, ending in `/scim`. */
  readonly url: string
  readonly replayer: Replayer
  troubles(): ServingTroubles
  /** Uses another certificate for new connections. */
  renewTls(tls: Tls): void
  /** Drains, writes what is left, and closes. */
  close(): Promise<void>
}

/** The parts of the engine that the endpoint is served from. */
interface ServedParts {
  readonly dataDir: string
  readonly threads: ThreadUrls
  readonly limits: EndpointLimits
  readonly clock: () => number
  readonly reads: StoreReads
  readonly snapshot: Snapshot
  readonly writer: CommandQueue
  readonly administer: Administer
  readonly onAdministered: (listener: () => void) => () => void
  readonly vault: Vault
  readonly reach: ReachGate
  readonly lookups: LookupWatch
  /** Counts the requests while the metrics are switched on. */
  readonly meter: RequestMeter
}

/** Wires the SCIM endpoint to the engine and starts it. Rejects with `VaultError`, or with what the system says about the address. */
export async function serveEndpoint(parts: ServedParts, options: ResolvedServeOptions): Promise<RunningEndpoint> {
  const { dataDir, threads, reads, writer, administer, meter } = parts
  const { onTrouble } = options
  const given = parts.limits.requestsPerSecond || undefined
  const rate = () => endpointChoice(reads, { requestsPerSecond: given }).requestsPerSecond.value
  const largestBody = () => bodyBytesSet(reads) ?? parts.limits.bodyBytes
  let requestsPerSecond = rate()
  let bodyBytes = largestBody()
  // Limits that are set take effect at once; everything else in them stays as it is.
  const limits: EndpointLimits = {
    ...parts.limits,
    get requestsPerSecond() {
      return requestsPerSecond
    },
    get bodyBytes() {
      return bodyBytes
    },
  }
  const authenticator = createAuthenticator(reads, parts.vault)
  await authenticator.refresh()
  let isMetered = areMetricsOn(reads)
  let local = ''
  let origin = ''

  /** Absolute URLs come from the configured public URL, never from a request: its headers are the client's to choose. */
  function originOf(): string {
    return withoutSlash(options.publicUrl || reads.settings.get('public_url') || local)
  }

  const liveConfig = createLiveConfig({
    reads,
    followTokens: authenticator.follow,
    refreshTokens: authenticator.refresh,
    onChange() {
      origin = originOf()
      requestsPerSecond = rate()
      bodyBytes = largestBody()
      journal?.configure({ ...defaultJournalSettings, ...journalSettingsOf(reads) })
      journal?.knowIntegrations(knownIntegrations(reads))
      isMetered = areMetricsOn(reads)
    },
    onTrouble,
  })
  const journal =
    options.withoutJournal === true
      ? undefined
      : openJournal({
          file: join(dataDir, journalFileName),
          threadUrl: threads.journal,
          settings: journalSettingsOf(reads),
          integrations: knownIntegrations(reads),
          withoutTracking: options.withoutTracking === true,
          onTrouble,
        })
  const costlyReads = createCostlyReads(threads.costlyReads, { dataDir, limits })
  const uses = createTokenUses(writer, administer, parts.clock)
  const onBug = (requestId: string, stack: string) => onTrouble(`request ${requestId}: ${stack}`)
  const bases = new WeakMap<Integration, string>()

  /** Built once for each integration of a configuration. */
  function baseOf(integration: Integration): string {
    const known = bases.get(integration)
    if (known !== undefined) return known
    const base = scimBaseOf(origin, integration.slug)
    bases.set(integration, base)
    return base
  }

  const storage = createStorageOutage(parts.clock, onTrouble)
  const endpointParts: EndpointParts = {
    reads,
    writer,
    authenticator,
    costlyReads,
    throttle: createWrongTokenThrottle(),
    rateLimiter: createRateLimiter(),
    storage,
    unread: createReadOutage(join(parts.dataDir, databaseFileName), parts.clock, onTrouble),
    limits,
    clock: parts.clock,
    config: liveConfig.current,
    isStale: liveConfig.isStale,
    endSnapshot: parts.snapshot.end,
    refresh: liveConfig.refresh,
    baseOf,
    onTokenUsed: uses.note,
    onLookup: parts.lookups.note,
    onBug,
  }
  const record = journal ? (exchange: Exchange) => journal.record(exchange) : () => undefined
  const handle = createRequestHandler(endpointParts)
  const endpoint = await startEndpoint({
    host: options.host,
    port: options.port,
    tls: options.tls,
    limits,
    clock: parts.clock,
    snapshot: parts.snapshot,
    handle: (context) => parts.reach.answer(context.request) ?? handle(context),
    record(exchange) {
      journal?.record(exchange)
      if (isMetered) meter.note(exchange)
    },
    recordBroken: record,
    room: () => journal?.room(),
    onBug,
  }).catch(async (error: unknown) => {
    // Another address may be tried next, with parts of its own.
    await uses.close()
    await costlyReads.close()
    await journal?.close()
    throw error
  })
  local = localOrigin(options.host, endpoint.port, options.tls !== undefined)
  origin = originOf()
  let isClosed = false

  /** What commands print as the SCIM URL is what this server really serves. It serves all the same when that cannot be noted. */
  async function noteOrigin(): Promise<void> {
    if (isClosed) return
    try {
      await administer('set-setting', { name: 'served_url', value: origin })
    } catch (error) {
      const problem = error instanceof Error ? error.message : String(error)
      onTrouble(`${origin} could not be noted as the SCIM URL that commands print. ${problem}`)
    }
  }

  if (options.whenMarked === undefined) await noteOrigin()
  else void options.whenMarked.then(noteOrigin)
  const stopFollowing = parts.onAdministered(liveConfig.follow)
  const stopWatching = liveConfig.watch()

  return {
    url: `${local}/scim`,
    replayer: createReplayer(endpointParts, record),
    troubles: () => ({ notStored: storage.last(), notRecorded: journal?.problem() }),
    renewTls: (tls) => endpoint.renewTls(tls),
    async close() {
      isClosed = true
      stopFollowing()
      stopWatching()
      await endpoint.close()
      await uses.close()
      await costlyReads.close()
      await journal?.close()
    },
  }
}
