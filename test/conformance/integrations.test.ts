import { afterAll, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { errorUrn } from '../../src/scim/urn.ts'
import type { Client } from '../client.ts'
import { eventually } from '../eventually.ts'
import { group, user } from '../people.ts'
import { startServer } from '../server.ts'

const server = await startServer()
afterAll(server.stop)

const withStatus =
  (...statuses: readonly number[]) =>
  (answer: { readonly status: number }) =>
    statuses.includes(answer.status)

// A token that is none any more counts as a guess, and too many guesses from one address are slowed with 429.
const isRefused = withStatus(401, 429)

describe('two integrations on one directory', () => {
  test('each sees, filters and clears its own externalId', async () => {
    const entra = server.scim
    const { scim: okta } = await server.createIntegration('Okta', 'okta')
    const id = await entra.create('/Users', user({ externalId: 'entra-1' }))

    expect((await okta.get(`/Users/${id}`)).at('/externalId')).toBeUndefined()
    const set = await okta.patch(`/Users/${id}`, [{ op: 'add', path: 'externalId', value: 'okta-1' }])
    expect(set.at('/externalId')).toBe('okta-1')
    expect((await entra.get(`/Users/${id}`)).at('/externalId')).toBe('entra-1')

    expect((await entra.find('/Users', 'externalId eq "okta-1"')).at('/totalResults')).toBe(0)
    expect((await okta.find('/Users', 'externalId eq "okta-1"')).texts('/id')).toEqual([id])
    expect((await entra.find('/Users', 'externalId eq "entra-1"')).texts('/id')).toEqual([id])

    await okta.patch(`/Users/${id}`, [{ op: 'remove', path: 'externalId' }])
    expect((await entra.get(`/Users/${id}`)).at('/externalId')).toBe('entra-1')
  })

  test('two users may have the same externalId in different integrations', async () => {
    const { scim: ping } = await server.createIntegration('Ping', 'ping')
    const one = await server.scim.create('/Users', user({ externalId: 'same' }))
    const two = await ping.create('/Users', user({ externalId: 'same' }))
    expect((await server.scim.find('/Users', 'externalId eq "same"')).texts('/id')).toEqual([one])
    expect((await ping.find('/Users', 'externalId eq "same"')).texts('/id')).toEqual([two])
  })

  test('groups have an externalId for each, too', async () => {
    const { scim: onelogin } = await server.createIntegration('OneLogin', 'onelogin')
    const id = await server.scim.create('/Groups', { ...group('Both'), externalId: 'g-entra' })
    await onelogin.patch(`/Groups/${id}`, [{ op: 'add', path: 'externalId', value: 'g-onelogin' }])
    expect((await server.scim.get(`/Groups/${id}`)).at('/externalId')).toBe('g-entra')
    expect((await onelogin.get(`/Groups/${id}`)).at('/externalId')).toBe('g-onelogin')
  })

  test('locations are those of the integration that asks', async () => {
    const { scim: google } = await server.createIntegration('Google', 'google')
    const id = await server.scim.create('/Users', user())
    expect((await google.get(`/Users/${id}`)).at('/meta/location')).toBe(`${google.base}/Users/${id}`)
  })

  test('one that has groups switched off learns nothing of them from a filter or an order either', async () => {
    const { scim: bare, slug } = await server.createIntegration('Bare')
    await server.scim.create('/Users', user())
    const id = await server.scim.create('/Users', user())
    const team = await server.scim.create('/Groups', group('Secret', [id]))
    await server.rollcall('integrations', 'policy', slug, '--set', 'groups=false')
    await eventually(() => bare.get(`/Groups/${team}`), withStatus(404))

    const among = async (scim: Client, filter: string) =>
      (await scim.find('/Users', `id eq "${id}" and ${filter}`)).at('/totalResults')
    for (const filter of [`groups.value eq "${team}"`, 'groups[display sw "Secret"]', 'groups pr'])
      expect([filter, await among(bare, filter), await among(server.scim, filter)]).toEqual([filter, 0, 1])
    expect(await among(bare, `not (groups.value eq "${team}")`)).toBe(1)
    expect(await among(bare, `groups.display ne "x"`)).toBe(1)

    const first = (scim: Client) => scim.get('/Users?sortBy=groups.display&count=1')
    expect((await first(server.scim)).texts('/id')).toEqual([id])
    expect((await first(bare)).texts('/id')).not.toEqual([id])
    expect((await bare.post('/.search', { filter: 'groups pr' })).at('/totalResults')).toBe(0)
  })

  test('one that has groups switched off is told so by whatever asks for a group', async () => {
    const { scim: without, slug } = await server.createIntegration('Without groups')
    const team = await server.scim.create('/Groups', group('Unseen'))
    await server.rollcall('integrations', 'policy', slug, '--set', 'groups=false')
    await eventually(() => without.get(`/Groups/${team}`), withStatus(404))

    const rename = [{ op: 'replace', path: 'displayName', value: 'Renamed' }]
    for (const path of [`/Groups/${team}`, '/Groups/was-never-here'])
      for (const answer of [
        await without.get(path),
        await without.put(path, group('Renamed')),
        await without.patch(path, rename),
        await without.delete(path),
      ])
        expect([answer.status, answer.textAt('/detail')]).toEqual([404, expect.stringContaining('switched off')])
    expect((await without.post('/Groups', group('New'))).textAt('/detail')).toContain('switched off')
    expect((await server.scim.get(`/Groups/${team}`)).status).toBe(200)
  })
})

describe('what the administrator does takes effect within a second', () => {
  test('a paused integration answers 503 with Retry-After, and goes on when resumed', async () => {
    const { slug, scim } = await server.createIntegration('Pausing')
    await server.rollcall('integrations', 'pause', slug)
    const paused = await eventually(() => scim.get('/Users'), withStatus(503))
    expect(paused.headers.get('retry-after')).toMatch(/^[1-9]\d*$/)
    expect(paused.body).toMatchObject({ schemas: [errorUrn], status: '503' })
    const write = await scim.post('/Users', user({ userName: 'paused@int.test' }))
    expect(write.status).toBe(503)
    await server.rollcall('integrations', 'resume', slug)
    await eventually(() => scim.get('/Users'), withStatus(200))
    expect((await scim.find('/Users', 'userName eq "paused@int.test"')).at('/totalResults')).toBe(0)
  })

  test('a paused integration tells nothing to a wrong token', async () => {
    const { slug } = await server.createIntegration('Pausing quietly')
    await server.rollcall('integrations', 'pause', slug)
    expect([401, 429]).toContain((await server.client(slug, 'wrong').get('/Users')).status)
  })

  test('a disabled integration lets nobody in until it is enabled', async () => {
    const { slug, scim } = await server.createIntegration('Disabled')
    await server.rollcall('integrations', 'disable', slug)
    await eventually(() => scim.get('/Users'), withStatus(401, 403, 429))
    await server.rollcall('integrations', 'enable', slug)
    await eventually(() => scim.get('/Users'), withStatus(200))
    expect((await server.scim.get('/Users')).status).toBe(200)
  })

  test('a rotated token works at once, and the old one dies within a second', async () => {
    const { slug, scim } = await server.createIntegration('Rotating')
    const { token } = z.looseObject({ token: z.string() }).parse(await server.rollcall('tokens', 'rotate', slug))
    expect((await server.client(slug, token).get('/Users')).status).toBe(200)
    const refused = await eventually(() => scim.get('/Users'), isRefused, 1_000)
    expect(refused.at('/status')).toBe(String(refused.status))
  })

  test('with an overlap, both tokens work', async () => {
    const { slug, scim } = await server.createIntegration('Overlapping')
    const { token } = z
      .looseObject({ token: z.string() })
      .parse(await server.rollcall('tokens', 'rotate', slug, '--overlap', '24h'))
    // The first use of the new one ends the overlap, so the old one goes first.
    expect((await scim.get('/Users')).status).toBe(200)
    expect((await server.client(slug, token).get('/Users')).status).toBe(200)
  })

  test('a revoked token dies', async () => {
    const { slug, scim } = await server.createIntegration('Revoked')
    await server.rollcall('tokens', 'revoke', slug, '--yes')
    const refused = await eventually(() => scim.get('/Users'), isRefused)
    expect(refused.at('/status')).toBe(String(refused.status))
  })
})
