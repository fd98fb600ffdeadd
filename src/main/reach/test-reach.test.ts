import { mkdtempSync, rmSync } from 'node:fs'
import { createServer, request as forward, type RequestListener } from 'node:http'
import { createServer as createTlsServer } from 'node:https'
import { createServer as createPlainServer, type AddressInfo, type Server } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, onTestFinished, test } from 'vitest'
import { hasOpenssl, makeCertificate, type CertificateFiles } from '../../../test/certificate.ts'
import { freePort } from '../../../test/free-port.ts'
import { startApi, type RunningApi } from '../api/api.fixture.ts'
import { createReachGate } from './reach-gate.ts'
import { testReach } from './test-reach.ts'

async function listening(server: Server): Promise<number> {
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve)
  })
  onTestFinished(() => void server.close())
  const address: AddressInfo | string | null = server.address()
  if (typeof address !== 'object' || !address) throw new Error('the system picked no port')
  return address.port
}

const serve = async (answer: RequestListener) => `http://127.0.0.1:${await listening(createServer(answer))}`

/** A reverse proxy in front of the endpoint, which may change headers or answers on the way. */
function proxyTo(
  port: number,
  change: { readonly withoutToken?: boolean; readonly under?: string; readonly body?: string } = {},
): RequestListener {
  return (request, response) => {
    const { authorization: _, ...others } = request.headers
    const path = (request.url ?? '').replace(change.under ?? '', '')
    const headers = change.withoutToken === true ? others : request.headers
    request.pipe(
      forward({ host: '127.0.0.1', port, method: request.method, path, headers }, (answer) => {
        response.writeHead(answer.statusCode ?? 500, change.body === undefined ? answer.headers : {})
        if (change.body === undefined) answer.pipe(response)
        else response.end(change.body)
      }),
    )
  }
}

async function tested(running: RunningApi, publicUrl: string) {
  await running.api.endpoint.configure({ publicUrl })
  return running.api.endpoint.testReach()
}

test('a proxy that leads here is found to do so, and nothing of the test opens anything', async () => {
  const running = await startApi()
  const tokens: string[] = []
  const pass = proxyTo(running.port)
  const url = await serve((request, response) => {
    tokens.push(`${request.url} ${request.headers.authorization}`)
    pass(request, response)
  })
  const report = await tested(running, url)
  expect(report).toMatchObject({ url, failure: null, nextStep: null })
  expect(report.steps.map(({ step, state }) => [step, state])).toEqual([
    ['address', 'remark'],
    ['name', 'remark'],
    ['connection', 'ok'],
    ['answer', 'ok'],
  ])
  const [target = '', bearer = ''] = tokens[0]?.split(' Bearer ') ?? []
  for (const path of [target, '/scim/v2/Users'])
    expect((await fetch(url + path, { headers: { authorization: `Bearer ${bearer}` } })).status).toBe(401)
  expect(await running.api.endpoint.lastReach()).toEqual(report)
  await expect.poll(async () => (await running.api.requests.page({ filter: [] })).items.length).toBeGreaterThan(2)
  for (const { id } of (await running.api.requests.page({ filter: [] })).items)
    expect(JSON.stringify(await running.api.requests.get({ id }))).not.toContain(bearer)
})

test('a path below which a proxy publishes the endpoint is kept', async () => {
  const running = await startApi()
  const url = await serve(proxyTo(running.port, { under: '/rollcall' }))
  expect(await tested(running, `${url}/rollcall`)).toMatchObject({ failure: null })
})

test.each([
  ['token-removed', { withoutToken: true }, /token was taken away/],
  ['other-server', { body: '{"proof":"another"}' }, /changed on its way back/],
] as const)('%s: a proxy that changes what passes is found out', async (failure, change, sentence) => {
  const running = await startApi()
  const report = await tested(running, await serve(proxyTo(running.port, change)))
  expect(report.failure).toBe(failure)
  expect(report.steps.at(-1)).toMatchObject({
    step: 'answer',
    state: 'failed',
    sentence: expect.stringMatching(sentence),
  })
})

test.each<readonly [string, number, Readonly<Record<string, string>>, string, RegExp]>([
  ['redirect', 302, { location: 'https://login.example.com/' }, '', /login\.example\.com/],
  ['page', 200, { 'content-type': 'text/html' }, '<title>Tunnel not\u202e found</title>', /Tunnel not found/],
  ['page', 404, { 'content-type': 'text/html' }, '<!doctype html><title>Welcome to nginx</title>', /Welcome to nginx/],
  ['unauthorized', 401, {}, '{}', /401/],
  ['path', 404, {}, '{}', /404/],
  ['proxy-error', 502, { 'content-type': 'text/html' }, '<h1>Bad gateway</h1>', /502/],
  ['other-server', 200, { 'content-type': 'application/json' }, '{"resources":[]}', /200/],
])('%s: what answers in our place is named (%i)', async (failure, status, headers, body, sentence) => {
  const running = await startApi()
  const url = await serve((_request, response) => void response.writeHead(status, headers).end(body))
  const report = await tested(running, url)
  expect(report).toMatchObject({ failure, nextStep: expect.stringMatching(/^[A-Z].*\.$/) })
  expect(report.steps.at(-1)?.sentence).toMatch(sentence)
})

test('another Rollcall is not taken for this one', async () => {
  const running = await startApi()
  const other = await startApi()
  expect(await tested(running, `http://127.0.0.1:${other.port}`)).toMatchObject({ failure: 'unauthorized' })
})

test('nothing set, nothing listening, an unknown name and a refused connection are told apart', async () => {
  const running = await startApi()
  expect(await running.api.endpoint.testReach()).toMatchObject({ failure: 'no-public-url', url: null })
  expect(await tested(running, 'https://scim.nowhere.invalid')).toMatchObject({ failure: 'dns' })
  expect(await tested(running, `http://127.0.0.1:${await freePort()}`)).toMatchObject({ failure: 'refused' })
  await running.api.system.stopEndpoint()
  expect(await running.api.endpoint.testReach()).toMatchObject({ failure: 'endpoint-stopped' })
})

test('what never answers is given up in time; what hangs up is told', async () => {
  const parts = { gate: createReachGate(Date.now), isListening: () => true, clock: Date.now, timeoutMs: 200 }
  const silent = createPlainServer(() => undefined)
  const port = await listening(silent)
  expect(await testReach({ ...parts, publicUrl: () => `http://127.0.0.1:${port}` })).toMatchObject({
    failure: 'timeout',
  })
  const rude = await listening(createPlainServer((socket) => socket.destroy()))
  expect(await testReach({ ...parts, publicUrl: () => `http://127.0.0.1:${rude}` })).toMatchObject({
    failure: 'cut-off',
  })
})

describe.skipIf(!hasOpenssl)('certificates (need openssl)', () => {
  function certificate(options: Parameters<typeof makeCertificate>[1] = {}): CertificateFiles {
    const folder = mkdtempSync(join(tmpdir(), 'rollcall-reach-'))
    onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
    return makeCertificate(folder, options)
  }

  async function through({ certPem, keyPem }: CertificateFiles, scheme = 'https') {
    const port = await listening(
      createTlsServer({ cert: certPem, key: keyPem }, (_request, response) => void response.end()),
    )
    return testReach({
      gate: createReachGate(Date.now),
      publicUrl: () => `${scheme}://127.0.0.1:${port}`,
      isListening: () => true,
      clock: Date.now,
      ca: certPem,
    })
  }

  test('one that nobody vouches for is named, with whoever made it', async () => {
    const running = await startApi()
    const { certPem, keyPem } = certificate({ commonName: 'scim.example.com' })
    const port = await listening(createTlsServer({ cert: certPem, key: keyPem }, proxyTo(running.port)))
    const report = await tested(running, `https://127.0.0.1:${port}`)
    expect(report.failure).toBe('tls-untrusted')
    expect(report.steps.at(-1)?.sentence).toContain('“scim.example.com”')
  })

  test('one that has ended, one for another name, and none at all are told apart', async () => {
    expect(await through(certificate({ days: -3 }))).toMatchObject({ failure: 'tls-expired' })
    expect(await through(certificate({ altName: 'DNS:other.example.com' }))).toMatchObject({ failure: 'tls-name' })
    const plain = await listening(createServer((_request, response) => void response.end()))
    expect(
      await testReach({
        gate: createReachGate(Date.now),
        publicUrl: () => `https://127.0.0.1:${plain}`,
        isListening: () => true,
        clock: Date.now,
      }),
    ).toMatchObject({ failure: 'tls-protocol' })
  })

  test('a good one is told with its end', async () => {
    const report = await through(certificate({ days: 3 }))
    expect(report.steps.find((each) => each.step === 'certificate')).toMatchObject({
      state: 'remark',
      sentence: expect.stringContaining('Renew it soon'),
    })
  })
})
