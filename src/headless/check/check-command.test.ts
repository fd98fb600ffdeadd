import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync, statSync } from 'node:fs'
import { text } from 'node:stream/consumers'
import { afterAll, afterEach, expect, test } from 'vitest'
import { z } from 'zod'
import { program, runCommand } from '../../../test/command-line.ts'
import { freePort } from '../../../test/free-port.ts'
import { startServer } from '../../../test/server.ts'
import { startFaultyEndpoint, type Fault, type SeenRequest } from '../../main/diagnosis/faulty-endpoint.fixture.ts'
import { commandLine } from '../command.fixture.ts'

const Report = z.object({
  ok: z.boolean(),
  interrupted: z.boolean(),
  passed: z.number(),
  failed: z.number(),
  warnings: z.number(),
  skipped: z.number(),
  checks: z.array(
    z.object({
      id: z.string(),
      outcome: z.string(),
      weight: z.string(),
      seen: z.string().optional(),
      reason: z.string().optional(),
      exchange: z.object({ request: z.object({ method: z.string() }) }).optional(),
    }),
  ),
  leftBehind: z.array(z.object({ endpoint: z.string() })),
})

const server = await startServer()
afterAll(server.stop)
const { token } = server.integration
const good = server.scim.base

async function everything(): Promise<readonly string[]> {
  const of = async (endpoint: string) =>
    (await server.scim.get(`${endpoint}?count=1000`)).texts('/id').map((id) => `${endpoint}/${id}`)
  return [...(await of('/Users')), ...(await of('/Groups'))]
}

afterEach(async () => {
  const left = await everything()
  if (left.length > 0) throw new Error(`left at the endpoint: ${left.join(', ')}`)
})

const checkArgs = (url: string, ...args: readonly string[]) => ['check', '--url', url, '--token', token, ...args]

async function check(url: string, ...args: readonly string[]) {
  const ran = await runCommand('unused', checkArgs(url, '--json', ...args))
  expect(ran.stderr).toBe('')
  expect(ran.stdout).not.toContain(token)
  const report = Report.parse(JSON.parse(ran.stdout))
  const of = (outcome: string) => report.checks.filter((each) => each.outcome === outcome).map((each) => each.id)
  return { exitCode: ran.exitCode, report, failed: of('failed'), skipped: of('skipped') }
}

async function checkFault(faultOf: (request: SeenRequest) => Fault | undefined) {
  return check((await startFaultyEndpoint(good, faultOf)).url)
}

test('Rollcall passes every check, and is left as it was found', async () => {
  const { exitCode, report, failed } = await check(`${good}/`)
  expect(failed).toEqual([])
  expect(report).toMatchObject({ ok: true, failed: 0, warnings: 0, skipped: 0, leftBehind: [] })
  expect(report.passed).toBeGreaterThan(60)
  expect(new Set(report.checks.map((each) => each.id)).size).toBe(report.checks.length)
  expect(exitCode).toBe(0)
})

test('an endpoint that ignores filters fails the checks of filters', async () => {
  const { exitCode, failed } = await checkFault(({ method, path }) =>
    method === 'GET' && path.includes('filter=') ? { path: path.split('?')[0] ?? '' } : undefined,
  )
  expect(exitCode).toBe(1)
  expect(failed).toEqual(expect.arrayContaining(['filter-username', 'filter-nobody', 'filter-broken', 'group-find']))
  expect(failed).not.toContain('create')
})

test('letter case of operations and groups that forget are told apart', async () => {
  const [strict, forgetful] = await Promise.all([
    checkFault(({ method, text: body }) =>
      method === 'PATCH' && /"op":"[A-Z]/.test(body) ? { status: 400, text: '{"detail":"no"}' } : undefined,
    ),
    checkFault(({ method, path, text: body }) =>
      method === 'PATCH' && path.startsWith('/Groups') && body.includes('members') ? { status: 204 } : undefined,
    ),
  ])
  expect(strict.failed).toContain('patch-op-case')
  expect(strict.failed).not.toContain('patch-replace')
  const failure = strict.report.checks.find((each) => each.id === 'patch-op-case')
  expect(failure).toMatchObject({ weight: 'must', seen: '400: no', exchange: { request: { method: 'PATCH' } } })
  expect(forgetful.failed).toEqual(
    expect.arrayContaining(['group-add-members', 'group-remove-by-filter', 'group-remove-by-value', 'group-empty']),
  )
})

test('what is not claimed is left out, what is claimed has to work, and a warning is no failure', async () => {
  const claims = { patch: { supported: true }, filter: { supported: true }, authenticationSchemes: [] }
  const config = { status: 200, text: JSON.stringify(claims) }
  const types = { status: 200, text: JSON.stringify({ Resources: [{ name: 'User', schema: 'core:2.0:User' }] }) }
  const [modest, boastful, usersAlone] = await Promise.all([
    checkFault(({ path }) => (path === '/ServiceProviderConfig' ? config : undefined)),
    checkFault(({ path }) => (path === '/Bulk' ? { status: 501 } : undefined)),
    checkFault(({ path }) => (path === '/ResourceTypes' ? types : undefined)),
  ])
  expect(modest.skipped).toEqual(expect.arrayContaining(['etag', 'sort', 'bulk', 'cursor']))
  expect(modest).toMatchObject({ exitCode: 0, failed: ['config'], report: { ok: true, warnings: 1 } })
  expect(boastful).toMatchObject({ exitCode: 1, failed: ['bulk', 'bulk-reference'] })
  expect(usersAlone.skipped).toEqual(expect.arrayContaining(['group-create', 'group-add-members', 'bulk-reference']))
})

test('a 404 in place of an empty list fails', async () => {
  const names = new Set<string>()
  const { exitCode, failed } = await checkFault(({ method, path, body }) => {
    if (method === 'POST' && typeof body?.['userName'] === 'string') names.add(body['userName'].toLowerCase())
    const name = /^userName eq "(.*)"$/.exec(new URL(path, good).searchParams.get('filter') ?? '')?.[1]
    return name === undefined || names.has(name.toLowerCase()) ? undefined : { status: 404, text: '{}' }
  })
  expect(exitCode).toBe(1)
  expect(failed).toEqual(['filter-nobody'])
})

test('a DELETE that does nothing is found, and what stays is named', async () => {
  const { exitCode, failed, report } = await checkFault(({ method }) =>
    method === 'DELETE' ? { status: 204 } : undefined,
  )
  expect(exitCode).toBe(1)
  expect(failed).toEqual(expect.arrayContaining(['delete', 'delete-twice', 'group-delete']))
  const left = await everything()
  expect(report.leftBehind).toHaveLength(left.length)
  expect(left.length).toBeGreaterThan(50)
  await Promise.all(left.map((path) => server.scim.delete(path)))
})

test('an endpoint that needs no token fails', async () => {
  const authorization = `Bearer ${token}`
  const open = await startFaultyEndpoint(good, ({ headers }) => {
    headers.authorization = authorization
    return undefined
  })
  const { failed } = await check(open.url)
  expect(failed).toEqual(expect.arrayContaining(['no-token', 'wrong-token']))
})

test('what cannot be checked is said in one line that says what to do', async () => {
  const page = { status: 200, text: '<html>Sign in</html>', headers: { 'content-type': 'text/html' } }
  const html = await startFaultyEndpoint(good, () => page)
  const moved = await startFaultyEndpoint(good, () => ({ status: 302, headers: { location: '/login' } }))
  const cases: readonly (readonly [string, string, RegExp])[] = [
    [html.url, token, /web page/],
    [moved.url, token, /redirects to \/login/],
    [good, 'rc_wrong', /refuses the token/],
    [`${server.root.replace(/\/scim$/, '')}/nothing`, token, /nothing at|web page|refuses/],
    [`http://127.0.0.1:${await freePort()}`, token, /Nothing listens/],
  ]
  await Promise.all(
    cases.map(async ([url, secret, sentence]) => {
      const ran = await runCommand('unused', ['check', '--url', url, '--token', secret])
      expect(ran).toMatchObject({ exitCode: 1, stdout: '' })
      expect(ran.stderr).toMatch(sentence)
      expect(ran.stderr.trim()).not.toContain('\n')
    }),
  )
})

test('writes a page for its owner alone, without the token, and replaces nothing unasked', async () => {
  const file = commandLine().path('report.html')
  expect((await check(good, '--report', file)).exitCode).toBe(0)
  const page = readFileSync(file, 'utf8')
  expect(page).toContain(good)
  expect(page).toContain('Bearer [token]')
  expect(page).not.toContain(token)
  expect(page).not.toMatch(/<script|https?:\/\/(?!127\.0\.0\.1)[^\s"<]+\.(?:js|css)/)
  expect(statSync(file).mode & 0o777).toBe(0o600)
  const again = await runCommand('unused', checkArgs(good, '--report', file))
  expect(again).toMatchObject({ exitCode: 2, stderr: expect.stringContaining('exists already') })
  expect((await runCommand('unused', checkArgs(good, '--report', 'report.pdf'))).exitCode).toBe(2)
  expect(readFileSync(file, 'utf8')).toBe(page)
})

test.each(['SIGINT', 'SIGTERM'] as const)(
  '%s, which npm hands on once more, ends it early, and what was made is removed',
  async (signal) => {
    let interrupt = () => undefined as unknown
    const { url } = await startFaultyEndpoint(good, ({ method }) => {
      if (method === 'PATCH') interrupt()
      return undefined
    })
    const args = checkArgs(url, '--json', '--data-dir', 'unused')
    const child = spawn(process.execPath, [program, ...args], { stdio: ['ignore', 'pipe', 'ignore'] })
    interrupt = () => {
      interrupt = () => undefined
      return child.kill(signal) && child.kill(signal)
    }
    const [output, [exitCode]] = await Promise.all([text(child.stdout), once(child, 'exit')])
    expect(exitCode).toBe(1)
    expect(Report.parse(JSON.parse(output))).toMatchObject({ ok: false, interrupted: true, leftBehind: [] })
  },
)
