import { afterAll, describe, expect, test } from 'vitest'
import { bulkRequestUrn, bulkResponseUrn, enterpriseUserSchemaUrn, patchOpUrn } from '../../src/scim/urn.ts'
import { group, user } from '../people.ts'
import { startServer } from '../server.ts'

const server = await startServer()
afterAll(server.stop)
const { scim } = server

const bulk = (operations: readonly object[], more = {}) =>
  scim.post('/Bulk', { schemas: [bulkRequestUrn], Operations: operations, ...more })
const createUser = (bulkId: string, data = user()) => ({ method: 'POST', path: '/Users', bulkId, data })
const manager = (value: string) => user({ [enterpriseUserSchemaUrn]: { manager: { value } } })

describe('RFC 7644 §3.7: bulk', () => {
  test('create, change, replace and delete in one request', async () => {
    const [x, y, z] = [
      await scim.post('/Users', user()),
      await scim.create('/Users', user()),
      await scim.create('/Users', user()),
    ]
    const id = x.textAt('/id')
    const answer = await bulk([
      createUser('q'),
      {
        method: 'PATCH',
        path: `/Users/${id}`,
        data: { schemas: [patchOpUrn], Operations: [{ op: 'add', path: 'title', value: 'T' }] },
      },
      { method: 'put', path: `/Users/${y}`, data: user({ title: 'P' }) },
      { method: 'DELETE', path: `/Users/${z}` },
    ])
    expect(answer.status).toBe(200)
    expect(answer.at('/schemas')).toEqual([bulkResponseUrn])
    expect(answer.at('/Operations')).toMatchObject([
      { method: 'POST', bulkId: 'q', status: '201', location: expect.stringContaining(`${scim.base}/Users/`) },
      { method: 'PATCH', status: '200', location: `${scim.base}/Users/${id}` },
      { method: 'PUT', status: '200', location: `${scim.base}/Users/${y}` },
      { method: 'DELETE', status: '204', location: expect.stringMatching(new RegExp(`/Users/${z}$`)) },
    ])
    const changed = await scim.get(`/Users/${id}`)
    expect(changed.at('/title')).toBe('T')
    expect(answer.at('/Operations/1/version')).toBe(changed.at('/meta/version'))
    expect((await scim.get(`/Users/${z}`)).status).toBe(404)
  })

  test('a bulkId refers to what was made before, in data and in a path', async () => {
    const answer = await bulk([
      createUser('person'),
      { method: 'POST', path: '/Groups', bulkId: 'team', data: group('Bulk back', ['bulkId:person']) },
      {
        method: 'PATCH',
        path: '/Groups/bulkId:team',
        data: { schemas: [patchOpUrn], Operations: [{ op: 'replace', path: 'displayName', value: 'Bulk back 2' }] },
      },
    ])
    const person = answer.textAt('/Operations/0/location').split('/').at(-1)
    const team = await fetch(answer.textAt('/Operations/1/location'), {
      headers: { authorization: `Bearer ${scim.token}` },
    })
    expect(await team.json()).toMatchObject({ displayName: 'Bulk back 2', members: [{ value: person }] })
  })

  test.each(['bW9zcw/g==', 'a:b', 'Users/1', 'two words', 'a "quote"', 'größe'])(
    'a bulkId is any text, as %s is',
    async (bulkId) => {
      const answer = await bulk([
        createUser(bulkId),
        { method: 'POST', path: '/Groups', bulkId: 'team', data: group(`Bulk ${bulkId}`, [`bulkId:${bulkId}`]) },
        { method: 'DELETE', path: `/Users/bulkId:${encodeURIComponent(bulkId)}` },
      ])
      expect(answer.at('/Operations')).toMatchObject([{ status: '201' }, { status: '201' }, { status: '204' }])
    },
  )

  test('a bulkId refers to what is made later', async () => {
    const answer = await bulk([
      { method: 'POST', path: '/Groups', bulkId: 'team', data: group('Bulk forward', ['bulkId:late']) },
      createUser('late'),
    ])
    expect(answer.at('/Operations')).toMatchObject([{ status: '201' }, { status: '201' }])
    const found = await scim.find('/Groups', 'displayName eq "Bulk forward"')
    expect(answer.textAt('/Operations/1/location').split('/').at(-1)).toBe(found.at('/Resources/0/members/0/value'))
  })

  test('two that refer to each other are both made', async () => {
    const answer = await bulk([
      createUser('left', manager('bulkId:right')),
      createUser('right', manager('bulkId:left')),
    ])
    expect(answer.at('/Operations')).toMatchObject([{ status: '201' }, { status: '201' }])
    const [left, right] = [0, 1].map((i) => answer.textAt(`/Operations/${i}/location`).split('/').at(-1) ?? '')
    expect((await scim.get(`/Users/${left}`)).at(`/${enterpriseUserSchemaUrn}/manager/value`)).toBe(right)
    expect((await scim.get(`/Users/${right}`)).at(`/${enterpriseUserSchemaUrn}/manager/value`)).toBe(left)
  })

  test('of those that refer to each other, one pair that cannot be made takes nobody else with it', async () => {
    const taken = user()
    await scim.create('/Users', taken)
    const answer = await bulk([
      createUser('one', manager('bulkId:two')),
      createUser('bad', { ...user(manager('bulkId:good')), userName: taken.userName }),
      createUser('good', manager('bulkId:bad')),
      createUser('two', manager('bulkId:one')),
      { method: 'POST', path: '/Groups', bulkId: 'team', data: group('Bulk beside', ['bulkId:one', 'bulkId:two']) },
      { method: 'POST', path: '/Groups', bulkId: 'lost', data: group('Bulk behind', ['bulkId:good']) },
    ])
    expect(answer.at('/Operations')).toMatchObject([
      { bulkId: 'one', status: '201' },
      { bulkId: 'bad', status: '409', response: { scimType: 'uniqueness' } },
      { bulkId: 'good', status: '409' },
      { bulkId: 'two', status: '201' },
      { bulkId: 'team', status: '201' },
      { bulkId: 'lost', status: '409' },
    ])
  })

  test('a bulkId that nobody has fails that operation alone', async () => {
    const answer = await bulk([
      { method: 'POST', path: '/Groups', bulkId: 'g', data: group('Bulk lost', ['bulkId:nobody']) },
      createUser('fine'),
    ])
    expect(answer.at('/Operations/0/status')).toMatch(/^4/)
    expect(answer.at('/Operations/1/status')).toBe('201')
  })

  test('text that looks like a reference is kept where nothing can be referred to', async () => {
    const id = await scim.create('/Users', user())
    const [displayName, title] = ['bulkId:person', 'bulkId:nobody']
    const answer = await bulk([
      createUser('person', user({ displayName, userName: 'bulkId:ana' })),
      {
        method: 'PATCH',
        path: `/Users/${id}`,
        data: { schemas: [patchOpUrn], Operations: [{ op: 'replace', path: 'title', value: title }] },
      },
    ])
    expect(answer.at('/Operations')).toMatchObject([{ status: '201' }, { status: '200' }])
    expect((await scim.find('/Users', 'userName eq "bulkId:ana"')).texts('/displayName')).toEqual([displayName])
    expect((await scim.get(`/Users/${id}`)).at('/title')).toBe(title)
  })

  test('a failOnErrors of 0 ends nothing', async () => {
    const answer = await bulk([{ method: 'DELETE', path: '/Users/nobody' }, createUser('after')], { failOnErrors: 0 })
    expect(answer.at('/Operations')).toMatchObject([{ status: '404' }, { status: '201' }])
  })

  test('each failure is a SCIM error in its operation', async () => {
    const body = user({ userName: 'twice@bulk.test' })
    const answer = await bulk([
      createUser('a', body),
      createUser('b', body),
      { method: 'DELETE', path: '/Users/nobody' },
      { method: 'GET', path: '/Users' },
    ])
    expect(answer.at('/Operations/1')).toMatchObject({
      bulkId: 'b',
      status: '409',
      response: { scimType: 'uniqueness', status: '409' },
    })
    expect(answer.at('/Operations/2')).toMatchObject({ status: '404', response: { status: '404' } })
    expect(answer.at('/Operations/3/status')).toMatch(/^4/)
  })

  test('failOnErrors stops after so many failures, and the rest is not done', async () => {
    const lost = { method: 'DELETE', path: '/Users/nobody' }
    const answer = await bulk(
      [createUser('a'), lost, createUser('b'), lost, createUser('never', user({ userName: 'never@bulk.test' }))],
      {
        failOnErrors: 2,
      },
    )
    expect(answer.status).toBe(200)
    const operations = answer.at('/Operations')
    expect(Array.isArray(operations) ? operations.length : 0).toBe(4)
    expect((await scim.find('/Users', 'userName eq "never@bulk.test"')).at('/totalResults')).toBe(0)
  })

  test('a version that is not the current one fails the operation with 412', async () => {
    const id = await scim.create('/Users', user())
    const answer = await bulk([{ method: 'DELETE', path: `/Users/${id}`, version: 'W/"wrong"' }])
    expect(answer.at('/Operations/0/status')).toBe('412')
  })

  test.each([
    ['no Operations', { schemas: [bulkRequestUrn] }],
    ['Operations that are no list', { schemas: [bulkRequestUrn], Operations: {} }],
    ['a list', []],
  ])('refuses %s with invalidSyntax', async (_, body) => {
    const answer = await scim.post('/Bulk', body)
    expect(answer.status).toBe(400)
    expect(answer.at('/scimType')).toBe('invalidSyntax')
  })

  test.each([
    [7],
    [null],
    [{}],
    [{ method: 'POST' }],
    [{ method: 'POST', path: 7 }],
    [{ method: 'POST', path: '/Users' }],
    [{ method: 'POST', path: '/Bulk', bulkId: 'x', data: {} }],
  ])('the operation %j fails and does no harm', async (operation) => {
    const answer = await scim.post('/Bulk', { schemas: [bulkRequestUrn], Operations: [operation] })
    expect([200, 400]).toContain(answer.status)
    expect(answer.at('/Operations/0/status') ?? '400').toMatch(/^4/)
  })

  test('one operation more than maxOperations is a 413 that names the limit', async () => {
    const max = Number((await scim.get('/ServiceProviderConfig')).at('/bulk/maxOperations'))
    const answer = await bulk(Array.from({ length: max + 1 }, () => ({ method: 'DELETE', path: '/Users/nobody' })))
    expect(answer.status).toBe(413)
    expect(answer.textAt('/detail').replaceAll(/[ ,]/g, '')).toContain(String(max))
  })

  test('a payload over maxPayloadSize is a 413', async () => {
    const max = Number((await scim.get('/ServiceProviderConfig')).at('/bulk/maxPayloadSize'))
    const answer = await bulk([createUser('big', user({ title: 'x'.repeat(max) }))])
    expect(answer.status).toBe(413)
  })
})
