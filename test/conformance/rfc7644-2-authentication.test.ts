import { afterAll, describe, expect, test } from 'vitest'
import { errorUrn } from '../../src/scim/urn.ts'
import { startServer } from '../server.ts'

const server = await startServer()
afterAll(server.stop)
const { scim } = server

const withAuthorization = (authorization: string) => scim.get('/Users?count=1', { authorization })

describe('RFC 7644 §2: authentication', () => {
  test.each(['Bearer', 'bearer', 'BEARER', 'bEaReR'])('takes the scheme name %s', async (scheme) => {
    const answer = await withAuthorization(`${scheme} ${scim.token}`)
    expect(answer.status).toBe(200)
  })

  test('a wrong token gets a SCIM-shaped 401 with WWW-Authenticate', async () => {
    const answer = await withAuthorization('Bearer wrong-token')
    expect(answer.status).toBe(401)
    expect(answer.headers.get('www-authenticate')).toMatch(/^Bearer/i)
    expect(answer.headers.get('content-type')).toMatch(/^application\/scim\+json/)
    expect(answer.body).toMatchObject({ schemas: [errorUrn], status: '401' })
  })

  test.each(['', 'Bearer', 'Bearer ', 'Basic dXNlcjpwYXNz', 'Bearer rc_', 'Negotiate x'])(
    'the authorization "%s" gets 401',
    async (authorization) => {
      const answer = await withAuthorization(authorization)
      expect(answer.status).toBe(401)
      expect(answer.headers.get('www-authenticate')).toMatch(/^Bearer/i)
    },
  )

  test("a token is refused at another integration's URL", async () => {
    const other = await server.createIntegration('Other')
    const mixed = await server.client(other.slug, scim.token).get('/Users')
    expect([401, 403, 404]).toContain(mixed.status)
  })
})
