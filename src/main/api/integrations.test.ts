import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { eventually } from '../../../test/eventually.ts'
import { user } from '../../../test/people.ts'
import { startApi } from './api.fixture.ts'

test('creates an integration whose token works at once and is in no other answer', async () => {
  const { api, endpoint } = await startApi()
  const created = await api.integrations.create({ name: 'Okta staging', idp: 'okta' })
  expect(created).toMatchObject({ slug: 'okta-staging', scimUrl: `${endpoint.url}/okta-staging/v2` })
  const answer = await fetch(`${created.scimUrl}/Users`, { headers: { authorization: `Bearer ${created.token}` } })
  expect(answer.status).toBe(200)
  const everything = JSON.stringify([
    await api.integrations.list(),
    await api.integrations.get({ slug: created.slug }),
    await api.integrations.guide({ slug: created.slug }),
    await api.tokens.list({ slug: created.slug }),
    await api.overview.get(),
    await api.system.status(),
    await api.settings.list(),
  ])
  expect(everything).toContain(created.prefix)
  expect(everything).not.toContain(created.token.slice(created.prefix.length))
})

test('the guide holds the integration’s own URL and never the token', async () => {
  const { api, slug, endpoint, token } = await startApi()
  const guide = await api.integrations.guide({ slug })
  const fields = guide.connect.flatMap((step) => step.fields)
  expect(fields).toContainEqual({ label: 'Tenant URL', value: `${endpoint.url}/${slug}/v2`, kind: 'value' })
  expect(fields).toContainEqual({ label: 'Secret token', value: '', kind: 'secret' })
  expect(JSON.stringify(guide)).not.toContain(token)
})

test('an identity provider in the cloud has no address to come to until a public one is set', async () => {
  const { api, slug } = await startApi()
  const inside = await api.integrations.create({ name: 'Inside', idp: 'generic' })
  const known = async (which: string) => (await api.integrations.guide({ slug: which })).hasAddress
  const attention = async () => (await api.overview.get()).attention.filter(({ kind }) => kind === 'endpoint-private')
  expect([await known(slug), await known(inside.slug)]).toEqual([false, true])
  for (const publicUrl of ['https://127.0.0.1:8443', 'https://localhost', 'http://[::1]:80']) {
    await api.endpoint.configure({ publicUrl })
    expect([publicUrl, await known(slug)]).toEqual([publicUrl, false])
    expect(await attention()).toMatchObject([{ slug }])
  }
  await api.endpoint.configure({ publicUrl: 'https://scim.example.com' })
  expect(await known(slug)).toBe(true)
  expect(await attention()).toEqual([])
})

test('users can be matched by an attribute that is there, and by no other', async () => {
  const { api, slug } = await startApi()
  const matchBy = (matchingAttribute: string) => api.integrations.setPolicy({ slug, changes: { matchingAttribute } })
  const paths = [
    'externalId',
    'emails[type eq "work"].value',
    'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:employeeNumber',
  ]
  for (const path of paths) expect(await matchBy(path)).toMatchObject({ matchingAttribute: path })
  for (const path of ['userNam', 'emails[type eq', 'name..familyName', 'urn:ietf:params:scim:schemas:core:2.0:User'])
    await expect(matchBy(path)).rejects.toMatchObject({
      message: expect.stringContaining('userName, externalId'),
      data: { fields: [{ path: 'matchingAttribute' }] },
    })
  expect((await api.integrations.get({ slug })).policy.matchingAttribute).toBe(paths.at(-1))
})

test('a policy is changed by name, and everything else of it stays', async () => {
  const { api, slug, scim } = await startApi()
  const policy = await api.integrations.setPolicy({ slug, changes: { create: false } })
  expect(policy).toMatchObject({ create: false, update: true, userPatchStatus: 200 })
  expect((await api.integrations.get({ slug })).policy).toEqual(policy)
  await eventually(
    () => scim.post('/Users', user()),
    ({ status }) => status === 403,
  )
})

test('only active local Administrators and User Managers can be acted as', async () => {
  const { api, slug } = await startApi()
  const { id } = await api.users.create({
    resource: user({ userName: 'manager', displayName: 'Mia' }),
    role: 'user-manager',
  })
  await api.users.create({ resource: user({ userName: 'plain' }) })
  expect((await api.integrations.administrators({ slug })).map((each) => each.userName)).toEqual(['admin', 'manager'])
  await api.integrations.setPolicy({ slug, changes: {}, administrator: 'manager' })
  expect((await api.integrations.get({ slug })).administrator).toBe('manager')
  const both = { slug, changes: { delete: false }, administrator: 'plain' }
  await expect(api.integrations.setPolicy(both)).rejects.toMatchObject({
    data: { fields: [{ path: 'administrator' }] },
  })
  expect(await api.integrations.get({ slug })).toMatchObject({ administrator: 'manager', policy: { delete: true } })
  await expect(api.users.archive({ id })).rejects.toMatchObject({ code: 'REFUSED' })
  await api.users.setStanding({ id, active: false })
  expect((await api.integrations.get({ slug })).administratorProblem).toContain('deactivated')
  expect((await api.overview.get()).attention).toContainEqual(expect.objectContaining({ kind: 'administrator', slug }))
})

test('a paused integration is shown as that, with since when', async () => {
  const { api, slug } = await startApi()
  expect(await api.integrations.setState({ slug, state: 'paused' })).toMatchObject({ state: 'paused' })
  expect((await api.overview.integration({ slug })).status).toMatchObject({
    state: 'paused',
    sentence: expect.stringContaining('is told to come back later'),
  })
  expect(await api.integrations.setState({ slug, state: 'resumed' })).toMatchObject({
    state: 'enabled',
    pausedAt: null,
  })
})

test('the old token works until the new one is first used', async () => {
  const { api, slug, scim, as, later } = await startApi()
  expect((await scim.get('/Users')).status).toBe(200)
  const issued = await api.tokens.rotate({ slug, keepOldDays: 3, expiresInDays: 90 })
  expect((await scim.get('/Users')).status).toBe(200)
  const states = async () => (await api.tokens.list({ slug })).map((each) => each.state)
  expect(await states()).toEqual(['active', 'retiring'])
  expect((await as(issued.token).get('/Users')).status).toBe(200)
  await eventually(states, (all) => all[1] === 'void')
  later(91 * 86_400_000)
  expect(await states()).toEqual(['expired', 'void'])
  expect((await api.overview.integration({ slug })).status.state).not.toBe('healthy')
})

test('a token is revoked, and told to be, while the vault cannot be used', async () => {
  const { api, slug, scim, dataDir } = await startApi()
  writeFileSync(join(dataDir, 'vault', 'vault.json'), 'broken')
  expect(await api.tokens.revoke({ slug })).toEqual({ revoked: 1 })
  expect(
    (
      await eventually(
        () => scim.get('/Users'),
        ({ status }) => status === 401,
      )
    ).status,
  ).toBe(401)
})

test('a revoked token leaves none, and that needs attention', async () => {
  const { api, slug } = await startApi()
  expect(await api.tokens.revoke({ slug })).toEqual({ revoked: 1 })
  expect((await api.integrations.get({ slug })).token).toBeNull()
  expect((await api.overview.get()).attention).toContainEqual({ kind: 'no-token', slug, name: 'Entra' })
})

test('a token that grows old is announced a week before it is due', async () => {
  const { api, slug, later } = await startApi()
  const kinds = async () => (await api.overview.get()).attention.map((each) => each.kind)
  expect(await kinds()).not.toContain('token-due')
  later(84 * 86_400_000)
  expect(await kinds()).toContain('token-due')
  await api.settings.set({ name: 'rotation-days', value: '365' })
  expect(await kinds()).not.toContain('token-due')
  expect((await api.tokens.list({ slug }))[0]?.state).toBe('active')
})

test('a name is changed and nothing else; one that cannot be is refused at its field', async () => {
  const { api, slug, scim } = await startApi()
  await api.integrations.create({ name: 'Okta', idp: 'okta' })
  const before = await api.integrations.get({ slug })
  expect(await api.integrations.rename({ slug, name: ' Entra production ' })).toMatchObject({
    slug,
    name: 'Entra production',
    scimUrl: before.scimUrl,
  })
  expect((await scim.get('/Users')).status).toBe(200)
  await expect(api.integrations.rename({ slug, name: 'OKTA' })).rejects.toMatchObject({
    code: 'REFUSED',
    data: { fields: [{ path: 'name', problem: expect.stringContaining('has that name already') }] },
  })
  await expect(api.integrations.rename({ slug, name: ' ' })).rejects.toMatchObject({ code: 'BAD_REQUEST' })
  for (const name of ['\u200B', 'a\tb', 'a\u0000b'])
    await expect(api.integrations.rename({ slug, name })).rejects.toMatchObject({
      data: { fields: [{ path: 'name' }] },
    })
  await expect(api.integrations.rename({ slug, name: 'x'.repeat(201) })).rejects.toMatchObject({ code: 'BAD_REQUEST' })
  expect((await api.integrations.get({ slug })).name).toBe('Entra production')
})
