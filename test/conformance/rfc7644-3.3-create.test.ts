import { afterAll, describe, expect, test } from 'vitest'
import { enterpriseUserSchemaUrn, errorUrn, groupSchemaUrn, userSchemaUrn } from '../../src/scim/urn.ts'
import { group, user } from '../people.ts'
import { acmeUrn, startServer } from '../server.ts'

const server = await startServer({ customAttribute: true })
afterAll(server.stop)
const { scim } = server

describe('RFC 7644 §3.3: creating a user', () => {
  test('answers 201 with the resource, its location and its version', async () => {
    const body = user({ externalId: 'ext-1', title: 'Captain' })
    const made = await scim.post('/Users', body)
    expect(made.status).toBe(201)
    expect(made.headers.get('content-type')).toMatch(/^application\/scim\+json/)
    expect(made.body).toMatchObject({ ...body, meta: { resourceType: 'User' } })
    expect(made.headers.get('location')).toBe(made.at('/meta/location'))
    expect(made.headers.get('content-location')).toBe(made.at('/meta/location'))
    expect(made.headers.get('etag')).toBe(made.at('/meta/version'))
    expect(made.at('/meta/created')).toBe(made.at('/meta/lastModified'))
    expect(made.textAt('/meta/created')).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/)

    const read = await fetch(made.textAt('/meta/location'), { headers: { authorization: `Bearer ${scim.token}` } })
    expect(await read.json()).toEqual(made.body)
  })

  test('the canonical path stands in the location', async () => {
    const made = await scim.post('/Users', user())
    expect(made.at('/meta/location')).toBe(`${scim.base}/Users/${made.textAt('/id')}`)
  })

  test('ignores id, meta and groups that the client made up', async () => {
    const made = await scim.post(
      '/Users',
      user({ id: 'mine', meta: { resourceType: 'Group', created: '1999-01-01T00:00:00Z' }, groups: [{ value: 'x' }] }),
    )
    expect(made.status).toBe(201)
    expect(made.at('/id')).not.toBe('mine')
    expect(made.at('/meta/resourceType')).toBe('User')
    expect(made.textAt('/meta/created')).not.toMatch(/^1999/)
    expect(made.at('/groups') ?? []).toEqual([])
  })

  test('never returns a password', async () => {
    const made = await scim.post('/Users', user({ password: 'correct horse battery' }))
    expect(made.status).toBe(201)
    expect(made.text).not.toContain('correct horse')
    const read = await scim.get(`/Users/${made.textAt('/id')}?attributes=password,userName`)
    expect(read.text).not.toContain('correct horse')
  })

  test('the same userName in another letter case is a conflict', async () => {
    const body = user({ userName: 'Conflict@create.test' })
    await scim.create('/Users', body)
    const again = await scim.post('/Users', { ...body, userName: 'cONFLICT@CREATE.TEST' })
    expect(again.status).toBe(409)
    expect(again.body).toMatchObject({ schemas: [errorUrn], status: '409', scimType: 'uniqueness' })
  })

  test('of 16 creates of one userName at the same moment, one succeeds', async () => {
    const body = user({ userName: 'race@create.test' })
    const answers = await Promise.all(Array.from({ length: 16 }, () => scim.post('/Users', body)))
    expect(answers.filter((each) => each.status === 201)).toHaveLength(1)
    expect(answers.filter((each) => each.status === 409)).toHaveLength(15)
  })

  test('attribute names count in any letter case and come back as the schema writes them', async () => {
    const made = await scim.post('/Users', {
      SCHEMAS: [userSchemaUrn],
      USERNAME: 'case@create.test',
      Name: { GIVENNAME: 'Cas', familyname: 'Ing' },
      eMails: [{ VALUE: 'case@create.test', Type: 'work' }],
      ACTIVE: true,
    })
    expect(made.status).toBe(201)
    expect(made.body).toMatchObject({
      userName: 'case@create.test',
      name: { givenName: 'Cas', familyName: 'Ing' },
      emails: [{ value: 'case@create.test', type: 'work' }],
    })
  })

  test('URNs count in any letter case', async () => {
    const made = await scim.post('/Users', {
      ...user(),
      schemas: [userSchemaUrn.toUpperCase(), enterpriseUserSchemaUrn.toLowerCase()],
      [enterpriseUserSchemaUrn.toLowerCase()]: { DEPARTMENT: 'Ops' },
    })
    expect(made.status).toBe(201)
    expect(made.body).toMatchObject({ [enterpriseUserSchemaUrn]: { department: 'Ops' } })
    expect(made.at('/schemas')).toEqual(expect.arrayContaining([userSchemaUrn, enterpriseUserSchemaUrn]))
  })

  test('takes an extension whose URN is missing from schemas, and lists it', async () => {
    const made = await scim.post('/Users', user({ [acmeUrn]: { costBucket: 'R-17' } }))
    expect(made.at('/schemas')).toContain(acmeUrn)
    expect(made.body).toMatchObject({ [acmeUrn]: { costBucket: 'R-17' } })
  })

  test('ignores properties and schemas that nobody knows', async () => {
    const made = await scim.post(
      '/Users',
      user({ schemas: [userSchemaUrn, 'urn:nobody:knows'], shoeSize: 44, 'urn:nobody:knows': { a: 1 }, title: null }),
    )
    expect(made.status).toBe(201)
    expect(made.text).not.toContain('shoeSize')
    expect(made.at('/title') ?? null).toBeNull()
  })

  test.each([
    ['"True"', 'True', true],
    ['"False"', 'False', false],
    ['"true"', 'true', true],
    ['"FALSE"', 'FALSE', false],
  ])('active given as the text %s is taken as a boolean', async (_, text, value) => {
    const made = await scim.post('/Users', user({ active: text }))
    expect(made.at('/active')).toBe(value)
  })

  test('a boolean given as text is taken wherever a boolean stands', async () => {
    const made = await scim.post(
      '/Users',
      user({ emails: [{ value: 'a@b.test', primary: 'True' }], roles: [{ value: 'Admin', primary: 'False' }] }),
    )
    expect(made.at('/emails/0/primary')).toBe(true)
    expect(made.at('/roles/0/primary')).toBe(false)
  })

  test.each([
    ['active is "maybe"', { active: 'maybe' }, 'invalidValue'],
    ['active is a number', { active: 7 }, 'invalidValue'],
    ['userName is an object', { userName: { value: 'x' } }, 'invalidValue'],
    ['userName is missing', { userName: undefined }, 'invalidValue'],
    ['userName is empty', { userName: '' }, 'invalidValue'],
    ['userName is blank', { userName: '   ' }, 'invalidValue'],
    ['name is text', { name: 'Alice Moss' }, 'invalidValue'],
  ])('refuses a user whose %s', async (_, changes, scimType) => {
    const answer = await scim.post('/Users', user(changes))
    expect(answer.status).toBe(400)
    expect(answer.at('/scimType')).toBe(scimType)
  })

  test.each(['[]', '"text"', '7', 'null', 'true', '', '{', '{"userName":"a@b",}', '\u0000', '{"a":1} x'])(
    'refuses the body %j with invalidSyntax',
    async (body) => {
      const answer = await scim.post('/Users', body)
      expect(answer.status).toBe(400)
      expect(answer.at('/scimType')).toBe('invalidSyntax')
    },
  )

  test('an identifier that came as a number and has lost digits is refused', async () => {
    const one = await scim.post('/Users', '{"userName":"long@create.test","externalId":123456789012345678901}')
    expect([one.status, one.at('/scimType')]).toEqual([400, 'invalidValue'])
    const two = await scim.post('/Users', '{"userName":"long@create.test","externalId":"123456789012345678901"}')
    expect([two.status, two.at('/externalId')]).toEqual([201, '123456789012345678901'])
    const change = '{"Operations":[{"op":"replace","path":"externalId","value":123456789012345678902}]}'
    expect((await scim.send('PATCH', `/Users/${two.textAt('/id')}`, change)).status).toBe(400)
  })

  test('keys named like object internals are data that nobody knows', async () => {
    const text = JSON.stringify(user()).replace('{', '{"__proto__":{"admin":true},"constructor":{"prototype":{"x":1}},')
    const made = await scim.post('/Users', text)
    expect(made.status).toBe(201)
    expect(made.text).not.toContain('__proto__')
    expect(made.at('/admin')).toBeUndefined()
  })

  test('text comes back exactly as it was sent', async () => {
    const odd = {
      title: ' two  spaces ',
      locale: 'not-a-locale!',
      timezone: '¯\\_(ツ)_/¯',
      nickName: "Robert'); DROP--",
    }
    const made = await scim.post('/Users', user(odd))
    expect(made.body).toMatchObject(odd)
  })

  test.each([
    'plus+tag@x.test',
    '100%@x.test',
    "o'hara@x.test",
    'a"b@x.test',
    'back\\slash@x.test',
    '%41@x.test',
    'ünï@x.test',
    'a&b=c@x.test',
    '😀@x.test',
  ])('the userName %s is stored and found', async (userName) => {
    const id = await scim.create('/Users', user({ userName }))
    const found = await scim.find('/Users', `userName eq ${JSON.stringify(userName)}`)
    expect(found.texts('/id')).toEqual([id])
  })
})

describe('RFC 7644 §3.3: creating a group', () => {
  test('answers 201 with its members', async () => {
    const member = await scim.create('/Users', user())
    const made = await scim.post('/Groups', group('Crew', [member]))
    expect(made.status).toBe(201)
    expect(made.body).toMatchObject({
      displayName: 'Crew',
      meta: { resourceType: 'Group' },
      members: [{ value: member, $ref: `${scim.base}/Users/${member}` }],
    })
  })

  test("takes Entra's second schema URN and no members", async () => {
    const made = await scim.post('/Groups', {
      schemas: [groupSchemaUrn, 'http://schemas.microsoft.com/2006/11/ResourceManagement/ADSCIM/2.0/Group'],
      externalId: 'g-1',
      displayName: 'From Entra',
      meta: { resourceType: 'Group' },
    })
    expect(made.status).toBe(201)
    expect(made.at('/externalId')).toBe('g-1')
  })

  test('the same displayName in another letter case is a conflict', async () => {
    await scim.create('/Groups', group('Only Once'))
    const again = await scim.post('/Groups', group('ONLY once'))
    expect(again.status).toBe(409)
    expect(again.at('/scimType')).toBe('uniqueness')
  })

  test('a group needs a displayName', async () => {
    const answer = await scim.post('/Groups', { schemas: [groupSchemaUrn] })
    expect(answer.status).toBe(400)
    expect(answer.at('/scimType')).toBe('invalidValue')
  })
})
