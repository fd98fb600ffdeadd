import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { writePastTraffic } from '../../../test/e2e/past-traffic.ts'
import { createClient } from '../../../test/client.ts'
import { eventually } from '../../../test/eventually.ts'
import { user } from '../../../test/people.ts'
import type { IntegrationStatus } from '../../contract/provisioning.ts'
import { openWriterConnection } from '../store/file/database-files.ts'
import { startApi, type RunningApi } from './api.fixture.ts'

/** The status once everything that was sent is in it. */
function statusWith({ api, slug }: RunningApi, isWanted: (status: IntegrationStatus) => boolean) {
  return eventually(() => api.provisioning.get({ slug }), isWanted)
}

/** What Entra ID announces whatever it does with: lookups of somebody whom nobody is. */
async function announce({ scim }: RunningApi): Promise<void> {
  for (let n = 0; n < 2; n += 1) await scim.find('/Users', `userName eq "${crypto.randomUUID()}"`)
}

test('a cycle is told while it runs, counted, and found again by its number with exactly its requests', async () => {
  const running = await startApi()
  const { api, scim, slug, later } = running
  expect(await api.provisioning.get({ slug })).toMatchObject({ state: 'waiting', running: null, cycles: [] })
  await announce(running)
  for (const name of ['ana', 'bo']) await scim.post('/Users', user({ userName: `${name}@example.com` }))
  await scim.post('/Users', user({ userName: 'ana@example.com' }))
  const status = await statusWith(running, (each) => each.running?.failed === 1)
  expect(status).toMatchObject({
    state: 'degraded',
    idpName: 'Entra ID',
    running: {
      kind: 'initial',
      name: 'Initial cycle',
      endedAt: null,
      requests: 5,
      users: { created: 2 },
      failures: [{ kind: 'conflict', count: 1 }],
    },
    quarantine: { isSuspected: false, failures: 1, judgedFrom: 5000, failuresLeft: 4999 },
    failing: 1,
  })
  expect(status.sentence).toMatch(
    /^Initial cycle from Entra ID, running for (?:\d+|< 1) s: 3 users checked, 2 created, 1 failed · next expected about /,
  )

  later(20 * 60_000)
  const ended = await api.provisioning.get({ slug })
  expect(ended.running).toBeNull()
  const id = ended.cycles[0]?.id ?? 0
  const found = await api.provisioning.cycle({ slug, id })
  expect(found).toMatchObject({ cycle: { id, endedAt: expect.any(Number), lastRequest: id + 4 }, earlier: null })
  await scim.get('/Schemas')
  await eventually(
    () => api.requests.page({}),
    ({ items }) => items.length === 6,
  )
  const { items } = await api.requests.page({ filter: found.filter })
  expect(items.map((each) => each.id)).toEqual([4, 3, 2, 1, 0].map((n) => id + n))
  await expect(api.provisioning.cycle({ slug, id: id + 1 })).rejects.toMatchObject({ code: 'NOT_FOUND' })
})

test('no cycle is expected of an integration that is paused or disabled, and what holds it is told', async () => {
  const running = await startApi()
  const { api, scim, slug } = running
  await announce(running)
  for (const name of ['ana', 'bo']) await scim.create('/Users', user({ userName: `${name}@example.com` }))
  const open = await statusWith(running, (each) => each.running?.users.created === 2)
  expect(open).toMatchObject({ hold: null, nextExpectedAt: expect.any(Number) })
  await api.integrations.setState({ slug, state: 'paused' })
  expect(await api.provisioning.get({ slug })).toMatchObject({ hold: 'paused', nextExpectedAt: null })
  await api.integrations.setState({ slug, state: 'disabled' })
  const disabled = { state: 'stopped', hold: 'disabled', nextExpectedAt: null, overdueSince: null }
  expect(await api.provisioning.get({ slug })).toMatchObject(disabled)
})

test('a clean cycle after a failure does not hide who has not been tried again', async () => {
  const running = await startApi()
  const { api, scim, slug, later } = running
  const at = 'ana@example.com'
  const taken = 'bo@example.com'
  await announce(running)
  const id = await scim.create('/Users', user({ userName: at }))
  await scim.create('/Users', user({ userName: taken }))
  expect((await scim.post('/Users', user({ userName: taken }))).status).toBe(409)
  await statusWith(running, (each) => each.failing === 1)

  later(40 * 60_000)
  await announce(running)
  await scim.find('/Users', `userName eq "${at}"`)
  await scim.patch(`/Users/${id}`, [{ op: 'replace', path: 'title', value: 'Analyst' }])
  await statusWith(running, (each) => each.running?.users.updated === 1)
  later(60 * 60_000)
  const status = await api.provisioning.get({ slug })
  expect(status).toMatchObject({ state: 'healthy', failing: 1 })
  expect(status.sentence).toMatch(/^1 user still fails\. Incremental cycle from Entra ID, ended /)
  expect((await api.overview.integration({ slug })).status.sentence).toBe(status.sentence)
})

test('cycles come in pages, newest first', async () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'rollcall-cycles-'))
  openWriterConnection(dataDir).close()
  writePastTraffic(dataDir, Date.now(), { entra: 'entra', okta: 'okta' })
  const { api, slug } = await startApi({ dataDir })
  const first = await api.provisioning.cycles({ slug, limit: 2 })
  const second = await api.provisioning.cycles({ slug, limit: 2, before: first.next })
  const all = [...first.items, ...second.items]
  expect(all.map((each) => each.kind)).toEqual(['incremental', 'incremental', 'incremental', 'incremental'])
  expect(all.map((each) => each.startedAt)).toEqual(all.map((each) => each.startedAt).toSorted((a, b) => b - a))
  expect(new Set(all.map((each) => each.id)).size).toBe(4)
  const newest = await api.provisioning.cycle({ slug, id: 'newest' })
  expect([newest.cycle.id, newest.earlier]).toEqual([all[0]?.id, all[1]?.id])
  const { items, next } = await api.provisioning.cycles({ slug, limit: 500, before: 400 })
  expect(items.at(-1)?.kind).toBe('initial')
  expect(next).toBeNull()
  await expect(api.provisioning.cycles({ slug: 'nobody' })).rejects.toMatchObject({ code: 'NOT_FOUND' })
})

test('who fails comes with what was answered, what to do, and the request', async () => {
  const running = await startApi()
  const { api, scim, slug } = running
  await scim.post('/Users', user({ userName: '<b>ana</b>@example.com' }))
  const clash = await scim.post('/Users', user({ userName: '<b>ana</b>@example.com' }))
  expect(clash.status).toBe(409)
  await statusWith(running, (each) => each.failing === 1)
  const { items, total, present } = await api.provisioning.failing({ slug })
  expect({ total, present }).toEqual({ total: 1, present: 1 })
  const [failing] = items
  expect(failing).toMatchObject({
    resource: 'user',
    id: null,
    who: '<b>ana</b>@example.com',
    kind: 'conflict',
    status: 409,
    answer: clash.textAt('/detail'),
    isPast: false,
  })
  expect(failing?.advice).not.toBe('')
  expect(failing).toMatchObject({ isHeld: false, nextRetryAt: expect.any(Number) })
  await api.integrations.setState({ slug, state: 'paused' })
  expect((await api.provisioning.failing({ slug })).items[0]).toMatchObject({ isHeld: true, nextRetryAt: null })
  expect(await api.requests.get({ id: failing?.request ?? 0 })).toMatchObject({ status: 409, method: 'POST' })
  expect((await api.provisioning.failing({ slug, page: 2 })).items).toEqual([])
})

test('what is ignored, what never came and what somebody edited by hand is told', async () => {
  const running = await startApi()
  const { api, scim, slug } = running
  const ids: string[] = []
  for (let n = 0; n < 3; n += 1) ids.push(await scim.create('/Users', user({ companyName: 'Contoso' })))
  await statusWith(running, (each) => each.running?.users.created === 3)
  const { sent, missing, isConclusive } = await api.provisioning.mapping({ slug })
  expect(isConclusive).toBe(true)
  expect(sent.filter((each) => each.isIgnored).map((each) => each.path)).toEqual(['companyName'])
  expect(missing.map((each) => each.target)).toContain('externalId')
  expect(missing.map((each) => each.target)).not.toContain('displayName')
  expect(await api.provisioning.repeatedUpdates({ slug })).toEqual([])

  const [id = ''] = ids
  const { resource, version } = await api.users.get({ id })
  await api.users.edit({ id, version, resource: { ...resource, title: 'Analyst' }, overManaged: true })
  expect(await api.provisioning.drift({ slug })).toEqual([
    expect.objectContaining({ resource: 'User', id, attributes: [{ name: 'title', written: null, now: 'Analyst' }] }),
  ])
})

test('the total of the progress is the number that the admin expects, and says so', async () => {
  const running = await startApi()
  const { api, scim, slug } = running
  expect(await api.provisioning.setExpectedUsers({ slug, users: 40 })).toEqual({ expectedUsers: 40 })
  await announce(running)
  for (let n = 0; n < 2; n += 1) await scim.post('/Users', user())
  const status = await statusWith(running, (each) => each.running?.users.created === 2)
  expect(status).toMatchObject({ expectedUsers: 40, progress: { done: 2, total: 40, source: 'expected by you' } })
  await api.provisioning.setExpectedUsers({ slug, users: null })
  expect(await api.provisioning.get({ slug })).toMatchObject({ expectedUsers: null, progress: null })
  await expect(api.provisioning.setExpectedUsers({ slug, users: 0 })).rejects.toMatchObject({ code: 'BAD_REQUEST' })
})

test('the status is sent anew when it has changed', async () => {
  const { api, slug, scim } = await startApi()
  const subscription = crypto.randomUUID()
  const stream = await api.provisioning.watch({ subscription })
  const states: string[] = []
  for await (const { seq, items } of stream) {
    const status = items.at(-1)?.find((each) => each.slug === slug)
    states.push(status?.state ?? '')
    await api.system.acknowledge({ subscription, seq })
    if (states.at(-1) === 'healthy') break
    if (seq === 1) await scim.post('/Users', user())
  }
  expect(states).toEqual(['waiting', 'healthy'])
})

test('a right token at another SCIM URL is a matter of the URL, and so is what is to be done', async () => {
  const running = await startApi()
  const { scim } = running
  const astray = createClient(scim.base.replace(/\/[^/]+\/v2$/, '/elsewhere/v2'), scim.token)
  for (let n = 0; n < 2; n += 1) expect((await astray.get('/Users')).status).toBe(401)
  const status = await statusWith(running, ({ state }) => state === 'degraded')
  expect(status).toMatchObject({ refusals: { count: 2, remedy: 'address' } })
  expect(status.sentence).toMatch(/^2 requests refused since .*: they came to a SCIM URL that is not its own\.$/)
})

test('an identity provider that nobody has named is called so in a table, and otherwise in a sentence', async () => {
  const { api } = await startApi()
  const { slug } = await api.integrations.create({ name: 'Own', idp: 'generic' })
  expect(await api.integrations.get({ slug })).toMatchObject({
    idpName: 'Another SCIM client',
    idpSpoken: 'the identity provider',
  })
  const { sentence } = await api.provisioning.get({ slug })
  expect(sentence).toBe('Waiting for the first request from the identity provider.')
})
