import { afterAll, describe, expect, test } from 'vitest'
import { listResponseUrn, searchRequestUrn } from '../../src/scim/urn.ts'
import { group, user } from '../people.ts'
import { startServer } from '../server.ts'

const server = await startServer()
afterAll(server.stop)
const { scim } = server

const person = await scim.create('/Users', user({ displayName: 'Findable', userName: 'one@search.test' }))
const team = await scim.create('/Groups', group('Findable'))
const search = (path: string, request: object) => scim.post(path, { schemas: [searchRequestUrn], ...request })

describe('RFC 7644 §3.4.3: searching with POST', () => {
  test('a search among users', async () => {
    const found = await search('/Users/.search', { filter: 'userName eq "ONE@search.test"' })
    expect(found.status).toBe(200)
    expect(found.body).toMatchObject({ schemas: [listResponseUrn], totalResults: 1 })
    expect(found.texts('/id')).toEqual([person])
  })

  test('a search among groups', async () => {
    const found = await search('/Groups/.search', { filter: 'displayName eq "findable"' })
    expect(found.texts('/id')).toEqual([team])
  })

  test('a search at the root finds users and groups', async () => {
    const found = await search('/.search', { filter: 'displayName eq "Findable"' })
    expect(found.at('/totalResults')).toBe(2)
    expect(found.texts('/meta/resourceType').toSorted()).toEqual(['Group', 'User'])
  })

  test('a query at the root itself finds the same (RFC 7644 §3.4.2.1)', async () => {
    const found = await scim.get(`/?filter=${encodeURIComponent('displayName eq "Findable"')}&attributes=displayName`)
    expect(found.status).toBe(200)
    expect(found.at('/totalResults')).toBe(2)
    expect(found.texts('/id').toSorted()).toEqual([person, team].toSorted())
    expect((await scim.get('?filter=bogus')).at('/scimType')).toBe('invalidFilter')
    const refused = await scim.send('DELETE', '', undefined)
    expect(refused.status).toBe(405)
  })

  test('a query at the root needs no filter, but is one only with some parameter', async () => {
    const found = await scim.get('/?count=1&startIndex=2')
    expect(found.status).toBe(200)
    expect(found.at('/totalResults')).toBe((await search('/.search', { count: 0 })).at('/totalResults'))
    expect(found.texts('/id')).toHaveLength(1)
    expect((await scim.get('/')).status).toBe(404)
    expect((await scim.get('/?unknown=1')).status).toBe(404)
  })

  test('a search at the root can ask for one resource type', async () => {
    const found = await search('/.search', { filter: 'meta.resourceType eq "Group"' })
    expect(found.texts('/id')).toEqual([team])
  })

  test('attributes, excludedAttributes, order and page count as in a query', async () => {
    await scim.create('/Users', user({ userName: 'two@search.test' }))
    const found = await search('/Users/.search', {
      attributes: ['userName'],
      sortBy: 'userName',
      sortOrder: 'descending',
      startIndex: 1,
      count: 1,
    })
    expect(found.body).toMatchObject({ totalResults: 2, itemsPerPage: 1, startIndex: 1 })
    expect(found.texts('/userName')).toEqual(['two@search.test'])
    expect(found.at('/Resources/0/emails')).toBeUndefined()
  })

  test('a search at the root is sorted over all types', async () => {
    const prefix = 'Sorted'
    await scim.create('/Groups', group(`${prefix} b`))
    await scim.create('/Users', user({ displayName: `${prefix} c`, userName: 'sorted-c@search.test' }))
    await scim.create('/Users', user({ displayName: `${prefix.toUpperCase()} A`, userName: 'sorted-a@search.test' }))
    await scim.create('/Groups', group(`${prefix} D`))
    const sorted = async (request: object) => {
      const found = await search('/.search', {
        filter: `displayName sw "${prefix}"`,
        sortBy: 'displayName',
        ...request,
      })
      expect(found.at('/totalResults')).toBe(4)
      return found.texts('/displayName').map((each) => each.slice(-1))
    }
    expect(await sorted({})).toEqual(['A', 'b', 'c', 'D'])
    expect(await sorted({ sortOrder: 'descending' })).toEqual(['D', 'c', 'b', 'A'])
    expect(await sorted({ startIndex: 2, count: 2, attributes: ['displayName'] })).toEqual(['b', 'c'])
    expect(await sorted({ count: 0 })).toEqual([])
    // Groups have no userName, so they come last, and first the other way round.
    expect(await sorted({ sortBy: 'userName' })).toEqual(['A', 'c', 'b', 'D'])
    expect(await sorted({ sortBy: 'userName', sortOrder: 'descending' })).toEqual(['b', 'D', 'c', 'A'])
  })

  test.each([
    [{ sortBy: 'nonsense' }, 'invalidPath'],
    [{ sortBy: 'displayName', startIndex: 10_000, count: 2 }, 'invalidValue'],
  ])('a sorted search at the root that cannot be answered is refused: %j', async (request, scimType) => {
    const answer = await search('/.search', request)
    expect([answer.status, answer.at('/scimType')]).toEqual([400, scimType])
  })

  test('a filter that cannot be read is refused', async () => {
    const answer = await search('/Users/.search', { filter: 'userName eq' })
    expect(answer.status).toBe(400)
    expect(answer.at('/scimType')).toBe('invalidFilter')
  })

  test.each([{ filter: 7 }, { attributes: 'x', count: {} }, { startIndex: [] }, { sortBy: { a: 1 } }])(
    'a member of the wrong type is refused: %j',
    async (request) => {
      const answer = await search('/Users/.search', request)
      expect(answer.status).toBe(400)
    },
  )
})
