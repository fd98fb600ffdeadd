import type { Attention, OverviewIntegration } from '../../contract/overview.ts'
import { mainDirectory } from '../administration/initialise.ts'
import type { Engine } from '../engine.ts'
import { api } from './api.ts'
import { sampleSize } from './directories.ts'
import { hasAddressFor } from './address-for-idp.ts'
import { attentionOf } from './views/integration-attention.ts'
import { integrationViewOf, integrationViews } from './views/integration-view.ts'
import { machineAttention } from './views/machine-attention.ts'
import { statusViewOf, statusViews } from './views/provisioning-view.ts'
import { endpointStatus, vaultProblem } from './system.ts'

const noTraffic = {
  lastRequestAt: null,
  lastSuccessAt: null,
  failingBecause: null,
  requests: 0,
  failures: 0,
  userChanges: 0,
  groupChanges: 0,
}

async function views(
  engine: Engine,
  integrations: readonly OverviewIntegration['integration'][],
  statuses: readonly OverviewIntegration['status'][],
) {
  const now = engine.clock()
  const asked = integrations.map(({ slug, requestsSince: since }) => ({ slug, since }))
  const traffic = new Map(await engine.consoleReads.ask('traffic', { integrations: asked, now }))
  return integrations.flatMap((integration): readonly OverviewIntegration[] => {
    const status = statuses.find((each) => each.slug === integration.slug)
    return status ? [{ integration, status, traffic: traffic.get(integration.slug) ?? noTraffic }] : []
  })
}

/** An IdP in the cloud that has never got through, and has no public URL to come to. */
function isUnreachable(engine: Engine, { integration, status }: OverviewIntegration): boolean {
  return status.state === 'waiting' && !hasAddressFor(engine, integration.idp)
}

async function attention(engine: Engine, integrations: readonly OverviewIntegration[]): Promise<Attention[]> {
  const now = engine.clock()
  const problem = await vaultProblem(engine)
  return [
    ...(endpointStatus(engine).state === 'stopped' ? [{ kind: 'endpoint-stopped' as const }] : []),
    ...(problem === null ? [] : [{ kind: 'vault' as const, problem }]),
    ...machineAttention(engine),
    ...integrations.flatMap(({ integration }) => attentionOf(integration, now)),
    ...integrations
      .filter((each) => isUnreachable(engine, each))
      .map(({ integration: { slug, name } }) => ({ kind: 'endpoint-private' as const, slug, name })),
  ]
}

export const overview = {
  get: api.overview.get.handler(async ({ context: { parts } }) => {
    const { engine } = parts
    const { reads } = engine
    const integrations = await views(engine, integrationViews(engine), statusViews(engine))
    const directories = reads.directories.all()
    const main = reads.directories.bySlug(mainDirectory)
    const size = await engine.consoleReads.ask('roster-size', { directoryIds: directories.map(({ id }) => id) })
    return {
      integrations,
      attention: await attention(engine, integrations),
      users: size.users,
      groups: size.groups,
      sample: main ? sampleSize(engine, main.id) : { users: 0, groups: 0 },
    }
  }),
  activity: api.overview.activity.handler(async ({ input, context: { parts } }) => ({
    buckets: [...(await parts.engine.consoleReads.ask('activity', { ...input, now: parts.engine.clock() }))],
  })),
  integration: api.overview.integration.handler(async ({ input, context: { parts } }) => {
    const { engine } = parts
    const [view] = await views(engine, [integrationViewOf(engine, input.slug)], [statusViewOf(engine, input.slug)])
    if (!view) throw new Error('one integration has one view')
    return view
  }),
}
