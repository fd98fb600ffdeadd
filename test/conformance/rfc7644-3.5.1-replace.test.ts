import { afterAll, describe, expect, test } from 'vitest'
import { enterpriseUserSchemaUrn, groupSchemaUrn, userSchemaUrn } from '../../src/scim/urn.ts'
import { group, user } from '../people.ts'
import { startServer } from '../server.ts'

const server = await startServer()
afterAll(server.stop)
const { scim } = server

describe('RFC 7644 §3.5.1: replacing with PUT', () => {
  test('what is not sent is cleared, what is sent is there', async () => {
    const id = await scim.create(
      '/Users',
      user({ title: 'Old', nickName: 'Gone', [enterpriseUserSchemaUrn]: { department: 'X' } }),
    )
    const body = user({ title: 'New' })
    const replaced = await scim.put(`/Users/${id}`, body)
    expect(replaced.status).toBe(200)
    expect(replaced.body).toMatchObject({ ...body, id })
    expect(replaced.at('/nickName')).toBeUndefined()
    expect(replaced.at(`/${enterpriseUserSchemaUrn}`)).toBeUndefined()
    expect(replaced.at('/schemas')).toEqual([userSchemaUrn])
    expect((await scim.get(`/Users/${id}`)).body).toEqual(replaced.body)
  })

  test('id, meta and groups in the body are ignored', async () => {
    const made = await scim.post('/Users', user())
    const id = made.textAt('/id')
    const replaced = await scim.put(
      `/Users/${id}`,
      user({ id: 'other', meta: { created: '1999-01-01T00:00:00Z' }, groups: [{ value: 'x' }] }),
    )
    expect(replaced.status).toBe(200)
    expect(replaced.at('/id')).toBe(id)
    expect(replaced.at('/meta/created')).toBe(made.at('/meta/created'))
  })

  test('replacing a resource by itself leaves lastModified and version alone', async () => {
    const made = await scim.post('/Users', user({ title: 'Same' }))
    const replaced = await scim.put(`/Users/${made.textAt('/id')}`, made.body)
    expect(replaced.status).toBe(200)
    expect(replaced.at('/meta')).toEqual(made.at('/meta'))
  })

  test('a change moves lastModified and version', async () => {
    const made = await scim.post('/Users', user())
    const replaced = await scim.put(`/Users/${made.textAt('/id')}`, user())
    expect(replaced.at('/meta/version')).not.toBe(made.at('/meta/version'))
    expect(replaced.textAt('/meta/lastModified') >= made.textAt('/meta/lastModified')).toBe(true)
    expect(replaced.at('/meta/created')).toBe(made.at('/meta/created'))
  })

  test("taking another user's name is a conflict that changes nothing", async () => {
    await scim.create('/Users', user({ userName: 'taken@put.test' }))
    const made = await scim.post('/Users', user())
    const answer = await scim.put(`/Users/${made.textAt('/id')}`, user({ userName: 'TAKEN@put.test' }))
    expect(answer.status).toBe(409)
    expect(answer.at('/scimType')).toBe('uniqueness')
    expect((await scim.get(`/Users/${made.textAt('/id')}`)).body).toEqual(made.body)
  })

  test('a user may change the letter case of its own name', async () => {
    const id = await scim.create('/Users', user({ userName: 'mine@put.test' }))
    const answer = await scim.put(`/Users/${id}`, user({ userName: 'Mine@Put.Test' }))
    expect(answer.at('/userName')).toBe('Mine@Put.Test')
  })

  test.each(['null', 'no text', 'null under the schema'])(
    'an externalId that is not mentioned stays, and %s clears it',
    async (way) => {
      const value = way === 'no text' ? '' : null
      const own = (urn: string) =>
        way === 'null under the schema' ? { [`${urn}:externalId`]: null } : { externalId: value }
      const userName = `external-${way.length}@put.test`
      const person = await scim.create('/Users', user({ userName, externalId: `e-${way}` }))
      expect((await scim.put(`/Users/${person}`, user({ userName, title: 'T' }))).at('/externalId')).toBe(`e-${way}`)
      expect((await scim.put(`/Users/${person}`, user({ userName, ...own(userSchemaUrn) }))).status).toBe(200)
      expect((await scim.get(`/Users/${person}`)).at('/externalId')).toBeUndefined()
      expect((await scim.find('/Users', `externalId eq "e-${way}"`)).at('/totalResults')).toBe(0)

      const named = { schemas: [groupSchemaUrn], displayName: `External ${way}` }
      const team = await scim.create('/Groups', { ...named, externalId: `g-${way}` })
      expect((await scim.put(`/Groups/${team}`, named)).at('/externalId')).toBe(`g-${way}`)
      expect((await scim.put(`/Groups/${team}`, { ...named, ...own(groupSchemaUrn) })).status).toBe(200)
      expect((await scim.get(`/Groups/${team}`)).at('/externalId')).toBeUndefined()
    },
  )

  test('active as text, emails null and empty arrays are taken', async () => {
    const id = await scim.create('/Users', user())
    const answer = await scim.put(`/Users/${id}`, user({ active: 'false', emails: null, phoneNumbers: [] }))
    expect(answer.status).toBe(200)
    expect(answer.at('/active')).toBe(false)
    expect(answer.at('/emails') ?? []).toEqual([])
  })

  test('an unknown id is a 404, and nothing is created', async () => {
    const answer = await scim.put('/Users/no-such-user', user({ userName: 'never@put.test' }))
    expect(answer.status).toBe(404)
    expect((await scim.find('/Users', 'userName eq "never@put.test"')).at('/totalResults')).toBe(0)
  })

  test('a group is replaced with all its members', async () => {
    const [a, b] = [await scim.create('/Users', user()), await scim.create('/Users', user())]
    const id = await scim.create('/Groups', group('Put crew', [a]))
    const replaced = await scim.put(`/Groups/${id}`, group('Put crew 2', [b]))
    expect(replaced.status).toBe(200)
    expect(replaced.at('/displayName')).toBe('Put crew 2')
    const read = await scim.get(`/Groups/${id}`)
    expect(read.at('/members/0/value')).toBe(b)
    expect(read.at('/members/1')).toBeUndefined()
  })

  test('members are replaced under whichever name they stand, and taken away by null', async () => {
    const [a, b] = [await scim.create('/Users', user()), await scim.create('/Users', user())]
    const displayName = 'Named crew'
    const id = await scim.create('/Groups', group(displayName, [a]))
    for (const named of [
      { [groupSchemaUrn]: { members: [{ value: b }] } },
      { [`${groupSchemaUrn}:members`]: [{ value: a }] },
      { [groupSchemaUrn.toUpperCase()]: { Members: [{ value: b }] } },
    ]) {
      const wanted = JSON.stringify(named).includes(a) ? a : b
      const replaced = await scim.put(`/Groups/${id}`, { schemas: [groupSchemaUrn], displayName, ...named })
      expect(replaced.status).toBe(200)
      expect(replaced.at('/members/0/value')).toBe(wanted)
      expect(replaced.at('/members/1')).toBeUndefined()
    }
    await scim.put(`/Groups/${id}`, { schemas: [groupSchemaUrn], displayName, [groupSchemaUrn]: { members: null } })
    expect((await scim.get(`/Groups/${id}`)).at('/members')).toEqual([])
  })
})
