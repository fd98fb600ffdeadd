import { ORPCError } from '@orpc/server'
import { expect, test } from 'vitest'
import { z } from 'zod'
import type { EngineClient } from '../../../contract/contract.ts'
import { startApi } from '../api.fixture.ts'

async function failureOf(call: Promise<unknown>): Promise<ORPCError<string, unknown>> {
  const error: unknown = await call.then(
    () => undefined,
    (thrown: unknown) => thrown,
  )
  if (!(error instanceof ORPCError)) throw new Error(`that is no failure of the contract: ${String(error)}`)
  return error
}

test('a refusal is told in its own sentence', async () => {
  const { api, slug, bugs } = await startApi()
  const failure = await failureOf(api.integrations.setPolicy({ slug, changes: {}, administrator: 'nobody' }))
  expect(failure).toMatchObject({ code: 'REFUSED', defined: true, message: 'There is no user "nobody".' })
  expect(bugs).toEqual([])
})

test('what is not there is told as that', async () => {
  const { api } = await startApi()
  expect(await failureOf(api.integrations.get({ slug: 'nowhere' }))).toMatchObject({ code: 'NOT_FOUND', defined: true })
  expect(await failureOf(api.users.get({ id: 'nobody' }))).toMatchObject({ code: 'NOT_FOUND' })
  expect(await failureOf(api.requests.get({ id: 4711 }))).toMatchObject({ code: 'NOT_FOUND' })
})

test('wrong input is refused before a handler sees it', async () => {
  const { api } = await startApi()
  expect(await failureOf(api.integrations.create({ name: ' ', idp: 'entra' }))).toMatchObject({ code: 'BAD_REQUEST' })
  expect(await failureOf(api.tokens.rotate({ slug: 'entra', keepOldDays: -1, expiresInDays: null }))).toMatchObject({
    code: 'BAD_REQUEST',
  })
})

test.each([
  ['too short', (api) => api.attributes.list({ directory: '' }), '“directory”'],
  ['too long', (api) => api.groups.search({ query: 'x'.repeat(100_000) }), 'has at most'],
  ['too large', (api) => api.jobs.list({ limit: 100_000 }), '“limit” is at most 200.'],
  ['too small', (api) => api.jobs.list({ limit: 0 }), '“limit” is at least 1.'],
  ['of a wrong form', (api) => api.conversions.plan({ id: 'nothing' }), '“id” is not written as it should be.'],
  [
    'of a field with a label of its own',
    (api) => api.integrations.setPolicy({ slug: 'entra', changes: { matchingAttribute: '' } }),
    'Name the attribute that the identity provider matches by, such as userName.',
  ],
  [
    'half of a pair',
    (api) => api.endpoint.configure({ tls: { cert: '/etc/cert.pem', key: ' ' } }),
    'TLS needs both files: name the certificate chain and the private key.',
  ],
] as const satisfies readonly (readonly [string, (api: EngineClient) => Promise<unknown>, string])[])(
  'what is wrong with an input that is %s is said in a sentence',
  async (_what, call, sentence) => {
    const { api } = await startApi()
    const { code, data } = await failureOf(call(api))
    expect(code).toBe('BAD_REQUEST')
    const { issues } = z.object({ issues: z.array(z.object({ message: z.string() })) }).parse(data)
    for (const { message } of issues) expect(message).not.toMatch(/^(?:Invalid|Too |Unrecognized)/)
    expect(issues[0]?.message).toContain(sentence)
  },
)

test('an unknown failure leaves the engine as an id, under which it was logged once', async () => {
  const { api, parts, bugs } = await startApi()
  Object.assign(parts.engine, {
    administer: () => Promise.reject(new Error('the secret reason at /secret/place.ts:1')),
  })
  const failure = await failureOf(api.directories.create({ slug: 'other' }))
  expect(failure.code).toBe('UNEXPECTED')
  expect(JSON.stringify(failure.toJSON())).not.toContain('secret')
  expect(bugs).toHaveLength(1)
  expect(failure.data).toEqual({ id: bugs[0]?.[0] })
  expect(String(bugs[0]?.[1])).toContain('secret reason')
})

test('an output that the contract does not allow is such a failure too', async () => {
  const { api, parts, bugs } = await startApi()
  Object.assign(parts.password, { setAt: () => 'yesterday' })
  expect((await failureOf(api.sessions.list())).code).toBe('UNEXPECTED')
  expect(bugs).toHaveLength(1)
})

test('a stream that fails later is told in the same way', async () => {
  const { api, parts, bugs } = await startApi()
  await parts.engine.consoleReads.close()
  const stream = await api.requests.follow({ subscription: crypto.randomUUID(), after: 0 })
  const failure = await failureOf(stream.next())
  expect(failure.code).toBe('UNEXPECTED')
  expect(bugs).toHaveLength(1)
})
