import { afterAll, describe, expect, test } from 'vitest'
import { group, user } from '../people.ts'
import { startServer } from '../server.ts'

const server = await startServer()
afterAll(server.stop)
const { scim } = server

async function madeUser() {
  const made = await scim.post('/Users', user())
  return { made, path: `/Users/${made.textAt('/id')}`, etag: made.textAt('/meta/version') }
}
const change = [{ op: 'replace', path: 'title', value: 'Changed' }]

describe('RFC 7644 §3.14: versions', () => {
  test('the version is a weak ETag, the same in header and meta', async () => {
    const { made, etag } = await madeUser()
    expect(etag).toMatch(/^W\/"[^"]+"$/)
    expect(made.headers.get('etag')).toBe(etag)
  })

  test.each([
    ['PUT', (path: string, match: string) => scim.put(path, user(), { 'if-match': match })],
    ['PATCH', (path: string, match: string) => scim.patch(path, change, { 'if-match': match })],
    ['DELETE', (path: string, match: string) => scim.delete(path, { 'if-match': match })],
  ])('%s of another version is refused with 412 and changes nothing', async (_, write) => {
    const { made, path, etag } = await madeUser()
    const refusal = await write(path, 'W/"another"')
    expect(refusal.status).toBe(412)
    expect(refusal.at('/status')).toBe('412')
    expect((await scim.get(path)).body).toEqual(made.body)

    const done = await write(path, etag)
    expect([200, 204]).toContain(done.status)
  })

  test.each([
    ['PUT', (path: string, match: string) => scim.put(path, user(), { 'if-none-match': match })],
    ['PATCH', (path: string, match: string) => scim.patch(path, change, { 'if-none-match': match })],
    ['DELETE', (path: string, match: string) => scim.delete(path, { 'if-none-match': match })],
  ])('%s of a version that If-None-Match rules out is refused with 412 and changes nothing', async (_, write) => {
    const { made, path, etag } = await madeUser()
    for (const match of ['*', etag]) {
      const refusal = await write(path, match)
      expect([refusal.status, refusal.at('/status')]).toEqual([412, '412'])
    }
    expect((await scim.get(path)).body).toEqual(made.body)
    const done = await write(path, 'W/"another"')
    expect([200, 204]).toContain(done.status)
  })

  test('If-Match takes a list, the strong form, and *', async () => {
    const { path, etag } = await madeUser()
    const first = await scim.patch(path, change, { 'if-match': `W/"other", ${etag}` })
    expect(first.status).toBe(200)
    const strong = await scim.patch(path, [{ op: 'remove', path: 'title' }], {
      'if-match': first.textAt('/meta/version').replace('W/', ''),
    })
    expect(strong.status).toBe(200)
    expect((await scim.patch(path, change, { 'if-match': '*' })).status).toBe(200)
  })

  test('an old version no longer matches after a change', async () => {
    const { path, etag } = await madeUser()
    await scim.patch(path, change)
    expect((await scim.delete(path, { 'if-match': etag })).status).toBe(412)
  })

  test('If-None-Match answers 304 without a body while nothing has changed', async () => {
    const { path, etag } = await madeUser()
    const same = await scim.get(path, { 'if-none-match': etag })
    expect(same.status).toBe(304)
    expect(same.text).toBe('')
    await scim.patch(path, change)
    expect((await scim.get(path, { 'if-none-match': etag })).status).toBe(200)
  })

  test.each(['/Users', '/Groups'])('a read of another version than the one of %s is refused with 412', async (list) => {
    const made = await scim.post(list, list === '/Users' ? user() : group('Read by version'))
    const path = `${list}/${made.textAt('/id')}`
    const etag = made.textAt('/meta/version')
    expect((await scim.get(path, { 'if-match': 'W/"another"' })).at('/status')).toBe('412')
    expect((await scim.get(path, { 'if-match': 'W/"another"', 'if-none-match': etag })).status).toBe(412)
    for (const match of [etag, etag.replace('W/', ''), `W/"another", ${etag}`, '*'])
      expect((await scim.get(path, { 'if-match': match })).body).toEqual(made.body)
    expect((await scim.get(`${list}/nobody`, { 'if-match': '*' })).status).toBe(404)
  })

  test('of two changes to the same version, one wins', async () => {
    const { path, etag } = await madeUser()
    const both = await Promise.all(
      ['A', 'B'].map((value) => scim.patch(path, [{ op: 'replace', path: 'title', value }], { 'if-match': etag })),
    )
    expect(both.filter((each) => each.status === 200)).toHaveLength(1)
    expect(both.filter((each) => each.status === 412)).toHaveLength(1)
  })

  test('a group has versions too, and a new member is a new one', async () => {
    const person = await scim.create('/Users', user())
    const made = await scim.post('/Groups', group('Versioned'))
    const path = `/Groups/${made.textAt('/id')}`
    const add = [{ op: 'add', path: 'members', value: [{ value: person }] }]
    expect((await scim.patch(path, add, { 'if-match': 'W/"x"' })).status).toBe(412)
    expect((await scim.patch(path, add, { 'if-match': made.textAt('/meta/version') })).status).toBe(204)
    expect((await scim.get(path)).at('/meta/version')).not.toBe(made.at('/meta/version'))
  })
})
