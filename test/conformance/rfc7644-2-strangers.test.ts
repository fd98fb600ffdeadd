import { afterAll, describe, expect, test } from 'vitest'
import { errorUrn } from '../../src/scim/urn.ts'
import { startServer } from '../server.ts'

const server = await startServer()
afterAll(server.stop)
const { scim } = server

const withoutToken = (path: string, method: string) => fetch(server.root + path, { method })
const guess = (authorization: string) => scim.get('/Users?count=1', { authorization })

describe('RFC 7644 §2 and §7: strangers', () => {
  test.each([
    ['GET', '/entra/v2/Users'],
    ['GET', '/no-such-integration/v2/Users'],
    ['GET', '/v2/Users'],
    ['GET', '/v2/ServiceProviderConfig'],
    ['POST', '/v2/Bulk'],
    ['GET', '/v2/nothing-here'],
    ['DELETE', '/v2/Users/1'],
    ['PUT', '/v2/ServiceProviderConfig'],
  ])('without a token, %s %s tells nothing but 401', async (method, path) => {
    const answer = await withoutToken(path, method)
    expect(answer.status).toBe(401)
  })

  test('guessing is slowed with 429, and a valid token from the same address is not', async () => {
    const statuses = new Set<number>()
    for (let i = 0; i < 400 && !statuses.has(429); i++) {
      const answer = await guess(`Bearer guess-${i}`)
      statuses.add(answer.status)
    }
    expect(statuses).toEqual(new Set([401, 429]))

    const slowed = await guess('Bearer one-more-guess')
    expect(slowed.status).toBe(429)
    expect(slowed.headers.get('retry-after')).toMatch(/^[1-9]\d*$/)
    expect(slowed.body).toMatchObject({ schemas: [errorUrn], status: '429' })
    // Who has no token guesses none.
    expect((await withoutToken('/v2/Users', 'GET')).status).toBe(401)

    const valid = await Promise.all(Array.from({ length: 50 }, () => scim.get('/Users?count=1')))
    expect(valid.filter((each) => each.status !== 200)).toEqual([])
  })
})
