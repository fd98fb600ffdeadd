import { afterAll, describe, expect, test } from 'vitest'
import { isJsonObject } from '../../src/scim/json/json.ts'
import { errorUrn } from '../../src/scim/urn.ts'
import { user } from '../people.ts'
import { startServer } from '../server.ts'

const server = await startServer()
afterAll(server.stop)
const { scim } = server
const id = await scim.create('/Users', user({ userName: 'taken@errors.test' }))

describe('RFC 7644 §3.12: errors', () => {
  test.each([
    ['GET', '/Users/none', undefined, 404, undefined],
    ['GET', '/Nothing', undefined, 404, undefined],
    ['GET', '/Users?filter=(', undefined, 400, 'invalidFilter'],
    ['POST', '/Users', '{', 400, 'invalidSyntax'],
    ['POST', '/Users', { userName: { a: 7 } }, 400, 'invalidValue'],
    ['POST', '/Users', user({ userName: 'taken@errors.test' }), 409, 'uniqueness'],
    ['PATCH', `/Users/${id}`, { Operations: [{ op: 'x' }] }, 400, 'invalidSyntax'],
    ['PATCH', `/Users/${id}`, { Operations: [{ op: 'remove' }] }, 400, 'noTarget'],
    ['PUT', '/Users', user(), 405, undefined],
    ['DELETE', '/Users', undefined, 405, undefined],
    ['PATCH', '/Schemas', {}, 405, undefined],
  ])(
    '%s %s holds schemas, status, scimType and detail, and nothing else',
    async (method, path, body, status, scimType) => {
      const answer = await scim.send(method, path, body)
      expect(answer.status).toBe(status)
      expect(answer.headers.get('content-type')).toMatch(/^application\/scim\+json/)
      expect(answer.body).toEqual({
        schemas: [errorUrn],
        status: String(status),
        ...(scimType === undefined ? {} : { scimType }),
        detail: expect.any(String),
      })
      expect(answer.textAt('/detail')).not.toMatch(/\bat .*\.(ts|js):\d|SQLITE|node:internal|undefined/)
      expect(answer.headers.get('x-powered-by')).toBeNull()
    },
  )

  test('a wrong token gets the same four keys', async () => {
    const answer = await scim.get('/Users', { authorization: 'Bearer x' })
    expect(isJsonObject(answer.body) ? Object.keys(answer.body).toSorted() : []).toEqual([
      'detail',
      'schemas',
      'status',
    ])
  })

  test('what the client sent is not echoed at length', async () => {
    const answer = await scim.post('/Users', user({ active: 'x'.repeat(100_000) }))
    expect(answer.status).toBe(400)
    expect(answer.text.length).toBeLessThan(2_000)
  })
})
