import { afterAll, describe, expect, test } from 'vitest'
import { createClient } from '../client.ts'
import { user } from '../people.ts'
import { startServer } from '../server.ts'

const server = await startServer()
afterAll(server.stop)
const { scim } = server
const { origin } = new URL(server.root)
const at = (base: string) => createClient(base, scim.token)

const userName = 'paths@paths.test'
const id = await scim.create('/Users', user({ userName }))

describe('RFC 7644 §3.1 and §3.13: endpoints and paths', () => {
  test.each([
    `/scim/${server.integration.slug}/v2`,
    '/scim/v2',
    '/scim',
    `/scim/${server.integration.slug}/v2/`,
    '/scim/v2/',
    '//scim//v2',
    '/scim/',
    `/SCIM/${server.integration.slug.toUpperCase()}/V2`,
  ])('the base %s leads to the directory', async (base) => {
    const found = await at(origin + base).get(`/Users/${id}`)
    expect(found.status).toBe(200)
    expect(found.at('/userName')).toBe(userName)
  })

  test.each([`//Users//${id}`, `/Users/${id}/`, `/Users/${id}//`, '/Users/', '//Users?count=1', '/Users/?count=1'])(
    'the path %s is tidied',
    async (path) => {
      const found = await scim.get(path)
      expect(found.status).toBe(200)
    },
  )

  test.each([
    '?aadOptscim062020',
    '?aadOptscim062020=',
    '?unknown=1&another',
    '?&&',
    '?count=1&count=2',
    '?filter=',
    '?%zz=1',
  ])('unknown or empty query parameters do no harm: %s', async (query) => {
    const found = await scim.get(`/Users${query}`)
    expect([200, 400]).toContain(found.status)
  })

  test.each(['/scim/v1/Users', '/scim/v3', '/scim/v1.1/Users/x', `/scim/${server.integration.slug}/v3/Groups`])(
    'the version in %s is refused as one that is not served (§3.13)',
    async (path) => {
      const answer = await at(origin).get(path)
      expect(answer.status).toBe(400)
      expect(answer.at('/scimType')).toBe('invalidVers')
      expect(answer.textAt('/detail')).toContain(`${server.root}/${server.integration.slug}/v2`)
    },
  )

  test('the flag of the tenant URL is ignored', async () => {
    const found = await scim.get(`/Users?aadOptscim062020&filter=userName+eq+%22${userName}%22`)
    expect(found.at('/totalResults')).toBe(1)
  })

  test('a path that is appended behind the flag is found', async () => {
    const { slug } = server.integration
    for (const base of [`/scim/${slug}/v2?aadOptscim062020`, '/scim/v2/?aadOptscim062020']) {
      expect((await at(origin + base).get(`/Users/${id}`)).at('/userName')).toBe(userName)
      const filter = `userName+eq+%22${userName}%22`
      expect((await at(origin + base).get(`/Users?filter=${filter}`)).at('/totalResults')).toBe(1)
    }
  })

  test.each(['/Nothing', '/Users/x/y', '/users/../Groups/x', '/%00', '/Users/%2e%2e', '/Users/%ff'])(
    'the path %s is a SCIM-shaped 4xx',
    async (path) => {
      const answer = await scim.get(path)
      expect([400, 404]).toContain(answer.status)
      expect(answer.at('/status')).toBe(String(answer.status))
    },
  )

  test('a SCIM URL that was pasted with /Users behind it is told from an id that is not here', async () => {
    const slipped = at(`${server.root}/${server.integration.slug}/v2/Users`)
    const answers = [await slipped.get('/Users?filter=userName+eq+%22a%22'), await slipped.post('/Users', user())]
    for (const answer of answers) {
      expect(answer.status).toBe(404)
      expect(answer.textAt('/detail')).toContain(`The SCIM URL of this integration is ${server.root}/`)
    }
  })

  test('every answer carries a request id of its own', async () => {
    const ids = await Promise.all(['/Users', '/Nothing', `/Users/${id}`].map((path) => scim.get(path)))
    const seen = new Set(ids.map((each) => each.headers.get('x-request-id')))
    expect(seen.size).toBe(3)
    expect(seen).not.toContain(null)
  })

  test('forwarded headers from anybody change no URL', async () => {
    const spoofed = await scim.get(`/Users/${id}`, {
      'x-forwarded-host': 'evil.test',
      'x-forwarded-proto': 'https',
      forwarded: 'host=evil.test;proto=https',
      'x-forwarded-prefix': '/evil',
    })
    expect(spoofed.status).toBe(200)
    expect(spoofed.text).not.toContain('evil')
    expect(spoofed.textAt('/meta/location').startsWith(`${origin}/scim`)).toBe(true)
  })

  test.each(['/health', '/healthz'])('%s answers without a token', async (path) => {
    const answer = await fetch(origin + path)
    expect(answer.status).toBe(200)
    expect(await answer.text()).not.toContain(userName)
  })

  test('the administrator can name the public URL, which then leads every location', async () => {
    const named = await startServer({ args: ['--public-url', 'https://scim.example.com'] })
    try {
      const created = await named.scim.post('/Users', user())
      expect(created.headers.get('location')).toMatch(/^https:\/\/scim\.example\.com\/scim\/.*\/Users\//)
      expect(created.at('/meta/location')).toBe(created.headers.get('location'))
      const group = await named.scim.post('/Groups', {
        displayName: 'Sales',
        members: [{ value: created.textAt('/id') }],
      })
      expect(group.at('/members/0/$ref')).toBe(created.headers.get('location'))
      const member = await named.scim.get(`/Users/${created.textAt('/id')}`)
      expect(member.at('/groups/0/$ref')).toBe(group.headers.get('location'))
      for (const path of ['/Users', '/Groups', '/Schemas', '/ResourceTypes', '/ServiceProviderConfig'])
        expect((await named.scim.get(path)).text).not.toContain('127.0.0.1')
    } finally {
      await named.stop()
    }
  })
})

describe('limits', () => {
  test('a body over 4 MiB is refused with a 413 that names the limit', async () => {
    const answer = await scim.post('/Users', user({ displayName: 'x'.repeat(5 * 1024 * 1024) }))
    expect(answer.status).toBe(413)
    expect(answer.textAt('/detail')).toMatch(/4 ?MiB|4194304|4,194,304/i)
  })

  test('a body of just under 4 MiB is read', async () => {
    const answer = await scim.post('/Users', user({ unknownProperty: 'x'.repeat(4 * 1024 * 1024 - 2_000) }))
    expect(answer.status).toBe(201)
  })

  test('a content type that is not JSON is refused with 415, a missing one is not', async () => {
    const xml = await scim.post('/Users', '<user/>', { 'content-type': 'application/xml' })
    expect(xml.status).toBe(415)
    const plain = await scim.post('/Users', user(), { 'content-type': 'application/json' })
    expect(plain.status).toBe(201)
    const ascii = await scim.post('/Users', user(), { 'content-type': 'application/scim+json; charset=US-ASCII' })
    expect(ascii.status).toBe(201)
    const latin = await scim.post('/Users', user(), { 'content-type': 'application/json; charset=iso-8859-1' })
    expect(latin.status).toBe(415)
    const zipped = await scim.post('/Users', user(), { 'content-encoding': 'gzip' })
    expect(zipped.status).toBe(415)
    const plainly = await scim.post('/Users', user(), { 'content-encoding': 'identity' })
    expect(plainly.status).toBe(201)
  })

  test('a body is UTF-8 (RFC 8259 §8.1), and a mark that says so is ignored', async () => {
    expect((await scim.post('/Users', `\ufeff${JSON.stringify(user())}`)).status).toBe(201)
    const headers = { authorization: `Bearer ${scim.token}`, 'content-type': 'application/scim+json' }
    const body = Buffer.from(JSON.stringify(user({ displayName: 'José' })), 'latin1')
    const answer = await fetch(`${scim.base}/Users`, { method: 'POST', headers, body })
    expect(answer.status).toBe(400)
    expect(await answer.json()).toMatchObject({ scimType: 'invalidSyntax', detail: expect.stringContaining('UTF-8') })
  })

  test.each([
    ['application/json', 'application/json'],
    ['APPLICATION/JSON', 'application/json'],
    ['application/scim+json;q=0.1, application/json;q=0.9', 'application/json'],
    ['application/json, text/plain;q=0.8', 'application/json'],
    ['application/json, application/scim+json', 'application/scim+json'],
    ['application/json, text/plain, */*', 'application/scim+json'],
    ['application/json;q=0', 'application/scim+json'],
    ['application/json;q=0.5, application/*', 'application/scim+json'],
    ['text/html', 'application/scim+json'],
  ])('Accept "%s" is answered as %s', async (accept, type) => {
    expect((await scim.get(`/Users/${id}`, { accept })).headers.get('content-type')).toBe(`${type}; charset=utf-8`)
  })

  test.each(['application/json', 'text/html', '*/*', 'application/xml;q=0.9', ''])(
    'a GET with Accept "%s" is answered',
    async (accept) => {
      const answer = await scim.get(`/Users/${id}`, { accept })
      expect(answer.status).toBe(200)
      expect(answer.headers.get('content-type')).toMatch(/^application\/(scim\+)?json/)
    },
  )
})
