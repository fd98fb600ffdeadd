import { readFileSync, statSync } from 'node:fs'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { z } from 'zod'
import { runCommand } from '../../../test/command-line.ts'
import { eventually } from '../../../test/eventually.ts'
import { user } from '../../../test/people.ts'
import { startServer } from '../../../test/server.ts'
import { commandLine, commandLineWithIntegration } from '../command.fixture.ts'
import { followCommand } from '../followed-command.fixture.ts'

const Entries = z.array(
  z.looseObject({ id: z.number(), status: z.number(), method: z.string(), requestId: z.string() }),
)

const server = await startServer()
afterAll(server.stop)
const list = async (...args: readonly string[]) => Entries.parse(await server.rollcall('requests', ...args))
let ada = ''

beforeAll(async () => {
  ada = await server.scim.create('/Users', user({ userName: 'ada@requests.test' }))
  await server.scim.get(`/Users/${ada}`)
  await server.scim.get('/Users/nobody')
  await eventually(
    () => list(),
    (entries) => entries.length === 3,
  )
})

test('lists the requests, the newest last', async () => {
  const entries = await list()
  expect(entries.map((each) => [each.method, each.status])).toEqual([
    ['POST', 201],
    ['GET', 200],
    ['GET', 404],
  ])
  expect(await list('--limit', '1')).toEqual(entries.slice(-1))
})

test('filters by status, user, method, integration and text', async () => {
  expect(await list('--status', '4xx')).toHaveLength(1)
  expect(await list('--user', 'ADA@requests.test')).toHaveLength(2)
  expect(await list('--user', ada)).toHaveLength(2)
  expect(await list('--method', 'post')).toHaveLength(1)
  expect(await list('--integration', server.integration.slug)).toHaveLength(3)
  expect(await list('--integration', 'nobody')).toEqual([])
  expect(await list('--text', 'ada@requests.test', '--since', '1h')).toHaveLength(2)
})

test('takes the filter of the console, and prints the curl command of a request', async () => {
  expect(await list('--filter', 'status:4xx method:GET')).toHaveLength(1)
  expect(await list('--filter', 'user:ADA -method:POST')).toHaveLength(1)
  expect(await list('--filter', 'since:1h "ada@requests.test"')).toHaveLength(2)
  expect(await list('--filter', 'is:failed', '--method', 'POST')).toEqual([])
  const [created] = await list('--method', 'post')
  const made = z
    .object({ command: z.string(), remarks: z.array(z.string()) })
    .parse(await server.rollcall('requests', 'show', String(created?.id), '--curl'))
  expect(made.command).toContain('Bearer $SCIM_TOKEN')
  expect(made.command).toContain('ada@requests.test')
  const line = commandLine()
  expect((await line.run('requests', '--filter', 'status:9xx')).exitCode).toBe(2)
  expect(await line.run('requests', '--filter', 'stauts:4xx metod:GET')).toMatchObject({
    exitCode: 0,
    stdout: 'No requests match.\n',
    stderr: [
      '“stauts” is no field of the filter: “stauts:4xx” is searched for as text.\n',
      '“metod” is no field of the filter: “metod:GET” is searched for as text.\n',
    ].join(''),
  })
})

test('shows one request with the reasons for its answer, by number or by its X-Request-Id', async () => {
  const [failed] = await list('--status', '404')
  for (const id of [String(failed?.id), failed?.requestId ?? '']) {
    const shown = z
      .looseObject({ content: z.looseObject({ trace: z.array(z.looseObject({ sentence: z.string() })) }) })
      .parse(await server.rollcall('requests', 'show', id))
    expect(shown.content.trace.length).toBeGreaterThan(0)
  }
  const shown = await runCommand(server.dataDir, ['requests', 'show', String(failed?.id)])
  expect(shown.stdout).toContain(
    'What to do\nThe identity provider remembers a person who is not here and not in the archive either',
  )
  expect(shown.stdout).toContain('Entra ID reports InvalidAnchor')
  const [created] = await list('--method', 'post')
  expect(await server.rollcall('requests', 'show', String(created?.id))).toMatchObject({ explanation: null })
  await expect(server.rollcall('requests', 'show', '999999')).rejects.toThrow(/ended with 1/)
})

test('exports to HAR and to lines of JSON, for the owner alone, and replaces nothing unasked', async () => {
  const line = commandLine()
  const har = line.path('log.har')
  expect(await server.rollcall('requests', '--export', har)).toEqual({ file: har, requests: 3 })
  const { log } = z
    .object({ log: z.object({ entries: z.array(z.unknown()) }) })
    .parse(JSON.parse(readFileSync(har, 'utf8')))
  expect(log.entries).toHaveLength(3)
  expect(statSync(har).mode & 0o777).toBe(0o600)
  await expect(server.rollcall('requests', '--export', har)).rejects.toThrow(/ended with 2/)
  const lines = line.path('log.ndjson')
  await server.rollcall('requests', '--export', lines, '--status', '404')
  expect(readFileSync(lines, 'utf8').trim().split('\n')).toHaveLength(1)
  await expect(server.rollcall('requests', '--export', line.path('log.txt'))).rejects.toThrow(/ended with 2/)
})

test('follows new requests as they come', async () => {
  const followed = followCommand(server.dataDir, 'requests', '--follow', '--limit', '1', '--status', '404')
  const old = await followed.next()
  await server.scim.get('/Users/somebody')
  const fresh = await followed.next()
  expect(old).toMatchObject({ target: expect.stringContaining('/nobody') })
  expect(fresh).toMatchObject({ target: expect.stringContaining('/somebody') })
})

test.each(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)('%s is how following new requests ends well', async (signal) => {
  const followed = followCommand(server.dataDir, 'requests', '--follow', '--limit', '1')
  await followed.next()
  expect(await followed.end(signal)).toEqual([0, null])
})

test('an empty log and wrong options', async () => {
  const line = commandLine()
  expect(await line.json('requests')).toEqual([])
  expect((await line.run('requests', '--status', '9xx')).exitCode).toBe(2)
  expect((await line.run('requests', '--limit', '0')).exitCode).toBe(2)
  expect((await line.run('requests', '--method', 'GTE')).exitCode).toBe(2)
  expect(await line.json('requests', '--method', 'get')).toEqual([])
  expect((await line.run('requests', '--follow', '--export', 'x.har')).exitCode).toBe(2)
  const limited = await line.run('requests', '--limit', '20', '--export', line.path('x.har'))
  expect(limited.exitCode).toBe(2)
  expect(limited.stderr).toContain('Choose one of --limit and --export, which writes all that match.')
})

test('says of an integration that there is none, for an empty list is no news', async () => {
  const line = await commandLineWithIntegration()
  const { stdout, stderr, exitCode } = await line.run('requests', '--integration', 'entra', '--json')
  expect({ stdout, exitCode }).toEqual({ stdout: '[]\n', exitCode: 0 })
  expect(stderr).toBe('There is no integration "entra" now; only requests of a deleted one are found.\n')
  expect((await line.run('requests', '--integration', 'entra-id', '--json')).stderr).toBe('')
})

// The last one, for it adds a request to those that the others count.
test('an integration has the requests too that its SCIM URL did not let in', async () => {
  const { slug } = server.integration
  await fetch(`${server.scim.base}/Users`, { headers: { authorization: 'Bearer rc_wrong' } })
  const refused = await eventually(
    () => list('--integration', slug, '--status', '401'),
    (found) => found.length > 0,
  )
  expect(refused).toMatchObject([{ classification: 'refused: bad token' }])
})
