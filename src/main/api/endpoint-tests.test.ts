import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import type { TestResult, TestRunView, TestStanding, WantedTest } from '../../contract/endpoint-tests.ts'
import { freePort } from '../../../test/free-port.ts'
import { startFaultyEndpoint, type Fault, type SeenRequest } from '../diagnosis/faulty-endpoint.fixture.ts'
import { startApi, type RunningApi } from './api.fixture.ts'

type Api = RunningApi['api']

const check: WantedTest = { kind: 'check' }
const entra: WantedTest = { kind: 'simulation', idp: 'entra', users: 3, groups: 1, seed: null, keep: false }

/** All that the stream says until the run is over. */
async function followed(api: Api): Promise<readonly TestStanding[]> {
  const subscription = crypto.randomUUID()
  const told: TestStanding[] = []
  for await (const { seq, items } of await api.endpointTests.follow({ subscription })) {
    await api.system.acknowledge({ subscription, seq })
    told.push(...items)
    const state = items.at(-1)?.run?.state
    if (state !== undefined && state !== 'running' && state !== 'removing') return told
  }
  throw new Error('the stream ended')
}

async function ended(api: Api): Promise<TestRunView> {
  const run = (await followed(api)).at(-1)?.run
  if (!run) throw new Error('there is no run')
  return run
}

async function resultOf(api: Api, url: string, token: string, wanted: WantedTest): Promise<TestResult> {
  const { id } = await api.endpointTests.begin({ url, token, test: wanted })
  const { state, problem } = await ended(api)
  if (state !== 'done') throw new Error(`it ended as ${state}: ${problem}`)
  return api.endpointTests.result({ id })
}

async function everybody({ scim }: RunningApi): Promise<readonly unknown[]> {
  const [users, groups] = [await scim.get('/Users?count=0'), await scim.get('/Groups?count=0')]
  return [users.at('/totalResults'), groups.at('/totalResults')]
}

test('a check of this very server passes, leaves nothing, and its report is the one of the command line', async () => {
  const files: string[] = []
  const running: RunningApi = await startApi({
    askWhereToSave: (name) => Promise.resolve(join(running.dataDir, files[files.push(name) - 1] ?? '')),
  })
  const { api, scim, token } = running
  const result = await resultOf(api, `${scim.base}/`, token, check)
  expect(result).toMatchObject({
    kind: 'check',
    url: scim.base,
    look: 'passed',
    verdict: 'The endpoint does what it must, and what it should.',
    counts: { failed: 0, warnings: 0, skipped: 0 },
    leftBehind: [],
  })
  expect(await everybody(running)).toEqual([0, 0])
  const saved = await api.endpointTests.saveReport({ id: result.id })
  expect(files).toEqual([expect.stringMatching(/^scim-check-127\.0\.0\.1-[\d-]+\.html$/)])
  const page = readFileSync(saved.kind === 'written' ? saved.file : '', 'utf8')
  expect(page).toContain('The endpoint does what it must, and what it should.')
  expect(page).toContain('Bearer [token]')
  expect(page).not.toContain(token)
})

test('a simulation names what is wrong, with what was sent, what came back and what follows; the last of each kind is kept', async () => {
  const running = await startApi()
  const { api, scim, token } = running
  const passed = await resultOf(api, scim.base, token, { ...entra, idp: 'okta' })
  expect(passed).toMatchObject({ look: 'passed', idpName: 'Okta', test: { users: 3, groups: 1 } })
  const { url } = await startFaultyEndpoint(scim.base, ({ method, text }) =>
    method === 'PATCH' && text.includes('"active"') ? { status: 400, text: '{"detail":"<b>no</b>"}' } : undefined,
  )
  const result = await resultOf(api, url, token, { ...entra, seed: 42 })
  if (result.kind !== 'simulation') throw new Error('it is no simulation')
  expect(result).toMatchObject({ look: 'failed', idpName: 'Entra ID', test: { seed: 42 }, kept: 0, leftBehind: [] })
  expect(result.problems.find(({ kind }) => kind === 'disable user')).toMatchObject({
    request: expect.stringMatching(/^PATCH http.*"active"/s),
    seen: '400: <b>no</b>',
    consequence: expect.stringContaining('escrow'),
  })
  expect(result.requests.find(({ kind }) => kind === 'create user')).toMatchObject({ count: 3, failures: 0 })
  const { results } = (await followed(api))[0] ?? {}
  expect(results?.map(({ name, look }) => [name, look])).toEqual([
    ['entra', 'failed'],
    ['okta', 'passed'],
  ])
  const again = await resultOf(api, scim.base, token, { ...entra, keep: true })
  expect(again).toMatchObject({ look: 'passed', kept: 4 })
  await expect(api.endpointTests.result({ id: result.id })).rejects.toThrow('not kept any more')
  await expect(api.endpointTests.saveReport({ id: again.id })).rejects.toThrow('checks alone')
  expect(await everybody(running)).toEqual([3, 1])
})

test.each([
  ['a check', check],
  ['a simulation', entra],
])('%s that is cancelled removes what it has made, and makes way for the next', async (_, wanted) => {
  const running = await startApi()
  const { api, scim, token } = running
  const refused: Promise<unknown>[] = []
  let isFirst = true
  const { url } = await startFaultyEndpoint(scim.base, ({ method }) => {
    if (method === 'PATCH' && isFirst) {
      isFirst = false
      refused.push(api.endpointTests.begin({ url, token, test: check }).catch((error: unknown) => error))
      void api.endpointTests.cancel()
    }
    return undefined
  })
  const { id } = await api.endpointTests.begin({ url, token, test: wanted })
  expect(await ended(api)).toMatchObject({ id, state: 'done', isCancelled: true })
  expect(await api.endpointTests.result({ id })).toMatchObject({
    look: 'warning',
    verdict: expect.stringMatching(/^Interrupted/),
    leftBehind: [],
  })
  expect(await everybody(running)).toEqual([0, 0])
  expect(await Promise.all(refused)).toEqual([
    expect.objectContaining({ code: 'REFUSED', message: expect.stringMatching(/^Another test is under way/) }),
  ])
  expect((await resultOf(api, url, token, { ...entra, groups: 0 })).look).toBe('passed')
  await api.endpointTests.cancel()
})

test('the token is in nothing that is sent, also where the endpoint repeats it', async () => {
  const { api, bugs, scim, token } = await startApi()
  const echo = ({ method, headers, path }: SeenRequest): Fault | undefined =>
    method === 'PATCH' || path.startsWith('/Schemas')
      ? { status: 400, text: JSON.stringify({ detail: headers.authorization }), headers: { 'x-seen': token } }
      : undefined
  const { url } = await startFaultyEndpoint(scim.base, echo)
  const refuses = await startFaultyEndpoint(scim.base, () => ({ status: 401, text: `Not ${token}` }))
  const sent: unknown[] = []
  async function run(at: string, wanted: WantedTest): Promise<void> {
    const { id } = await api.endpointTests.begin({ url: at, token, test: wanted })
    sent.push(await followed(api), await api.endpointTests.result({ id }).catch((error: unknown) => error))
  }
  await run(url, check)
  await run(url, entra)
  expect(JSON.stringify(sent)).toContain('[token]')
  await run(refuses.url, check)
  await run(refuses.url, entra)
  for (const wrong of [`Bearer ${token}`, `${token} ${token}`, token.repeat(1000)])
    sent.push(await api.endpointTests.begin({ url, token: wrong, test: check }).catch((error: unknown) => error))
  const text = JSON.stringify(sent, (_, value: unknown) =>
    value instanceof Error ? [value.message, Object.entries(value)] : value,
  )
  expect(text).toContain('Leave \\"Bearer \\" out of the token')
  expect(text).not.toContain(token)
  expect(bugs).toEqual([])
})

test('what cannot be tested at all is one sentence, and no result', async () => {
  const { api, scim, token } = await startApi()
  const page = { status: 200, text: '<html>Sign in</html>', headers: { 'content-type': 'text/html' } }
  const html = await startFaultyEndpoint(scim.base, () => page)
  const moved = await startFaultyEndpoint(scim.base, () => ({ status: 302, headers: { location: '/login' } }))
  const cases: readonly (readonly [string, string, RegExp])[] = [
    [scim.base, 'rc_wrong', /refuses the token/],
    [html.url, token, /web page/],
    [moved.url, token, /redirects to \/login/],
    [`http://127.0.0.1:${await freePort()}`, token, /Nothing listens/],
  ]
  for (const wanted of [check, entra])
    for (const [url, secret, sentence] of cases) {
      await api.endpointTests.begin({ url, token: secret, test: wanted })
      expect(await ended(api)).toMatchObject({ state: 'unusable', problem: expect.stringMatching(sentence) })
    }
  expect((await followed(api)).at(-1)?.results).toEqual([])
})

test('says which field is wrong before anything is sent', async () => {
  const { api, token } = await startApi()
  const url = 'http://127.0.0.1:1/scim'
  const cases: readonly (readonly [string, string, WantedTest, string])[] = [
    ['scim.example.com', token, check, 'url'],
    ['ftp://scim.example.com', token, check, 'url'],
    [`${url}?aadOptscim062020`, token, check, 'url'],
    ['http://me:you@127.0.0.1:1/scim', token, check, 'url'],
    [url, '  ', check, 'token'],
    [url, 'Bearer x', check, 'token'],
    [url, token, { ...entra, users: 10_001 }, 'users'],
    [url, token, { ...entra, groups: 1001 }, 'groups'],
    [url, token, { ...entra, seed: 1_000_000_000 }, 'seed'],
  ]
  for (const [at, secret, wanted, path] of cases)
    await expect(api.endpointTests.begin({ url: at, token: secret, test: wanted })).rejects.toMatchObject({
      code: 'REFUSED',
      data: { fields: [{ path }] },
    })
  await expect(api.endpointTests.begin({ url, token, test: { ...entra, idp: 'generic' } })).rejects.toThrow('played')
  expect((await api.endpointTests.choices()).idps.map(({ id }) => id)).toEqual(['entra', 'okta'])
})

test('the end of the server ends a test, which removes what it has made', async () => {
  const tested = await startApi()
  const testing = await startApi()
  let closed: Promise<void> | undefined
  const { url } = await startFaultyEndpoint(tested.scim.base, ({ method }) => {
    if (method === 'PATCH') closed ??= testing.endpoint.close()
    return undefined
  })
  const { id } = await testing.api.endpointTests.begin({ url, token: tested.token, test: entra })
  expect(await ended(testing.api)).toMatchObject({ state: 'done' })
  expect((await testing.api.endpointTests.result({ id })).verdict).toMatch(/^Interrupted/)
  await closed
  expect(closed).toBeDefined()
  expect(await everybody(tested)).toEqual([0, 0])
})
