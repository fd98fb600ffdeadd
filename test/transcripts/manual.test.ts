import { afterAll, expect, test } from 'vitest'
import { errorUrn } from '../../src/scim/urn.ts'
import { user } from '../people.ts'
import { startServer } from '../server.ts'
import { readTranscripts } from './transcript.ts'

// What no runner can do from JSON alone: use up a rate limit, and send a body that is not JSON.
const server = await startServer({ args: ['--rate-limit', '5'] })
afterAll(server.stop)

test('the recordings that are to be replayed by hand are those that stand here', () => {
  const byHand = readTranscripts().filter((each) => each.manual)
  expect(byHand.map((each) => each.id).toSorted()).toEqual(['generic-004', 'okta-limit-001'])
})

test('generic-004: broken JSON gets a SCIM error, not an HTML page', async () => {
  const answer = await server.scim.post('/Users', '{"schemas": ')
  expect(answer.status).toBe(400)
  expect(answer.headers.get('content-type')).toMatch(/^application\/scim\+json/)
  expect(answer.body).toMatchObject({ schemas: [errorUrn], scimType: 'invalidSyntax', status: '400' })
})

test('okta-limit-001: a used-up rate limit answers 429 with whole seconds in Retry-After', async () => {
  await server.scim.post('/Users', user())
  const answers = await Promise.all(Array.from({ length: 40 }, () => server.scim.get('/Users?startIndex=1&count=100')))
  const throttled = answers.find((each) => each.status === 429)
  expect(throttled?.headers.get('retry-after')).toMatch(/^[1-9]\d*$/)
  expect(throttled?.body).toMatchObject({ schemas: [errorUrn], status: '429' })
  expect(answers.some((each) => each.status === 200)).toBe(true)
})
