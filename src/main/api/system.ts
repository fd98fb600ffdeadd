import { version } from '../../../package.json'
import type { EndpointStatus, SystemNews } from '../../contract/system.ts'
import type { Engine } from '../engine.ts'
import { withoutSlash } from '../scim-url.ts'
import { VaultError } from '../vault/vault.ts'
import { api } from './api.ts'
import { acknowledge, creditWindow } from './streams/credit-window.ts'
import { pause } from './streams/pause.ts'

/** How often is looked for news, in ms. */
const lookEveryMs = 500

/** The SCIM endpoint as the console shows it. */
export function endpointStatus({ endpoint, reads, clock }: Engine): EndpointStatus {
  const state = endpoint.state()
  const publicUrl = state?.publicUrl || reads.settings.get('public_url')
  const url = state?.url ?? 'http://127.0.0.1:7643/scim'
  return {
    state: state?.state ?? 'stopped',
    since: state?.since ?? clock(),
    url,
    publicOrigin: withoutSlash(publicUrl || new URL(url).origin),
    hasPublicUrl: Boolean(publicUrl),
    isTls: state?.isTls ?? false,
    problem: state?.problem ?? null,
  }
}

/** Why the vault cannot be used; null when it can. */
export async function vaultProblem(engine: Engine): Promise<string | null> {
  try {
    await (await engine.vault()).vault.check()
    return null
  } catch (error) {
    if (error instanceof VaultError) return error.message
    throw error
  }
}

async function news(engine: Engine): Promise<SystemNews> {
  const { notStored, notRecorded } = engine.endpoint.troubles()
  return {
    endpoint: endpointStatus(engine),
    configVersion: engine.reads.settings.configVersion(),
    dataVersion: engine.reads.settings.dataVersion(),
    newestRequest: await engine.consoleReads.ask('newest-request', undefined),
    notStoredAt: notStored?.at ?? null,
    notRecorded: notRecorded ?? null,
  }
}

export const system = {
  status: api.system.status.handler(async ({ context: { parts } }) => {
    const { engine } = parts
    const { kind, why } = await engine.vault()
    return {
      version,
      node: process.versions.node,
      dataDir: engine.dataDir,
      startedAt: parts.startedAt,
      now: engine.clock(),
      endpoint: endpointStatus(engine),
      vault: { kind, why, problem: await vaultProblem(engine) },
    }
  }),
  watch: api.system.watch.handler(async function* ({ input, signal, context: { parts } }) {
    let told = ''
    yield* creditWindow<SystemNews>({
      subscription: input.subscription,
      signal,
      from: 0,
      async read(position) {
        const item = await news(parts.engine)
        const text = JSON.stringify(item)
        if (text === told) return { items: [], position, dropped: 0 }
        told = text
        return { items: [item], position: position + 1, dropped: 0 }
      },
      untilNews: (ended) => pause(lookEveryMs, ended),
    })
  }),
  startEndpoint: api.system.startEndpoint.handler(async ({ context: { parts } }) => {
    await parts.engine.endpoint.start()
    return endpointStatus(parts.engine)
  }),
  stopEndpoint: api.system.stopEndpoint.handler(async ({ context: { parts } }) => {
    await parts.engine.endpoint.stop()
    return endpointStatus(parts.engine)
  }),
  acknowledge: api.system.acknowledge.handler(({ input }) => acknowledge(input.subscription, input.seq)),
}
