import type { FirstRunState } from '../../contract/first-run.ts'
import { mainDirectory } from '../administration/initialise.ts'
import type { Engine } from '../engine.ts'
import { isLoopbackUrl } from '../public-url.ts'
import { api } from './api.ts'
import type { ApiParts } from './api-context.ts'
import { sampleSize } from './directories.ts'
import { integrationViews } from './views/integration-view.ts'
import { needsPublicUrl } from './address-for-idp.ts'
import { gatherRows } from './rosters/roster-page.ts'
import { endpointStatus } from './system.ts'
import type { FoundUser } from '../store/roster/search-rosters.ts'

/** The integration that has got furthest: one with requests before one with a token before any other. */
async function furthest(engine: Engine): Promise<FirstRunState['integration']> {
  const views = integrationViews(engine).filter((each) => each.state !== 'disabled')
  const traffic = new Map(
    await engine.consoleReads.ask('traffic', {
      integrations: views.map(({ slug, requestsSince: since }) => ({ slug, since })),
      now: engine.clock(),
    }),
  )
  const [first] = views
    .map((view) => ({ view, at: traffic.get(view.slug)?.lastSuccessAt ?? null }))
    .toSorted(
      (one, other) =>
        (other.at ?? 0) - (one.at ?? 0) || Number(other.view.token !== null) - Number(one.view.token !== null),
    )
  if (!first) return null
  const { slug, name, idp, idpName, token } = first.view
  return {
    slug,
    name,
    idpName,
    hasToken: token !== null,
    firstRequestAt: first.at,
    needsPublicUrl: needsPublicUrl(idp),
  }
}

/** The first person whom an IdP manages. */
async function firstManaged(engine: Engine, directoryId: number): Promise<FoundUser | undefined> {
  const asked = {
    directoryId,
    query: '',
    reach: 'beginning',
    source: 'scim',
    managedBy: undefined,
    hasDrifted: false,
    active: undefined,
    role: undefined,
    archived: false,
    sort: 'createdAt',
    descending: false,
  } as const
  const { rows } = await gatherRows(
    { ask: (wish) => engine.consoleReads.ask('user-page', { asked, wish }), signal: undefined },
    { from: undefined, backwards: false, limit: 1 },
  )
  return rows[0]
}

async function state({ engine, password }: ApiParts): Promise<FirstRunState> {
  const { reads } = engine
  const { state: listening, url } = endpointStatus(engine)
  const directory = reads.directories.bySlug(mainDirectory)
  const person = directory && (await firstManaged(engine, directory.id))
  const publicUrl = engine.endpoint.choice().publicUrl.value
  const reach = engine.lastReach()
  return {
    isListening: listening === 'listening',
    url,
    publicUrl: publicUrl ?? null,
    isLoopback: publicUrl !== undefined && isLoopbackUrl(publicUrl),
    reach: reach ? { at: reach.at, isReached: reach.failure === undefined } : null,
    integration: await furthest(engine),
    firstPerson: person ? { id: person.id, userName: person.user_name, createdAt: person.created_at } : null,
    sample: directory ? sampleSize(engine, directory.id) : { users: 0, groups: 0 },
    hasPassword: password.setAt() !== undefined,
    hasBackupSchedule: engine.backups.schedule().every !== 'off',
  }
}

export const firstRun = {
  get: api.firstRun.get.handler(({ context: { parts } }) => state(parts)),
}
