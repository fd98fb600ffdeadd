import { afterAll, expect, onTestFinished, test } from 'vitest'
import { startServer } from '../../../../test/server.ts'
import { Secret } from '../../secret.ts'
import { startFaultyEndpoint, type Fault, type SeenRequest } from '../faulty-endpoint.fixture.ts'
import { openFaultyServer } from '../faulty-server.fixture.ts'
import { runCheck } from './run-check.ts'
import { summarise } from './summary.ts'
import { checkVerdict } from './verdict.ts'

const server = await startServer()
afterAll(server.stop)
const { token } = server.integration
const good = server.scim.base
let checks = 0

async function check(url: string, given = token) {
  checks += 1
  const report = await runCheck({
    url,
    token: new Secret(given),
    marker: `check-${checks}`,
    signal: new AbortController().signal,
    progress: () => undefined,
  })
  const results = report.groups.flatMap((each) => each.results)
  const of = (outcome: string) => results.filter(({ verdict }) => verdict.outcome === outcome)
  return {
    report,
    failed: of('failed').map(({ id }) => id),
    skipped: of('skipped').map(({ id }) => id),
    /** The URLs of the requests that show what is wrong. */
    evidence: of('failed').map((each) => each.evidence?.request.url ?? ''),
    leftBehind: report.leftBehind,
  }
}

type FaultOf = Parameters<typeof startFaultyEndpoint>[1]
type Answered = Exclude<Fault, string | { readonly path: string }>

/** The answer of the good endpoint, for a fault that alters it. */
async function goodAnswer({ method, path, headers, text: body }: SeenRequest): Promise<Answered> {
  const names = ['authorization', 'accept', 'content-type', 'if-match', 'if-none-match'] as const
  const sent = new Headers(names.flatMap((name) => (headers[name] === undefined ? [] : [[name, headers[name]]])))
  const answer = await fetch(good + path, { method, headers: sent, ...(body === '' ? {} : { body }) })
  // What is altered has another length.
  const { 'content-length': _, ...kept } = Object.fromEntries(answer.headers)
  return { status: answer.status, headers: kept, text: await answer.text() }
}

async function checkFault(faultOf: FaultOf) {
  return check((await startFaultyEndpoint(good, faultOf)).url)
}

const refused = { status: 400, text: '{"detail":"no"}' }
const mistakes: readonly (readonly [string, string, FaultOf])[] = [
  ['names', 'refuses names of other scripts', ({ text: body }) => (body.includes('美咲') ? refused : undefined)],
  [
    'group-members',
    'creates no group with members',
    ({ method, path, text: body }) =>
      method === 'POST' && path === '/Groups' && body.includes('"members"') ? refused : undefined,
  ],
  [
    'attributes-id',
    'lists nameless entries',
    async (request) => {
      if (!request.path.startsWith('/Users?') || !request.path.includes('attributes=id')) return undefined
      const { text: body = '', ...answer } = await goodAnswer(request)
      return { ...answer, text: body.replaceAll('"id":', '"nameless":') }
    },
  ],
  [
    'cursor',
    'has cursors that lead nowhere',
    ({ path }) => (/cursor=[^&]/.test(path) ? { status: 200, text: '{"totalResults":9,"Resources":[]}' } : undefined),
  ],
]

test.each(mistakes)('fails "%s" alone of an endpoint that %s', async (id, _what, faultOf) => {
  expect((await checkFault(faultOf)).failed).toEqual([id])
})

test('an endpoint may give nobody the address of another, write numbers its own way, and have e-mail addresses for ids', async () => {
  const ownerOf = new Map<string, string>()
  const uuid = /[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}/g
  const [jealous, formal, named] = await Promise.all([
    checkFault(({ method, path, text: body }) => {
      if (method !== 'POST' && method !== 'PATCH') return undefined
      const owner = method === 'PATCH' ? path : (/"userName":"([^"]*)"/.exec(body)?.[1] ?? '').toLowerCase()
      const addresses = [...body.matchAll(/"value":"([^"]+@[^"]+)"/g)].map((each) => (each[1] ?? '').toLowerCase())
      const isTaken = addresses.some((each) => (ownerOf.get(each) ?? owner) !== owner)
      for (const each of addresses) ownerOf.set(each, owner)
      return isTaken ? { status: 409, text: '{"detail":"That address is taken."}' } : undefined
    }),
    checkFault(async (request) => {
      const { text: body = '', ...answer } = await goodAnswer(request)
      return { ...answer, text: body.replaceAll('+1 555 0101', 'tel:+1-555-0101') }
    }),
    checkFault(async (request) => {
      const plain = (written: string) => written.replaceAll(/(?:@|%40)id/g, '')
      const answer = await goodAnswer({ ...request, path: plain(request.path), text: plain(request.text) })
      const mailed = (written: string) =>
        written.replaceAll(uuid, '$&@id').replaceAll(/(\/(?:Users|Groups)\/[^"@]*)@id/g, '$1%40id')
      const { location } = answer.headers ?? {}
      return {
        status: answer.status,
        text: mailed(answer.text ?? ''),
        headers: { ...answer.headers, ...(location === undefined ? {} : { location: mailed(location) }) },
      }
    }),
  ])
  expect(jealous).toMatchObject({ failed: [], skipped: [] })
  expect(formal).toMatchObject({ failed: [], skipped: [] })
  expect(named).toMatchObject({ failed: [], skipped: [], leftBehind: [] })
})

test('one mistake is told once: filters that are denied, a create that is answered with 200, a bulk that creates nobody', async () => {
  const [unfiltered, casual, idle] = await Promise.all([
    checkFault(async (request) => {
      if (request.path.includes('filter=')) return { status: 501, text: '{"detail":"no filters"}' }
      if (request.path !== '/ServiceProviderConfig') return undefined
      const { text: body = '', ...answer } = await goodAnswer(request)
      return { ...answer, text: body.replace(/("filter":\{"supported":)true/, '$1false') }
    }),
    checkFault(async (request) => {
      const answer = await goodAnswer(request)
      return request.path === '/Users' && answer.status === 201 ? { ...answer, status: 200 } : answer
    }),
    checkFault(({ path }) => (path === '/Bulk' ? { status: 200, text: '{"Operations":[]}' } : undefined)),
  ])
  expect(unfiltered).toMatchObject({ failed: ['filter-claimed'], leftBehind: [] })
  expect(casual.skipped).toEqual([])
  expect(casual.failed).toContain('create')
  expect(casual.failed).not.toContain('read')
  expect(idle.failed).toEqual(['bulk', 'bulk-reference'])
  expect(idle.evidence.map((url) => new URL(url).pathname)).toEqual(['/Bulk', '/Bulk'])
})

test('an endpoint that stops answering has not done what it must, whatever it did before', async () => {
  const dying = await openFaultyServer(good, ({ path }) => {
    if (dying.seen.filter((each) => each.path === path).length > 1 && path === '/ServiceProviderConfig') dying.close()
    return undefined
  })
  onTestFinished(dying.close)
  const { report } = await check(dying.url)
  expect(summarise(report)).toMatchObject({ ok: false, failed: 0, warnings: 3 })
  expect(checkVerdict(report)).toEqual({
    look: 'failed',
    sentence: 'The endpoint stopped answering before the end: the rest was not tried.',
  })
})

test('a token that is a word of the protocol is kept out of sight and spoils no answer', async () => {
  const { url } = await startFaultyEndpoint(good, ({ headers, path }) => {
    if (path === '/NothingIsHere') return { status: 400, text: `{"detail":"${headers.authorization}"}` }
    if (headers.authorization === 'Bearer scim') headers.authorization = `Bearer ${token}`
    return undefined
  })
  const { failed, report } = await check(url, 'scim')
  expect(failed).toEqual(['unknown-endpoint'])
  expect(JSON.stringify(report)).toContain('400: Bearer [token]')
  expect(JSON.stringify(report)).not.toContain('Bearer scim')
})
