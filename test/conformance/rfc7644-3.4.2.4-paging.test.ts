import { afterAll, describe, expect, test } from 'vitest'
import { listResponseUrn } from '../../src/scim/urn.ts'
import { user } from '../people.ts'
import { startServer } from '../server.ts'

const server = await startServer()
afterAll(server.stop)
const { scim } = server

const ids: string[] = []
for (let i = 0; i < 12; i++) ids.push(await scim.create('/Users', user()))

describe('RFC 7644 §3.4.2.4: paging by index', () => {
  test('an empty list is a 200 with an empty ListResponse', async () => {
    const list = await scim.get('/Groups')
    expect(list.status).toBe(200)
    expect(list.body).toMatchObject({ schemas: [listResponseUrn], totalResults: 0, startIndex: 1, itemsPerPage: 0 })
    expect(list.at('/Resources')).toEqual([])
  })

  test.each([
    ['', 12, 1],
    ['?count=5', 5, 1],
    ['?startIndex=1&count=5', 5, 1],
    ['?startIndex=11&count=5', 2, 11],
    ['?startIndex=12&count=1', 1, 12],
    ['?startIndex=0&count=5', 5, 1],
    ['?startIndex=-7&count=5', 5, 1],
    ['?startIndex=13', 0, 13],
    ['?startIndex=101&count=5', 0, 101],
    ['?count=0', 0, 1],
    ['?count=-1', 0, 1],
    ['?count=1000000', 12, 1],
    ['?startIndex=2147483648&count=5', 0, 2147483648],
  ])('/Users%s returns %i from %i', async (query, length, startIndex) => {
    const list = await scim.get(`/Users${query}`)
    expect(list.status).toBe(200)
    expect(list.body).toMatchObject({ totalResults: 12, itemsPerPage: length, startIndex })
    expect(list.texts('/id')).toHaveLength(length)
  })

  test.each([
    '?count=abc',
    '?startIndex=1.5',
    '?count=1e99',
    '?startIndex=99999999999999999999',
    '?startIndex=9007199254740991',
    '?count=NaN',
  ])('%s is taken or refused, with a SCIM answer', async (query) => {
    const list = await scim.get(`/Users${query}`)
    expect([200, 400]).toContain(list.status)
  })

  test('pages follow each other without gap or repeat, in an order that stays', async () => {
    const walk = async () => {
      const seen: string[] = []
      for (let startIndex = 1; startIndex <= 12; startIndex += 5)
        seen.push(...(await scim.get(`/Users?startIndex=${startIndex}&count=5`)).texts('/id'))
      return seen
    }
    const first = await walk()
    expect(first.toSorted()).toEqual(ids.toSorted())
    expect(await walk()).toEqual(first)
    expect((await scim.get('/Users')).texts('/id')).toEqual(first)
  })

  test('a page of a filtered list counts only what matches', async () => {
    const list = await scim.find('/Users', `id eq "${ids[3]}" or id eq "${ids[7]}"`, { startIndex: '2', count: '5' })
    expect(list.body).toMatchObject({ totalResults: 2, itemsPerPage: 1, startIndex: 2 })
  })

  test('a page is never longer than maxResults of the configuration', async () => {
    const max = Number((await scim.get('/ServiceProviderConfig')).at('/filter/maxResults'))
    expect(max).toBeGreaterThanOrEqual(200)
  })
})
