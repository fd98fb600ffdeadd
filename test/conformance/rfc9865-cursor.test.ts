import { afterAll, describe, expect, test } from 'vitest'
import { searchRequestUrn } from '../../src/scim/urn.ts'
import { group, user } from '../people.ts'
import { startServer } from '../server.ts'

const server = await startServer()
afterAll(server.stop)
const { scim } = server

const ids: string[] = []
for (let i = 0; i < 7; i++) ids.push(await scim.create('/Users', user()))
await scim.create('/Groups', group('Cursors'))

const page = (cursor: string, more = '') => scim.get(`/Users?cursor=${encodeURIComponent(cursor)}&count=3${more}`)

describe('RFC 9865: paging by cursor', () => {
  test('an empty cursor starts, nextCursor goes on, its absence ends', async () => {
    const first = await page('')
    expect(first.at('/totalResults')).toBe(7)
    expect(first.at('/itemsPerPage')).toBe(3)
    const second = await page(first.textAt('/nextCursor'))
    const third = await page(second.textAt('/nextCursor'))
    expect(third.at('/nextCursor')).toBeUndefined()
    const seen = [first, second, third].flatMap((each) => each.texts('/id'))
    expect(seen.toSorted()).toEqual(ids.toSorted())
  })

  test('a last page that is full has no nextCursor either', async () => {
    const whole = await scim.get('/Users?cursor=&count=7')
    expect([whole.at('/itemsPerPage'), whole.at('/nextCursor')]).toEqual([7, undefined])
    const six = await scim.get('/Users?cursor=&count=6')
    expect(six.texts('/id')).toHaveLength(6)
    expect(six.textAt('/nextCursor')).not.toBe('')
  })

  test('a search over all types goes on from users to groups', async () => {
    const search = (cursor: string) => scim.post('/.search', { schemas: [searchRequestUrn], count: 3, cursor })
    const first = await search('')
    expect(first.body).toMatchObject({ totalResults: 8, itemsPerPage: 3 })
    expect(first.at('/startIndex')).toBeUndefined()
    const second = await search(first.textAt('/nextCursor'))
    const third = await search(second.textAt('/nextCursor'))
    expect([third.at('/totalResults'), third.at('/nextCursor')]).toEqual([8, undefined])
    expect(third.texts('/meta/resourceType')).toEqual(['User', 'Group'])
    const seen = [first, second, third].flatMap((each) => each.texts('/id'))
    expect(new Set(seen).size).toBe(8)
    for (const wrong of ['garbage', (await page('')).textAt('/nextCursor')])
      expect((await search(wrong)).at('/scimType')).toBe('invalidCursor')
    const sorted = await scim.post('/.search', { schemas: [searchRequestUrn], cursor: '', sortBy: 'displayName' })
    expect(sorted.at('/scimType')).toBe('invalidCursor')
  })

  test('a bare cursor parameter starts too', async () => {
    const first = await scim.get('/Users?cursor&count=3')
    expect(first.textAt('/nextCursor').length).toBeGreaterThan(0)
  })

  test('without the cursor parameter, no cursor is returned', async () => {
    const list = await scim.get('/Users?count=3')
    expect(list.at('/nextCursor')).toBeUndefined()
  })

  test('a cursor holds URL-safe characters only', async () => {
    const cursor = (await page('')).textAt('/nextCursor')
    expect(cursor).toMatch(/^[\w.~-]+$/)
  })

  test('nobody is repeated or skipped when users come and go between the pages', async () => {
    const first = await page('')
    const temporary = await scim.create('/Users', user())
    const second = await page(first.textAt('/nextCursor'))
    await scim.delete(`/Users/${temporary}`)
    const third = await page(second.textAt('/nextCursor'))
    const seen = [first, second, third].flatMap((each) => each.texts('/id')).filter((each) => each !== temporary)
    expect(seen.toSorted()).toEqual(ids.toSorted())
  })

  test('a cursor carries a filter and an order along', async () => {
    const more = '&filter=userName+pr&sortBy=userName&sortOrder=descending'
    const first = await page('', more)
    const second = await page(first.textAt('/nextCursor'), more)
    const names = [...first.texts('/userName'), ...second.texts('/userName')]
    expect(names).toEqual(names.toSorted().toReversed())
  })

  test('the search endpoint takes cursors', async () => {
    const first = await scim.post('/Users/.search', { schemas: [searchRequestUrn], cursor: '', count: 3 })
    const second = await scim.post('/Users/.search', {
      schemas: [searchRequestUrn],
      cursor: first.textAt('/nextCursor'),
      count: 3,
    })
    expect(second.texts('/id')).toHaveLength(3)
    expect(second.texts('/id')).not.toContain(first.texts('/id')[0])
  })

  test.each([
    ['a word', 'garbage'],
    ['a path', '../../etc'],
    ['base64', 'AAAA'],
    ['percent signs', '%00'],
    ['SQL', "' OR 1=1 --"],
    ['5,000 letters', 'x'.repeat(5_000)],
  ])('%s for a cursor is refused with invalidCursor', async (_, cursor) => {
    const answer = await page(cursor)
    expect(answer.status).toBe(400)
    expect(answer.at('/scimType')).toBe('invalidCursor')
  })

  test('a cursor of the users is no cursor of the groups', async () => {
    const cursor = (await page('')).textAt('/nextCursor')
    const answer = await scim.get(`/Groups?cursor=${encodeURIComponent(cursor)}`)
    expect(answer.status).toBe(400)
    expect(answer.at('/scimType')).toBe('invalidCursor')
  })

  test('a cursor whose end was changed is refused', async () => {
    const cursor = (await page('')).textAt('/nextCursor')
    const answer = await page(`${cursor.slice(0, -2)}${cursor.endsWith('AA') ? 'BB' : 'AA'}`)
    expect(answer.status).toBe(400)
    expect(answer.textAt('/scimType')).toMatch(/^(invalidCursor|expiredCursor)$/)
  })
})
