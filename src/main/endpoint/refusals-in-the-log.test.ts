import { expect, onTestFinished, test } from 'vitest'
import { createClient } from '../../../test/client.ts'
import { openRawConnection } from '../../../test/fuzz/raw-connection.ts'
import { user } from '../../../test/people.ts'
import { explainAnswer } from '../../idp/error-explanations.ts'
import type { JournalDetail } from '../journal/journal-entry.ts'
import { startEngine, type RunningEngine } from '../running-engine.fixture.ts'
import { entryOf, entryOfId } from './journal-entry.fixture.ts'

/** The name of the explanation that stands beside a request. */
function explanationOf(entry: JournalDetail | undefined): string | undefined {
  if (!entry) return undefined
  const trace = entry.content?.trace ?? []
  const { status, method, endpoint } = entry
  const scimType = trace.find(({ code }) => code === 'declined')?.expected
  return explainAnswer({ status, method, endpoint, scimType, codes: trace.map(({ code }) => code) })?.id
}

function codesOf(entry: JournalDetail | undefined): readonly string[] {
  return entry?.content?.trace.map(({ code }) => code) ?? []
}

/** Another integration, for any client. */
async function another({ engine, endpoint }: RunningEngine, slug: string) {
  const made = await engine.tokens.createIntegration({ name: slug, idp: 'generic', directory: 'main', slug })
  return createClient(`${endpoint.url}/${slug}/v2`, made.token.reveal())
}

test('a header for the token that is empty is told as no token, in the list as in the trace', async () => {
  const running = await startEngine()
  const connection = openRawConnection(running.port)
  onTestFinished(() => connection.close())
  connection.write('GET /scim/entra/v2/Users HTTP/1.1\r\nHost: x\r\nAuthorization:\r\nConnection: close\r\n\r\n')
  const answer = await connection.answer(5000)
  if (typeof answer === 'string') throw new Error(answer)
  const entry = await entryOfId(running, answer.headers.get('x-request-id') ?? '')
  expect(entry).toMatchObject({ status: 401, classification: 'refused: no token' })
  expect(codesOf(entry)).toEqual(['token-missing', 'answered'])
  const wrong = await entryOf(running, await running.as('rc_wrong').get('/Users'))
  expect(wrong?.classification).toBe('refused: bad token')
})

test('of the token of another integration nobody reads that it was accepted', async () => {
  const running = await startEngine()
  await another(running, 'hr')
  const answer = await createClient(`${running.endpoint.url}/hr/v2`, running.token).get('/Users')
  expect(answer.status).toBe(401)
  const entry = await entryOf(running, answer)
  expect(entry?.content?.trace.map(({ sentence }) => sentence)).toEqual([
    'The path names the integration "hr", but the token belongs to "entra".',
    'The answer was 401.',
  ])
})

test('a name that is a GUID makes nobody a connection test where any client may come', async () => {
  const running = await startEngine()
  const hr = await another(running, 'hr')
  const filter = 'userName eq "5b1e7a52-0c0d-4a1e-9a77-6f2d0f5a9c11"'
  const classified = async (answer: Parameters<typeof entryOf>[1]) => (await entryOf(running, answer))?.classification
  expect(await classified(await hr.find('/Users', filter))).toBe('user match lookup (no match)')
  expect(await classified(await running.scim.find('/Users', filter))).toBe('connection test')
  const certain = await hr.get(`/Users?${new URLSearchParams({ filter }).toString()}`, { ADSCIMVersion: '1' })
  expect(await classified(certain)).toBe('connection test')
})

test('a SCIM URL with nothing behind it is no search', async () => {
  const running = await startEngine()
  expect((await entryOf(running, await running.scim.get('')))?.classification).toBe('unknown path (not found)')
})

test('whatever a strict integration alone refuses says that it is strict', async () => {
  const running = await startEngine()
  const { scim, engine } = running
  const id = await scim.create('/Users', user())
  await engine.administer('set-policy', { slug: 'entra', changes: [{ name: 'strict', value: 'true' }] })
  const undeclared = await scim.post('/Users', { userName: 'bo@example.com' })
  const foreign = await scim.post('/Users', user({ schemas: ['urn:ietf:params:scim:schemas:core:2.0:User', 'urn:x'] }))
  for (const answer of [undeclared, foreign]) {
    expect(answer.textAt('/detail')).toMatch(/^This integration is strict\. "schemas" /)
    expect(explanationOf(await entryOf(running, answer))).toBe('strict-refused')
  }
  const path = await scim.patch(`/Users/${id}`, [{ op: 'replace', path: 'shoeSize', value: '42' }])
  expect(path.textAt('/scimType')).toBe('invalidPath')
  expect(explanationOf(await entryOf(running, path))).toBe('attribute-not-here')
})

test('a userName that has to be an e-mail address is told by the policy that demands it', async () => {
  const running = await startEngine()
  await running.engine.administer('set-policy', {
    slug: 'entra',
    changes: [{ name: 'userNameMustBeEmail', value: 'true' }],
  })
  const answer = await running.scim.post('/Users', user({ userName: 'jsmith' }))
  expect(answer.textAt('/detail')).toContain('Map an attribute that holds one onto userName.')
  expect(explanationOf(await entryOf(running, answer))).toBe('address-required')
})

test('a body that broke off is told as that, and not as one that is no JSON', async () => {
  const running = await startEngine()
  const connection = openRawConnection(running.port)
  connection.write(
    `POST /scim/entra/v2/Users HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ${running.token}\r\nContent-Length: 99\r\n\r\n{"user`,
  )
  // The endpoint works on requests in the order in which they come.
  const next = await running.scim.get('/Users')
  connection.close()
  const [start = '', count = ''] = (next.headers.get('x-request-id') ?? '').split('-')
  const entry = await entryOfId(running, `${start}-${Number(count) - 1}`)
  expect(codesOf(entry)).toContain('body-broken-off')
  expect(explanationOf(entry)).toBe('body-broken-off')
})

test('who asks for the configuration of SCIM 1.1 below v1 is told as a client of that', async () => {
  const running = await startEngine()
  const old = createClient(`${running.endpoint.url}/entra/v1`, running.token)
  const entry = await entryOf(running, await old.get('/ServiceProviderConfigs'))
  expect(explanationOf(entry)).toBe('scim-1')
})

test('what is to be created at the path of an id is told why it cannot be', async () => {
  const running = await startEngine()
  const answer = await running.scim.post('/Users/1', user())
  expect(answer.textAt('/detail')).toContain('which what is to be created does not have yet')
})

test('a change that is asked for only if nobody is there is not told as one that came too late', async () => {
  const running = await startEngine()
  const { scim } = running
  const id = await scim.create('/Users', user())
  const refused = await scim.put(`/Users/${id}`, user(), { 'if-none-match': '*' })
  expect(refused.status).toBe(412)
  const entry = await entryOf(running, refused)
  expect(entry?.classification).toBe('replace user (there already)')
  expect(explanationOf(entry)).toBe('only-if-absent')
  const late = await entryOf(running, await scim.put(`/Users/${id}`, user(), { 'if-match': 'W/"0"' }))
  expect(late?.classification).toBe('replace user (changed meanwhile)')
  expect(explanationOf(late)).toBe('changed-meanwhile')
})

test('a filter beyond a limit is told as that, and not as one that is wrong', async () => {
  const running = await startEngine()
  const { scim } = running
  const filters = [
    `userName eq "${'a'.repeat(10_000)}"`,
    `${'('.repeat(51)}userName pr${')'.repeat(51)}`,
    Array.from({ length: 501 }, (_, at) => `userName eq "${at}"`).join(' or '),
  ]
  for (const filter of filters) {
    const entry = await entryOf(running, await scim.find('/Users', filter))
    expect(explanationOf(entry)).toBe('filter-too-long')
    expect(entry?.content?.trace.find(({ code }) => code === 'limit-exceeded')?.sentence).toContain('at most')
  }
})

test('a token whose overlap is over is told as replaced, since there is a newer one to paste', async () => {
  const running = await startEngine()
  await running.rotate(3_600_000)
  running.later(3_600_000)
  const refused = await running.scim.get('/Users')
  expect(refused.status).toBe(401)
  expect(refused.textAt('/detail')).not.toContain('expired')
  const entry = await entryOf(running, refused)
  expect(codesOf(entry)).toEqual(['token-revoked', 'answered'])
})

test('a page beyond what a cursor allows is told as a parameter, and not as a cursor that is too old', async () => {
  const running = await startEngine()
  const refused = await running.scim.get('/Users?cursor&count=0')
  expect(refused.textAt('/scimType')).toBe('invalidCount')
  expect(explanationOf(await entryOf(running, refused))).toBe('parameter-refused')
})

test('an id that is withheld from the path of a request is withheld beside it too', async () => {
  const running = await startEngine()
  const entry = await entryOf(running, await running.scim.get('/Users/password=hunter2'))
  expect(entry?.status).toBe(404)
  expect(JSON.stringify(entry)).not.toContain('hunter2')
})
