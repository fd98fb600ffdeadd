import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { eventually } from '../../../test/eventually.ts'
import { user } from '../../../test/people.ts'
import type { Request } from '../../contract/requests.ts'
import { batchesInFlight } from '../../contract/stream.ts'
import { startApi, type RunningApi } from './api.fixture.ts'
import { logged, patienceMs, terms } from './requests.fixture.ts'

/** What a filter finds once everything that was sent is in the log, oldest first. */
async function found({ api }: RunningApi, text: string): Promise<readonly string[]> {
  const { items } = await api.requests.page({ filter: terms(text) })
  return items.map((each) => `${each.method} ${each.classification} ${each.subject ?? ''}`.trim()).toReversed()
}

test('the filter finds by status, method, person, purpose, path, and leaves out what has a minus', async () => {
  const running = await startApi()
  const { scim, as } = running
  const ana = await scim.create('/Users', user({ userName: 'ana@example.com', displayName: 'Ana Moss' }))
  await scim.find('/Users', 'userName eq "bo@example.com"')
  await scim.patch(`/Users/${ana}`, [{ op: 'replace', path: 'active', value: false }])
  await scim.post('/Users', user({ userName: 'ana@example.com' }))
  await scim.get('/Schemas')
  await as('rc_wrong').get('/Users')
  await logged(running, 6)
  expect(await found(running, 'status:4xx')).toEqual([
    'POST create user (conflict) ana@example.com',
    'GET refused: bad token',
  ])
  expect(await found(running, 'status:401')).toEqual(['GET refused: bad token'])
  expect(await found(running, 'method:patch')).toEqual(['PATCH disable user ana@example.com'])
  expect(await found(running, 'user:moss')).toEqual([
    'POST create user ana@example.com',
    'PATCH disable user ana@example.com',
  ])
  expect(await found(running, 'user:bo@')).toEqual(['GET user match lookup (no match) bo@example.com'])
  expect(await found(running, 'op:"disable user"')).toEqual(['PATCH disable user ana@example.com'])
  expect(await found(running, 'path:/Schemas')).toEqual(['GET read schemas'])
  expect(await found(running, '-path:/Users')).toEqual(['GET read schemas'])
  expect(await found(running, 'integration:entra method:GET')).toEqual([
    'GET user match lookup (no match) bo@example.com',
    'GET read schemas',
    'GET refused: bad token',
  ])
  expect(await found(running, 'conflict -method:GET status:4xx')).toEqual([
    'POST create user (conflict) ana@example.com',
  ])
  expect(await found(running, '"already taken"')).toEqual(['POST create user (conflict) ana@example.com'])
  expect(await found(running, '-"already taken" method:POST')).toEqual(['POST create user ana@example.com'])
  expect(await found(running, 'since:1h')).toHaveLength(6)
  expect(await found(running, '-since:1h')).toEqual([])
  expect(await running.api.requests.count({ filter: terms('method:GET') })).toEqual({
    count: 3,
    isExact: true,
    total: 6,
  })
})

test('a lookup is about the name it sought, with a backslash that is escaped and with one that is not', async () => {
  const running = await startApi()
  await running.scim.find('/Users', String.raw`userName eq "CORP\\jim"`)
  await running.scim.find('/Users', String.raw`userName eq "CORP\jim"`)
  await logged(running, 2)
  const lookup = String.raw`GET user match lookup (no match) CORP\jim`
  expect(await found(running, 'method:GET')).toEqual([lookup, lookup])
})

test('a header of another kind than Bearer is told by its kind, and shown no further', async () => {
  const running = await startApi()
  const headers = { authorization: `Basic ${Buffer.from('entra:secret').toString('base64')}` }
  await running.scim.get('/Users', headers)
  await running.scim.get('/Users', { authorization: 'c2VjcmV0' })
  const [second, first] = await logged(running, 2)
  const sentences = async (id = 0) => JSON.stringify((await running.api.requests.get({ id })).content?.trace)
  expect(await sentences(first?.id)).toContain(String.raw`not of the kind \"Bearer\" but of \"Basic\"`)
  expect(await sentences(second?.id)).toContain('The Authorization header is there, but is not the word Bearer')
  expect(await sentences(second?.id)).not.toContain('c2VjcmV0')
})

test('a creation that failed is found by the name in it, and keeps it as a pin', async () => {
  const running = await startApi()
  const { api, scim } = running
  await scim.create('/Groups', { displayName: 'Sales' })
  await scim.post('/Users', { ...user({ userName: 'Zoe@example.com' }), active: 'maybe' })
  await scim.post('/Users', { emails: [] })
  await scim.post('/Groups', { DisplayName: 'sales' })
  await logged(running, 4)
  const zoe = 'POST create user (invalid) Zoe@example.com'
  expect(await found(running, 'user:zoe@')).toEqual([zoe])
  expect(await found(running, '-user:zoe@ method:POST op:"create user"')).toEqual(['POST create user (invalid)'])
  expect(await found(running, 'group:sales')).toEqual(['POST create group Sales', 'POST create group (conflict) sales'])
  const [failed] = (await api.requests.page({ filter: terms('user:zoe@') })).items
  await api.requests.pin({ id: failed?.id ?? 0 })
  expect(await found(running, 'is:pinned')).toEqual([zoe])
})

test('one request says why it was answered so', async () => {
  const running = await startApi()
  const { api, as } = running
  const answer = await as('rc_wrong').get('/Users')
  await logged(running, 1)
  const detail = await api.requests.get({ id: answer.headers.get('x-request-id') ?? '' })
  expect(detail.status).toBe(401)
  expect(detail.content?.trace.map(({ kind }) => kind)).toEqual(['failed', 'failed'])
  expect(detail.content?.trace[0]?.sentence).toContain('The token is shorter')
  expect(JSON.stringify(detail)).not.toContain('rc_wrong')
})

test('a stream tells what comes, and one that is opened again goes on behind the last', async () => {
  const running = await startApi()
  const { api, scim } = running
  const subscription = crypto.randomUUID()
  const first = await api.requests.follow({ subscription, after: 0 })
  await scim.get('/Users')
  const { value: batch, done } = await first.next()
  if (done === true) throw new Error('the stream ended')
  expect(batch).toMatchObject({ seq: 1, dropped: 0, items: [{ method: 'GET' }] })
  await api.system.acknowledge({ subscription, seq: batch.seq })
  await first.return?.()
  await scim.get('/Groups')
  await logged(running, 2)
  const second = await api.requests.follow({ subscription: crypto.randomUUID(), after: batch.position })
  expect((await second.next()).value).toMatchObject({ seq: 1, items: [{ endpoint: 'Groups' }] })
  await second.return?.()
})

test('a client that does not acknowledge gets no more than the credit', async () => {
  const running = await startApi()
  const { api, scim } = running
  const subscription = crypto.randomUUID()
  const gone = new AbortController()
  const stream = await api.requests.follow({ subscription, after: 0 }, { signal: gone.signal })
  const batches: { readonly seq: number; readonly items: readonly Request[] }[] = []
  const reading = (async () => {
    for await (const batch of stream) batches.push(batch)
  })()
  for (let sent = 0; sent < batchesInFlight + 3; sent += 1) {
    await scim.get('/Users')
    await logged(running, sent + 1)
    if (sent < batchesInFlight) {
      const wanted = sent + 1
      await eventually(
        () => Promise.resolve(batches.length),
        (length) => length === wanted,
        patienceMs,
      )
    }
  }
  expect(batches).toHaveLength(batchesInFlight)
  await api.system.acknowledge({ subscription, seq: 1 })
  await eventually(
    () => Promise.resolve(batches.flatMap((each) => each.items).length),
    (length) => length === batchesInFlight + 3,
    patienceMs,
  )
  expect(batches).toHaveLength(batchesInFlight + 1)
  gone.abort()
  await reading
})

test('a file for the desktop holds what is filtered, and is for its owner alone', async () => {
  const directory = mkdtempSync(join(tmpdir(), 'rollcall-saved-'))
  onTestFinished(() => rmSync(directory, { recursive: true }))
  const asked: string[] = []
  const running = await startApi({
    askWhereToSave: (name) => {
      asked.push(name)
      return Promise.resolve(asked.length === 3 ? undefined : join(directory, name))
    },
  })
  const { api, scim } = running
  await scim.get('/Users')
  await scim.get('/Groups')
  await logged(running, 2)
  const har = await api.requests.save({ format: 'har', filter: terms('path:/Groups') })
  if (har.kind !== 'written') throw new Error('no file was written')
  expect(har.file).toMatch(/rollcall-requests-\d{4}-\d\d-\d\d-\d\d-\d\d\.har$/)
  expect(statSync(har.file).mode & 0o777).toBe(0o600)
  const { log }: { readonly log: { readonly entries: readonly unknown[] } } = JSON.parse(readFileSync(har.file, 'utf8'))
  expect(log.entries).toHaveLength(1)
  const lines = await api.requests.save({ format: 'ndjson', filter: [] })
  if (lines.kind !== 'written') throw new Error('no file was written')
  expect(readFileSync(lines.file, 'utf8').trim().split('\n')).toHaveLength(2)
  expect(await api.requests.save({ format: 'har', filter: [] })).toEqual({ kind: 'cancelled' })
})

test('a file that nobody waits for any longer leaves the one before as it is', async () => {
  const directory = mkdtempSync(join(tmpdir(), 'rollcall-saved-'))
  onTestFinished(() => rmSync(directory, { recursive: true }))
  const file = join(directory, 'requests.har')
  writeFileSync(file, 'as it was yesterday')
  const gone = new AbortController()
  const { api } = await startApi({
    askWhereToSave: () => {
      gone.abort()
      return Promise.resolve(file)
    },
  })
  await expect(api.requests.save({ format: 'har', filter: [] }, { signal: gone.signal })).rejects.toMatchObject({
    name: 'AbortError',
  })
  expect(readFileSync(file, 'utf8')).toBe('as it was yesterday')
  expect(readdirSync(directory)).toEqual(['requests.har'])
})

test('the overview sums up what came, refusals without a valid token included', async () => {
  const running = await startApi()
  const { api, scim, as, slug } = running
  expect((await api.overview.integration({ slug })).status.state).toBe('waiting')
  await scim.create('/Users', user())
  await logged(running, 1)
  expect(await api.overview.integration({ slug })).toMatchObject({
    status: { state: 'healthy', running: { users: { created: 1 } } },
    traffic: { requests: 1, failures: 0, userChanges: 1 },
  })
  await api.tokens.rotate({ slug, keepOldDays: null, expiresInDays: null })
  await eventually(
    () => scim.get('/Users'),
    ({ status }) => status === 401,
  )
  await as('rc_other').get('/Users')
  await as('rc_other').get('/Users')
  const { buckets } = await eventually(
    () => api.overview.activity({}),
    (activity) => activity.buckets.reduce((sum, each) => sum + each.failures, 0) >= 2,
  )
  expect(buckets).toHaveLength(24)
  expect(buckets.at(-1)?.userChanges).toBe(1)
  const { status, traffic } = await api.overview.integration({ slug })
  expect(status).toMatchObject({ state: 'degraded', sentence: expect.stringContaining('refused since') })
  expect(traffic.failingBecause).toContain('The token is shorter')
  const yesterday = Date.now() - 86_400_000
  const days = await api.overview.activity({ days: [yesterday - 86_400_000, yesterday] })
  expect(days.buckets).toMatchObject([
    { at: yesterday - 86_400_000, requests: 0 },
    { at: yesterday, userChanges: 1 },
  ])
})

test('the endpoint is stopped and started at the same address, and that is told', async () => {
  const { api, scim, endpoint } = await startApi()
  const subscription = crypto.randomUUID()
  const watch = await api.system.watch({ subscription })
  expect((await watch.next()).value).toMatchObject({ items: [{ endpoint: { state: 'listening', url: endpoint.url } }] })
  expect(await api.system.stopEndpoint()).toMatchObject({ state: 'stopped', url: endpoint.url })
  await expect(scim.get('/Users')).rejects.toThrow('fetch failed')
  expect((await watch.next()).value).toMatchObject({ items: [{ endpoint: { state: 'stopped' } }] })
  expect(await api.system.startEndpoint()).toMatchObject({ state: 'listening', url: endpoint.url })
  expect((await scim.get('/Users')).status).toBe(200)
  await watch.return?.()
})
