import { expect, test } from 'vitest'
import { createClient } from '../../../test/client.ts'
import { eventually } from '../../../test/eventually.ts'
import { user } from '../../../test/people.ts'
import { startApi, type RunningApi } from './api.fixture.ts'

const okta = { 'user-agent': 'Okta SCIM Client 1.0.0' }
const patient = 5_000

/** The status, once the log holds so many requests. */
async function statusAfter({ api, slug }: RunningApi, requests: number) {
  await eventually(
    () => api.requests.page({}),
    ({ items }) => items.length === requests,
    patient,
  )
  return api.provisioning.get({ slug })
}

test('wrong tokens are refusals also when their address is put off, and are over with the right one', async () => {
  const running = await startApi()
  const { scim, api, slug, later } = running
  await scim.post('/Users', user(), okta)
  const wrong = running.as('rc_wrong')
  const statuses: number[] = []
  for (let n = 0; n < 14; n += 1) statuses.push((await wrong.get('/Users?startIndex=1&count=2', okta)).status)
  expect(statuses.slice(8)).toEqual([401, 401, 429, 429, 429, 429])
  expect(await statusAfter(running, 15)).toMatchObject({
    state: 'degraded',
    sentence: expect.stringMatching(/^14 requests refused since .*: the token is not known here\.$/),
    refusals: { count: 14, remedy: 'token' },
    strangers: null,
  })
  const { items } = await api.requests.page({ filter: [{ field: 'status', value: '429', isExcluded: false }] })
  expect(new Set(items.map(({ classification }) => classification))).toEqual(new Set(['refused: too many bad tokens']))
  later(10 * 60_000)
  expect(await api.provisioning.get({ slug })).toMatchObject({ state: 'degraded', refusals: { count: 14 } })
  await scim.get('/Users?startIndex=1&count=2', okta)
  expect(await statusAfter(running, 16)).toMatchObject({ state: 'healthy', refusals: null })
})

test('another client with wrong tokens is told of, and neither puts an integration into alarm nor seems to be its IdP', async () => {
  const running = await startApi()
  const { scim } = running
  await scim.post('/Users', user(), okta)
  const { lastRequestAt } = await statusAfter(running, 1)
  const stranger = running.as('rc_guessed')
  running.later(60_000)
  for (let n = 0; n < 14; n += 1) await stranger.get('/Users', { 'user-agent': 'curl/8.5.0' })
  const status = await statusAfter(running, 15)
  expect(status).toMatchObject({ state: 'healthy', refusals: null, strangers: { count: 14 }, lastRequestAt })
  expect(status.sentence).toMatch(/ · 14 requests of another client with a wrong token refused$/)
  // What opens nothing any more was the IdP's own, whatever sends it.
  await running.rotate(0)
  for (let n = 0; n < 2; n += 1) await scim.get('/Users', { 'user-agent': 'curl/8.5.0' })
  expect(await statusAfter(running, 17)).toMatchObject({ state: 'degraded', refusals: { count: 2 } })
})

test('a token that has expired says whose it is, also at the SCIM URL that names no integration', async () => {
  const running = await startApi()
  const { endpoint, engine, later } = running
  const token = await running.rotate(0, engine.clock() + 3_600_000)
  const anywhere = createClient(`${endpoint.url}/v2`, token)
  expect((await anywhere.get('/Users')).status).toBe(200)
  later(2 * 3_600_000)
  for (let n = 0; n < 12; n += 1) await anywhere.get('/Users')
  expect(await statusAfter(running, 13)).toMatchObject({
    state: 'stopped',
    hold: 'no token',
    refusals: { count: 12, because: 'the token has expired' },
  })
})
