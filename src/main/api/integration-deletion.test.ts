import { expect, test } from 'vitest'
import { eventually } from '../../../test/eventually.ts'
import { createClient } from '../../../test/client.ts'
import { group, user } from '../../../test/people.ts'
import { parseConversionOptions } from '../conversion/targets/conversion-options.ts'
import { openInlineWriter } from '../writer/inline-writer.ts'
import { createAdminister } from '../administration/administer.ts'
import { startApi, type RunningApi } from './api.fixture.ts'

/** A person and a group that the integration provisioned, the person with a title that was edited by hand since. */
async function provisioned({ api, scim }: RunningApi) {
  const person = await scim.create('/Users', user({ userName: 'ana', externalId: 'x-ana', title: 'Engineer' }))
  const team = await scim.create('/Groups', group('Team', [person]))
  const { version, resource } = await api.users.get({ id: person })
  await api.users.edit({ id: person, version, resource: { ...resource, title: 'Boss' }, overManaged: true })
  await api.groups.changeMembers({ id: team, add: [], remove: [person], overManaged: true })
  return { person, team }
}

async function sourcesOf({ api }: RunningApi, source: 'local' | 'scim') {
  const users = await api.users.search({ source, role: 'user' })
  const groups = await api.groups.search({ source })
  return [...users.items.map((each) => each.userName), ...groups.items.map((each) => each.displayName)]
}

test('the old token is answered with 401 at once, at every URL', async () => {
  const { api, slug, scim, as, token, endpoint } = await startApi()
  expect((await scim.get('/Users')).status).toBe(200)
  expect(await api.integrations.delete({ slug })).toMatchObject({ tokens: 1 })
  expect((await scim.post('/Users', user())).status).toBe(401)
  expect((await scim.get('/Users')).status).toBe(401)
  const authorization = `Bearer ${token}`
  for (const path of ['', '/v2'])
    expect((await fetch(`${endpoint.url}${path}/Users`, { headers: { authorization } })).status).toBe(401)
  expect((await as('rc_nobody').get('/Users')).status).toBe(401)
  await expect(api.integrations.get({ slug })).rejects.toMatchObject({ code: 'NOT_FOUND' })
  expect((await api.overview.get()).integrations).toEqual([])
})

test('a running server refuses the token within a second after another process has deleted the integration', async () => {
  const { engine, dataDir, slug, scim } = await startApi()
  expect((await scim.get('/Users')).status).toBe(200)
  const writer = openInlineWriter(dataDir, 100)
  await createAdminister(writer, 'command line', engine.clock)('delete-integration', { slug })
  await writer.close()
  await eventually(
    () => scim.get('/Users'),
    ({ status }) => status === 401,
    1_000,
  )
})

test('the token leaves the vault', async () => {
  const { api, engine, slug, token } = await startApi()
  const { vault } = await engine.vault()
  const [name = ''] = engine.reads.secretNames.names()
  expect(token).toContain(name.replace('token:', ''))
  expect(await vault.get(name)).toBeDefined()
  await api.integrations.delete({ slug })
  expect(await vault.get(name)).toBeUndefined()
  expect(engine.reads.secretNames.names()).toEqual([])
})

test('what it managed stays, is local, and is edited without a warning', async () => {
  const running = await startApi()
  const { api, slug, scim } = running
  const { person, team } = await provisioned(running)
  const gone = await scim.create('/Users', user({ userName: 'old' }))
  await scim.delete(`/Users/${gone}`)
  expect(await api.integrations.deletion({ slug })).toEqual({
    users: 1,
    groups: 1,
    archivedUsers: 1,
    archivedGroups: 0,
    withRole: 0,
    problem: null,
  })
  expect(await sourcesOf(running, 'scim')).toEqual(['ana', 'Team'])
  await api.integrations.delete({ slug })
  expect(await sourcesOf(running, 'scim')).toEqual([])
  expect(await sourcesOf(running, 'local')).toEqual(['ana', 'Team'])
  const after = await api.users.get({ id: person })
  expect(after).toMatchObject({
    source: 'local',
    manager: null,
    drift: [],
    drifted: 0,
    externalIds: [],
    resource: { title: 'Boss' },
  })
  expect(await api.groups.get({ id: team })).toMatchObject({ source: 'local', manager: null, memberDrift: [] })
  await api.users.edit({
    id: person,
    version: after.version,
    resource: { ...after.resource, title: 'Chief' },
    overManaged: false,
  })
  await api.groups.changeMembers({ id: team, add: [person], remove: [], overManaged: false })
  expect((await api.users.get({ id: person })).drift).toEqual([])
  expect((await api.users.search({ hasDrifted: true })).items).toEqual([])
  await api.users.restore({ id: gone })
  expect((await api.users.get({ id: gone })).source).toBe('local')
})

test('its external ids find nobody any more, those of another integration do', async () => {
  const { api, slug, scim, endpoint } = await startApi()
  const id = await scim.create('/Users', user({ externalId: 'x-first' }))
  const okta = await api.integrations.create({ name: 'Okta', idp: 'okta' })
  const other = createClient(`${endpoint.url}/${okta.slug}/v2`, okta.token)
  await other.patch(`/Users/${id}`, [{ op: 'add', path: 'externalId', value: 'x-second' }])
  const found = async (query: string) => (await api.users.search({ query })).items.map((each) => each.id)
  expect([await found('x-first'), await found('x-second')]).toEqual([[id], [id]])
  await api.integrations.delete({ slug })
  expect([await found('x-first'), await found('x-second')]).toEqual([[], [id]])
  expect((await api.users.get({ id })).externalIds).toEqual([
    { integration: { slug: 'okta', name: 'Okta' }, value: 'x-second' },
  ])
})

test('an Administrator whom it managed is a local one afterwards, whom SCIM does not see', async () => {
  const { api, slug, scim, endpoint } = await startApi()
  const id = await scim.create('/Users', user({ userName: 'boss' }))
  await api.users.setStanding({ id, role: 'administrator' })
  expect(await api.integrations.deletion({ slug })).toMatchObject({ users: 1, withRole: 1 })
  await api.integrations.delete({ slug })
  expect(await api.users.get({ id })).toMatchObject({ source: 'local', role: 'administrator', isHidden: true })
  expect((await api.users.history({ id, limit: 1 })).items).toMatchObject([{ action: 'release', actor: 'test' }])
  const again = await api.integrations.create({ name: 'Entra', idp: 'entra' })
  const next = createClient(`${endpoint.url}/${again.slug}/v2`, again.token)
  expect((await next.get('/Users')).body).toMatchObject({ totalResults: 0 })
  expect((await api.integrations.administrators({ slug: again.slug })).map((each) => each.userName)).toEqual([
    'admin',
    'boss',
  ])
})

test('another integration of the same slug starts clean, and takes the people over whom its IdP writes to', async () => {
  const running = await startApi()
  const { api, engine, slug, scim, as } = running
  const { person } = await provisioned(running)
  await eventually(
    () => api.overview.integration({ slug }),
    ({ traffic, status }) => traffic.lastRequestAt !== null && status.state !== 'waiting',
  )
  await api.provisioning.setExpectedUsers({ slug, users: 500 })
  await api.integrations.delete({ slug })
  running.later(3_600_000)
  const again = await api.integrations.create({ name: 'Entra', idp: 'entra' })
  expect(again.slug).toBe(slug)
  const view = await api.overview.integration({ slug })
  expect(view.status).toMatchObject({ state: 'waiting', cycles: [] })
  expect(view.traffic).toMatchObject({ lastRequestAt: null, lastSuccessAt: null })
  expect(await api.tokens.list({ slug })).toHaveLength(1)
  expect(engine.reads.integrations.all().map((each) => each.id)).toEqual([2])
  const next = as(again.token)
  await eventually(
    () => scim.get('/Users'),
    ({ status }) => status === 401,
  )
  const seen = await next.get(`/Users/${person}`)
  expect(seen.body).not.toHaveProperty('externalId')
  await next.patch(`/Users/${person}`, [{ op: 'replace', path: 'title', value: 'Director' }])
  expect(await api.users.get({ id: person })).toMatchObject({ source: 'scim', manager: { slug } })
})

test('its past requests stay in the log under its slug, and tell still what they did', async () => {
  const { api, slug, scim } = await startApi()
  const person = await scim.create('/Users', user({ userName: 'ana', title: 'Engineer' }))
  const { version, resource } = await api.users.get({ id: person })
  await api.users.edit({ id: person, version, resource: { ...resource, title: 'Boss' }, overManaged: true })
  await scim.patch(`/Users/${person}`, [{ op: 'replace', path: 'title', value: 'Chief' }])
  const log = () => api.requests.page({ filter: [{ field: 'integration', value: slug, isExcluded: false }] })
  await eventually(log, ({ items }) => items.length === 2)
  await api.integrations.delete({ slug })
  const [newest] = (await log()).items
  expect(newest).toMatchObject({ integration: slug, method: 'PATCH', status: 200 })
  expect((await api.requests.changes({ id: newest?.id ?? 0 })).items).toMatchObject([
    { change: { actor: slug, action: 'patch' }, overwritten: [{ attribute: 'title', actor: 'test' }] },
  ])
})

test('while a job works through its directory it cannot be deleted', async () => {
  const { api, engine, slug, scim } = await startApi()
  await scim.create('/Users', user({ userName: 'ana' }))
  const { id } = await engine.conversions.preview({ directoryId: 1, options: parseConversionOptions({}) })
  const { job } = await api.conversions.start({ id })
  await api.jobs.act({ id: job, act: 'pause' })
  const problem = expect.stringMatching(/^Job 1 is paused and works through the directory of "Entra"\./)
  expect(await api.integrations.deletion({ slug })).toMatchObject({ problem })
  await expect(api.integrations.delete({ slug })).rejects.toMatchObject({ code: 'REFUSED', message: problem })
  expect((await scim.get('/Users')).status).toBe(200)
  await api.jobs.act({ id: job, act: 'cancel' })
  await api.integrations.delete({ slug })
})

test('whom a deleted integration acted as can be purged', async () => {
  const { api, slug } = await startApi()
  const { id } = await api.users.create({ resource: user({ userName: 'manager' }), role: 'user-manager' })
  await api.integrations.setPolicy({ slug, changes: {}, administrator: 'manager' })
  await api.integrations.delete({ slug })
  await api.users.archive({ id })
  expect(await api.directories.purgeArchived({})).toMatchObject({ users: 1, kept: 0, hasMore: false })
})
