import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import { createClient, type Client } from '../../test/client.ts'
import { threadBundle } from '../../test/thread-bundles.ts'
import type { EndpointLimits } from './endpoint/endpoint-limits.ts'
import type { Tls } from './endpoint/http/http-server.ts'
import { openEngine, type Engine } from './engine.ts'
import type { RunningEndpoint } from './serve-endpoint.ts'
import type { ThreadUrls } from './thread-urls.ts'
import type { Keytar } from './vault/keytar.ts'
import type { VaultKind } from './vault/vault.ts'

/** The engine in this process, serving an Entra integration from a data directory that goes when the test ends. */
export interface RunningEngine {
  readonly engine: Engine
  readonly dataDir: string
  readonly endpoint: RunningEndpoint
  readonly port: number
  readonly slug: string
  readonly token: string
  /** A client with the integration's token at its canonical URL. */
  readonly scim: Client
  /** The same with another token. */
  as(token: string): Client
  /** Issues a new token; the one before it works for `overlapMs` at most. */
  rotate(overlapMs: number, expiresAt?: number): Promise<string>
  /** What the operator was told, oldest first. */
  readonly troubles: readonly string[]
  /** Moves the clock on. */
  readonly later: (ms: number) => void
}

export interface RunningEngineOptions {
  readonly limits?: Partial<EndpointLimits>
  readonly tls?: Tls
  readonly publicUrl?: string
  readonly dataDir?: string
  readonly askWhereToSave?: (name: string) => Promise<string | undefined>
  /** Serve where the settings say, instead of at a free port that is given at the start. */
  readonly bySettings?: Readonly<Record<string, string>>
  readonly loadKeytar?: () => Promise<Keytar>
  readonly vault?: VaultKind
  /** Another server has the data directory until then. */
  readonly whenMarked?: Promise<void>
}

export const threads: ThreadUrls = {
  writer: threadBundle('writer-thread'),
  checkpoints: threadBundle('checkpoint-thread'),
  costlyReads: threadBundle('costly-read-thread'),
  journal: threadBundle('journal-thread'),
  plan: threadBundle('plan-thread'),
  consoleReads: threadBundle('console-read-thread'),
  backup: threadBundle('backup-thread'),
  restore: threadBundle('restore-thread'),
}

export async function startEngine(options: RunningEngineOptions = {}): Promise<RunningEngine> {
  const dataDir = options.dataDir ?? mkdtempSync(join(tmpdir(), 'rollcall-engine-'))
  const troubles: string[] = []
  let ahead = 0
  const engine = await openEngine({
    dataDir,
    vault: options.vault ?? 'file',
    actor: 'test',
    threads,
    mode: 'server',
    clock: () => Date.now() + ahead,
    ...(options.limits ? { limits: options.limits } : {}),
    ...(options.askWhereToSave ? { askWhereToSave: options.askWhereToSave } : {}),
    ...(options.loadKeytar ? { loadKeytar: options.loadKeytar } : {}),
  })
  for (const [name, value] of Object.entries(options.bySettings ?? {}))
    await engine.administer('set-setting', { name, value })
  const created = await engine.tokens.createIntegration({
    name: 'Entra',
    idp: 'entra',
    directory: 'main',
    slug: undefined,
  })
  const endpoint = await engine.serve({
    ...(options.bySettings ? {} : { host: '127.0.0.1', port: 0 }),
    publicUrl: options.publicUrl,
    tls: options.tls,
    whenMarked: options.whenMarked,
    onTrouble: (message) => void troubles.push(message),
  })
  onTestFinished(async () => {
    await endpoint.close()
    await engine.close()
    if (options.dataDir === undefined) rmSync(dataDir, { recursive: true, force: true })
  })
  const base = `${endpoint.url}/${created.slug}/v2`
  const token = created.token.reveal()
  return {
    engine,
    dataDir,
    endpoint,
    port: Number(new URL(endpoint.url).port),
    slug: created.slug,
    token,
    scim: createClient(base, token),
    as: (other) => createClient(base, other),
    async rotate(overlapMs, expiresAt) {
      const issued = await engine.tokens.rotate(created.slug, overlapMs, expiresAt ?? null)
      return issued.token.reveal()
    },
    troubles,
    later: (ms) => {
      ahead += ms
    },
  }
}
