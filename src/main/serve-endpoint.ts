import { join } from 'node:path'
import type { Administer } from './administration/administer.ts'
import type { Integration } from './directory/directory-config.ts'
import { createAuthenticator } from './endpoint/authenticator.ts'
import { createCostlyReads } from './endpoint/costly-reads.ts'
import type { EndpointLimits } from './endpoint/endpoint-limits.ts'
import type { EndpointParts } from './endpoint/endpoint-parts.ts'
import { startEndpoint } from './endpoint/endpoint.ts'
import { createRequestHandler } from './endpoint/handle-request.ts'
import type { Tls } from './endpoint/http-server.ts'
import { createRateLimiter } from './endpoint/rate-limiter.ts'
import { createReplayer, type Replayer } from './endpoint/replay.ts'
import { createTokenUses } from './endpoint/token-uses.ts'
import { createWrongTokenThrottle } from './endpoint/wrong-token-throttle.ts'
import type { Exchange } from './journal/exchange.ts'
import { defaultJournalSettings } from './journal/journal-settings.ts'
import { openJournal } from './journal/journal.ts'
import { journalSettingsOf } from './known-settings.ts'
import { createLiveConfig } from './live-config.ts'
import { localOrigin, scimBaseOf, withoutSlash } from './scim-url.ts'
import { journalFileName } from './store/database-files.ts'
import type { StoreReads } from './store/store-reads.ts'
import type { ThreadUrls } from './thread-urls.ts'
import type { Vault } from './vault/vault.ts'
import type { CommandQueue } from './writer/threaded-writer.ts'

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
  readonly replayer: Replayer
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
  readonly writer: CommandQueue
  readonly administer: Administer
  readonly vault: Vault
}

/** Wires the SCIM endpoint to the engine and starts it. Rejects with `VaultError`, or with what the system says about the address. */
export async function serveEndpoint(parts: ServedParts, options: ServeOptions): Promise<RunningEndpoint> {
  const { dataDir, threads, limits, reads, writer, administer } = parts
  const { onTrouble } = options
  const authenticator = createAuthenticator(reads, parts.vault)
  await authenticator.refresh()
  let local = ''
  let origin = ''

  /** Absolute URLs come from the configured public URL, never from a request: its headers are the client's to choose. */
  function originOf(): string {
    return withoutSlash(options.publicUrl || reads.settings.get('public_url') || local)
  }

  const liveConfig = createLiveConfig({
    reads,
    refreshTokens: () => authenticator.refresh(),
    onChange() {
      origin = originOf()
      journal?.configure({ ...defaultJournalSettings, ...journalSettingsOf(reads) })
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

  const endpointParts: EndpointParts = {
    reads,
    writer,
    authenticator,
    costlyReads,
    throttle: createWrongTokenThrottle(),
    rateLimiter: createRateLimiter(),
    limits,
    config: liveConfig.current,
    isStale: liveConfig.isStale,
    refresh: liveConfig.refresh,
    baseOf,
    onTokenUsed: uses.note,
    onBug,
  }
  const record = journal ? (exchange: Exchange) => journal.record(exchange) : () => undefined
  const endpoint = await startEndpoint({
    host: options.host,
    port: options.port,
    tls: options.tls,
    limits,
    handle: createRequestHandler(endpointParts),
    record,
    onBug,
  })
  local = localOrigin(options.host, endpoint.port, options.tls !== undefined)
  origin = originOf()
  // What commands print as the SCIM URL is what this server really serves.
  await administer('set-setting', { name: 'served_url', value: origin })
  const stopWatching = liveConfig.watch()

  return {
    url: `${local}/scim`,
    replayer: createReplayer(endpointParts, record),
    async close() {
      stopWatching()
      await endpoint.close()
      await uses.close()
      await costlyReads.close()
      await journal?.close()
    },
  }
}
