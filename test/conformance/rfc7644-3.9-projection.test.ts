import { afterAll, describe, expect, test } from 'vitest'
import { isJsonObject } from '../../src/scim/json/json.ts'
import { enterpriseUserSchemaUrn, userSchemaUrn } from '../../src/scim/urn.ts'
import { group, user } from '../people.ts'
import { startServer } from '../server.ts'

const server = await startServer()
afterAll(server.stop)
const { scim } = server
const ent = enterpriseUserSchemaUrn

const id = await scim.create(
  '/Users',
  user({ userName: 'p@p.test', title: 'T', [ent]: { department: 'D', division: 'V' } }),
)
const team = await scim.create('/Groups', group('Projected', [id]))

async function keys(path: string): Promise<readonly string[]> {
  const { body } = await scim.get(path)
  return isJsonObject(body) ? Object.keys(body).toSorted() : []
}

describe('RFC 7644 §3.9: attributes and excludedAttributes', () => {
  test.each([
    ['attributes=userName', ['id', 'schemas', 'userName']],
    ['attributes=USERNAME,Title', ['id', 'schemas', 'title', 'userName']],
    ['attributes=userName&attributes=', ['id', 'schemas', 'userName']],
    ['attributes=id', ['id', 'schemas']],
    ['attributes=unknown', ['id', 'schemas']],
    ['attributes=meta', ['id', 'meta', 'schemas']],
    [`attributes=${userSchemaUrn}:userName`, ['id', 'schemas', 'userName']],
    [`attributes=${ent}`, ['id', 'schemas', ent]],
    [`attributes=${ent}:department`, ['id', 'schemas', ent]],
    [`attributes=${ent.toUpperCase()}:DEPARTMENT`, ['id', 'schemas', ent]],
    ['attributes=name.familyName', ['id', 'name', 'schemas']],
    ['attributes=%20userName%20,%20title', ['id', 'schemas', 'title', 'userName']],
    ['attributes=userName&attributes=title', ['id', 'schemas', 'title', 'userName']],
  ])('%s', async (query, wanted) => {
    expect(await keys(`/Users/${id}?${query}`)).toEqual(wanted.toSorted())
  })

  test('a sub-attribute comes alone', async () => {
    expect((await scim.get(`/Users/${id}?attributes=name.familyName`)).at('/name/givenName')).toBeUndefined()
    expect((await scim.get(`/Users/${id}?attributes=${ent}:department`)).at(`/${ent}`)).toEqual({ department: 'D' })
    expect((await scim.get(`/Users/${id}?attributes=emails.value`)).at('/emails')).toEqual([
      { value: expect.stringContaining('@') },
    ])
  })

  test('excluded attributes are left out, and what is always returned is not', async () => {
    const all = await keys(`/Users/${id}`)
    expect(await keys(`/Users/${id}?excludedAttributes=title,emails,id,schemas`)).toEqual(
      all.filter((key) => key !== 'title' && key !== 'emails'),
    )
    const some = await scim.get(`/Users/${id}?excludedAttributes=name.familyName,${ent}:division`)
    expect(some.at('/name/familyName')).toBeUndefined()
    expect(some.at('/name/givenName')).toBeDefined()
    expect(some.at(`/${ent}`)).toEqual({ department: 'D' })
  })

  test('excludedAttributes=members holds on a group, in a list and in a search by name', async () => {
    expect(await keys(`/Groups/${team}`)).toContain('members')
    expect(await keys(`/Groups/${team}?excludedAttributes=members`)).not.toContain('members')
    for (const query of [
      'excludedAttributes=members',
      'excludedAttributes=members&filter=displayName+eq+%22projected%22',
    ]) {
      const list = await scim.get(`/Groups?${query}`)
      expect(list.at('/Resources/0/displayName')).toBe('Projected')
      expect(list.at('/Resources/0/members')).toBeUndefined()
    }
  })

  test('lists and answers to writes are projected alike', async () => {
    const list = await scim.get('/Users?attributes=userName')
    expect(list.at('/Resources/0')).toEqual({ schemas: expect.any(Array), id, userName: 'p@p.test' })
    const made = await scim.post('/Users?attributes=userName', user())
    expect(made.status).toBe(201)
    expect(made.at('/emails')).toBeUndefined()
    const made2 = await scim.patch(`/Users/${made.textAt('/id')}?excludedAttributes=emails`, [
      { op: 'add', path: 'title', value: 'x' },
    ])
    expect(made2.status).toBe(200)
    expect(made2.at('/title')).toBe('x')
    expect(made2.at('/emails')).toBeUndefined()
  })
})
