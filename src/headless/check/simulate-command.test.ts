import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { text } from 'node:stream/consumers'
import { afterAll, afterEach, expect, test } from 'vitest'
import { z } from 'zod'
import { hasOpenssl, makeCertificate } from '../../../test/certificate.ts'
import { program, runCommand } from '../../../test/command-line.ts'
import { freePort } from '../../../test/free-port.ts'
import { startServer } from '../../../test/server.ts'
import { startFaultyEndpoint, type Fault, type SeenRequest } from '../../main/diagnosis/faulty-endpoint.fixture.ts'
import { commandLine } from '../command.fixture.ts'

const Report = z.object({
  ok: z.boolean(),
  outcome: z.string(),
  seed: z.number(),
  requests: z.array(z.object({ kind: z.string(), count: z.number(), failures: z.number() })),
  waits: z.number(),
  problems: z.array(z.object({ kind: z.string(), code: z.string(), seen: z.string(), consequence: z.string() })),
  leftBehind: z.array(z.object({ endpoint: z.string(), name: z.string() })),
  kept: z.number(),
})

const server = await startServer()
afterAll(server.stop)
const { token } = server.integration
const good = server.scim.base

async function totals(): Promise<readonly unknown[]> {
  const [users, groups] = [await server.scim.get('/Users?count=0'), await server.scim.get('/Groups?count=0')]
  return [users.at('/totalResults'), groups.at('/totalResults')]
}

afterEach(async () => {
  const left = await totals()
  if (left.some((each) => each !== 0)) throw new Error(`left at the endpoint: ${left.join(' users, ')} groups`)
})

async function simulate(idp: string, url: string, ...args: readonly string[]) {
  const ran = await runCommand('unused', ['simulate', idp, '--url', url, '--token', token, '--json', ...args])
  expect(ran.stderr).toBe('')
  return { exitCode: ran.exitCode, report: Report.parse(JSON.parse(ran.stdout)) }
}

async function simulateFault(idp: string, faultOf: (request: SeenRequest) => Fault | undefined) {
  const { url } = await startFaultyEndpoint(good, faultOf)
  const { exitCode, report } = await simulate(idp, url, '--users', '6')
  expect(exitCode).toBe(1)
  expect(report.ok).toBe(false)
  return { ...report, codes: report.problems.map((each) => `${each.kind}: ${each.code}`) }
}

const isGroup = ({ path }: SeenRequest) => path.startsWith('/Groups')

test.each(['entra', 'okta'])('%s finds nothing wrong with Rollcall, and leaves nothing behind', async (idp) => {
  const { exitCode, report } = await simulate(idp, `${good}/`, '--users', '12', '--groups', '3')
  expect(report.problems).toEqual([])
  expect(report).toMatchObject({ ok: true, outcome: 'passed', leftBehind: [], kept: 0 })
  expect(exitCode).toBe(0)
  expect(report.requests.find((each) => each.kind === 'create user')).toMatchObject({ count: 12, failures: 0 })
})

test('the same seed sends the same requests', async () => {
  const ids = /[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}/g
  async function sent(): Promise<readonly string[]> {
    const { url, seen } = await startFaultyEndpoint(good, () => undefined)
    await simulate('entra', url, '--seed', '11')
    return seen.map(({ method, path, text: body }) => `${method} ${path} ${body}`.replaceAll(ids, '[id]')).toSorted()
  }
  const [first, second] = [await sent(), await sent()]
  expect(second).toEqual(first)
  expect(first.length).toBeGreaterThan(100)
  // What is gone already is not deleted again.
  expect(first.filter((each) => each.startsWith('DELETE'))).toHaveLength(12)
})

test('--keep leaves what was made, which the next run with that seed does not touch', async () => {
  const kept = await simulate('entra', good, '--seed', '3', '--users', '2', '--groups', '1', '--keep')
  expect(kept).toMatchObject({ exitCode: 0, report: { ok: true, kept: 3 } })
  expect(await totals()).toEqual([2, 1])
  const again = await simulate('entra', good, '--seed', '3', '--users', '2', '--groups', '1')
  expect(again).toMatchObject({ exitCode: 1, report: { outcome: 'seed taken', leftBehind: [] } })
  expect(await totals()).toEqual([2, 1])
  for (const endpoint of ['/Users', '/Groups'] as const)
    for (const id of (await server.scim.get(endpoint)).texts('/id')) await server.scim.delete(`${endpoint}/${id}`)
})

test('an endpoint that ignores filters would have strangers overwritten', async () => {
  const stranger = await server.scim.create('/Users', { schemas: [], userName: 'stranger@example.com' })
  const report = await simulateFault('entra', ({ method, path }) =>
    method === 'GET' && path.includes('filter=') ? { path: path.split('?')[0] ?? '' } : undefined,
  )
  expect(report.codes).toContain('look up user: filter-ignored')
  expect(report.problems.find((each) => each.kind === 'look up user')?.consequence).toContain('overwrite')
  expect((await server.scim.get(`/Users/${stranger}`)).at('/userName')).toBe('stranger@example.com')
  await server.scim.delete(`/Users/${stranger}`)
})

test('a DELETE that does nothing is found, and what stays is named', async () => {
  const report = await simulateFault('entra', ({ method }) => (method === 'DELETE' ? { status: 204 } : undefined))
  expect(report.codes).toEqual(['read deleted user: still-there', 'read deleted group: still-there'])
  expect(report.leftBehind).toHaveLength(8)
  for (const endpoint of ['/Users', '/Groups'] as const)
    for (const id of (await server.scim.get(endpoint)).texts('/id')) await server.scim.delete(`${endpoint}/${id}`)
})

test('operations in one letter case alone break Entra ID and not Okta', async () => {
  const strict = ({ method, text: body }: SeenRequest): Fault | undefined =>
    method === 'PATCH' && /"op":"[A-Z]/.test(body) ? { status: 400, text: '{"detail":"op is unknown"}' } : undefined
  const report = await simulateFault('entra', strict)
  expect(report.codes).toContain('change attributes: rejected')
  expect(report.codes).toContain('read active back: still-active')
  expect(report.problems[0]?.consequence).toContain('escrow')
  const { url } = await startFaultyEndpoint(good, strict)
  expect(await simulate('okta', url)).toMatchObject({ exitCode: 0 })
})

test('an answer that creates nobody with an id, members that are lost, and a PUT that is not known', async () => {
  const [withoutId, deaf, withoutPut] = await Promise.all([
    simulateFault('okta', ({ method, path }) =>
      method === 'POST' && path === '/Users' ? { status: 201, text: '{}' } : undefined,
    ),
    simulateFault('entra', (request) =>
      request.method === 'PATCH' && isGroup(request) && request.text.includes('members') ? { status: 204 } : undefined,
    ),
    simulateFault('okta', ({ method }) => (method === 'PUT' ? { status: 501 } : undefined)),
  ])
  expect(withoutId.codes).toContain('create user: no-id')
  expect(deaf.codes).toContain('check membership: members-not-shown')
  expect(withoutPut.codes).toContain('push profile (PUT): unsupported')
})

test('a create whose answer is lost is cleaned up by its name', async () => {
  let lost = 0
  const { url } = await startFaultyEndpoint(good, ({ method, path, body }) => {
    if (method !== 'POST' || path !== '/Users' || lost > 0) return undefined
    lost += 1
    // It arrives, and the answer does not.
    void server.scim.post('/Users', body)
    return { status: 504, text: 'gateway timeout' }
  })
  const { report } = await simulate('okta', url, '--users', '3')
  expect(report.problems.map((each) => each.code)).toContain('not-scim')
  expect(report.leftBehind).toEqual([])
})

test('a record that a create answers with by mistake is not touched', async () => {
  const stranger = await server.scim.create('/Users', { schemas: [], userName: 'stranger@example.com' })
  const before = await server.scim.get(`/Users/${stranger}`)
  const report = await simulateFault('entra', ({ method, path }) =>
    method === 'POST' && path === '/Users' ? { status: 201, text: before.text } : undefined,
  )
  expect(report.codes).toContain('create user: somebody-else')
  expect((await server.scim.get(`/Users/${stranger}`)).text).toBe(before.text)
  await server.scim.delete(`/Users/${stranger}`)
})

test('is patient while it removes what it made', async () => {
  const asked = new Set<string>()
  const { url } = await startFaultyEndpoint(good, ({ method, path }) => {
    if (method !== 'DELETE' || asked.has(path)) return undefined
    asked.add(path)
    return { status: 429, headers: { 'retry-after': '0' } }
  })
  const { exitCode, report } = await simulate('okta', url, '--users', '3')
  expect(exitCode).toBe(0)
  expect(report.leftBehind).toEqual([])
})

test('does as Retry-After says', async () => {
  let refused = 0
  const { url } = await startFaultyEndpoint(good, () => {
    refused += 1
    if (refused > 3) return undefined
    return refused === 2
      ? { status: 429, headers: { 'retry-after': '0' } }
      : { status: 503, headers: { 'retry-after': '0' } }
  })
  const { exitCode, report } = await simulate('entra', url, '--users', '2')
  expect(exitCode).toBe(0)
  expect(report.waits).toBe(3)
})

test.each(['SIGINT', 'SIGTERM'] as const)(
  '%s, which npm hands on once more, ends it early, and what was made is removed',
  async (signal) => {
    let interrupt = () => undefined as unknown
    const { url } = await startFaultyEndpoint(good, ({ method }) => {
      if (method === 'PATCH') interrupt()
      return undefined
    })
    const args = ['simulate', 'entra', '--url', url, '--token', token, '--json', '--data-dir', 'unused']
    const child = spawn(process.execPath, [program, ...args], { stdio: ['ignore', 'pipe', 'ignore'] })
    interrupt = () => {
      interrupt = () => undefined
      return child.kill(signal) && child.kill(signal)
    }
    const [output, [exitCode]] = await Promise.all([text(child.stdout), once(child, 'exit')])
    expect(exitCode).toBe(1)
    expect(Report.parse(JSON.parse(output))).toMatchObject({ ok: false, outcome: 'interrupted', leftBehind: [] })
  },
)

test('what cannot be worked with is said in a sentence that says what to do', async () => {
  const page = { status: 200, text: '<html>Sign in</html>', headers: { 'content-type': 'text/html' } }
  const html = await startFaultyEndpoint(good, () => page)
  const moved = await startFaultyEndpoint(good, () => ({ status: 301, headers: { location: 'https://else.example/' } }))
  const cases: readonly (readonly [string, string, RegExp])[] = [
    [html.url, token, /web page .*look whether the URL is the SCIM URL/],
    [moved.url, token, /301/],
    [good, 'rc_wrong', /refuses the token .*Copy the whole token again/],
    [`http://127.0.0.1:${await freePort()}`, token, /Nothing listens at .*correct the port/],
    ['http://nobody.invalid/scim', token, /no host nobody\.invalid|cannot be looked up/],
  ]
  await Promise.all(
    cases.map(async ([url, secret, sentence]) => {
      const ran = await runCommand('unused', ['simulate', 'entra', '--url', url, '--token', secret])
      expect(ran).toMatchObject({ exitCode: 1, stderr: '' })
      expect(ran.stdout).toMatch(sentence)
      expect(ran.stdout).toContain('The connection test failed, so Entra ID would not begin.')
      expect(ran.stdout).not.toContain(secret)
    }),
  )
})

test.runIf(hasOpenssl)('a certificate that nobody vouches for is refused', async () => {
  const line = commandLine()
  line.write('here', '')
  const { keyPem: key, certPem: cert } = makeCertificate(line.path('.'))
  const { url } = await startFaultyEndpoint(good, () => undefined, { key, cert })
  const ran = await runCommand('unused', ['simulate', 'okta', '--url', url, '--token', token])
  expect(ran).toMatchObject({ exitCode: 1, stdout: expect.stringContaining('not vouched for by a public authority') })
})

test('text from the wire cannot steer the terminal', async () => {
  const { url } = await startFaultyEndpoint(good, () => ({
    status: 500,
    text: JSON.stringify({ detail: '\u001b[2Jcleared\u202e' }),
  }))
  const { stdout } = await runCommand('unused', ['simulate', 'entra', '--url', url, '--token', token])
  expect(stdout).toContain('\ufffd[2Jcleared\ufffd')
  expect(stdout).not.toContain('\u001b[2J')
})

test('takes the token from the environment and from standard input', async () => {
  const args = [program, 'simulate', 'entra', '--url', good, '--users', '1', '--groups', '0', '--data-dir', 'unused']
  const env = { ...process.env, ROLLCALL_TOKEN: token }
  const fromEnvironment = spawn(process.execPath, args, { env, stdio: 'ignore' })
  const fromStdin = spawn(process.execPath, [...args, '--token', '-'], { stdio: ['pipe', 'ignore', 'ignore'] })
  fromStdin.stdin?.end(`${token}\n`)
  expect(await Promise.all([once(fromEnvironment, 'exit'), once(fromStdin, 'exit')])).toEqual([
    [0, null],
    [0, null],
  ])
})

test('wrong usage', async () => {
  const wrong = [
    ['--url', 'ftp://example.com'],
    ['--url', 'https://ada:secret@example.com/scim'],
    ['--url', 'https://example.com/scim/v2?aadOptscim062020'],
    ['--token', 'Bearer abc'],
    ['--token', 'two words'],
    ['--users', '0'],
    ['--users', '100001'],
    ['--groups', '-1'],
    ['--seed', 'x'],
  ] as const
  await Promise.all(
    wrong.map(async ([option, value]) => {
      const given = { '--url': good, '--token': token, [option]: value }
      const ran = await runCommand('unused', ['simulate', 'entra', ...Object.entries(given).flat()])
      expect(ran).toMatchObject({ exitCode: 2, stdout: '', stderr: expect.stringMatching(/^[^\n]+\n$/) })
    }),
  )
})
