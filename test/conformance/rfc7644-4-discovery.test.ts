import { afterAll, describe, expect, test } from 'vitest'
import { isJsonObject, type JsonValue } from '../../src/scim/json/json.ts'
import {
  enterpriseUserSchemaUrn,
  groupSchemaUrn,
  listResponseUrn,
  resourceTypeSchemaUrn,
  schemaSchemaUrn,
  serviceProviderConfigSchemaUrn,
  userSchemaUrn,
} from '../../src/scim/urn.ts'
import { user } from '../people.ts'
import { acmeUrn, startServer } from '../server.ts'

const server = await startServer({ customAttribute: true })
afterAll(server.stop)
const { scim } = server

const config = await scim.get('/ServiceProviderConfig')
const schemas = await scim.get('/Schemas')

/** An attribute definition as `/Schemas` shows it, by a path like `emails.type`. */
function definition(urn: string, path: string): JsonValue | undefined {
  let list = [schemas.at('/Resources')].flat().find((each) => isJsonObject(each) && each['id'] === urn)
  let under = 'attributes'
  for (const name of path.split('.')) {
    const among = isJsonObject(list) ? list[under] : undefined
    list = [among].flat().find((each) => isJsonObject(each) && each['name'] === name)
    under = 'subAttributes'
  }
  return list
}

describe('RFC 7644 §4 and RFC 7643 §5: ServiceProviderConfig', () => {
  test('states what is supported', () => {
    expect(config.status).toBe(200)
    expect(config.body).toMatchObject({
      schemas: [serviceProviderConfigSchemaUrn],
      patch: { supported: true },
      bulk: { supported: true, maxOperations: expect.any(Number), maxPayloadSize: expect.any(Number) },
      filter: { supported: true, maxResults: expect.any(Number) },
      changePassword: { supported: expect.any(Boolean) },
      sort: { supported: true },
      etag: { supported: true },
      meta: { resourceType: 'ServiceProviderConfig', location: `${scim.base}/ServiceProviderConfig` },
    })
    expect(config.at('/authenticationSchemes/0')).toMatchObject({
      type: 'oauthbearertoken',
      name: expect.any(String),
      description: expect.any(String),
    })
  })

  test('RFC 9865: states how lists are paged', () => {
    expect(config.at('/pagination')).toMatchObject({ cursor: true, index: true })
  })

  test('maxResults is what a page holds at most', async () => {
    const max = Number(config.at('/filter/maxResults'))
    const list = await scim.get(`/Users?count=${max + 1}`)
    expect(list.status).toBe(200)
  })

  test('changePassword is as stated: a password can be set and never read', async () => {
    const id = await scim.create('/Users', user())
    const answer = await scim.patch(`/Users/${id}`, [{ op: 'replace', path: 'password', value: 'n3w-secret-word' }])
    expect(answer.status).toBe(200)
    expect(answer.text).not.toContain('n3w-secret-word')
    expect((await scim.find('/Users', 'password eq "n3w-secret-word"')).text).not.toContain(id)
  })
})

describe('RFC 7643 §6: ResourceTypes', () => {
  test('lists User with its extensions, and Group', async () => {
    const types = await scim.get('/ResourceTypes')
    expect(types.body).toMatchObject({ schemas: [listResponseUrn], totalResults: 2 })
    expect(types.at('/Resources')).toEqual([
      expect.objectContaining({ id: 'User', name: 'User', endpoint: '/Users', schema: userSchemaUrn }),
      expect.objectContaining({ id: 'Group', name: 'Group', endpoint: '/Groups', schema: groupSchemaUrn }),
    ])
  })

  test('shows one, whose extensions are those of the schemas', async () => {
    const type = await scim.get('/ResourceTypes/User')
    expect(type.body).toMatchObject({ schemas: [resourceTypeSchemaUrn], endpoint: '/Users' })
    expect(type.at('/schemaExtensions')).toEqual([
      { schema: enterpriseUserSchemaUrn, required: false },
      { schema: acmeUrn, required: false },
    ])
    expect(schemas.texts('/id')).toEqual(expect.arrayContaining([enterpriseUserSchemaUrn, acmeUrn]))
    expect((await scim.get('/ResourceTypes/Nothing')).status).toBe(404)
  })
})

describe('RFC 7643 §7: Schemas', () => {
  test('lists the schemas that the resource types use', () => {
    expect(schemas.status).toBe(200)
    expect(schemas.at('/schemas')).toEqual([listResponseUrn])
    expect(schemas.texts('/id').toSorted()).toEqual(
      expect.arrayContaining([userSchemaUrn, groupSchemaUrn, enterpriseUserSchemaUrn, acmeUrn].toSorted()),
    )
  })

  test.each([userSchemaUrn, groupSchemaUrn, enterpriseUserSchemaUrn, acmeUrn])('shows %s by its URN', async (urn) => {
    const one = await scim.get(`/Schemas/${urn}`)
    expect(one.status).toBe(200)
    expect(one.body).toMatchObject({ id: urn, schemas: [schemaSchemaUrn], meta: { resourceType: 'Schema' } })
    expect([schemas.at('/Resources')].flat()).toContainEqual(one.body)
    expect((await scim.get(`/Schemas/${encodeURIComponent(urn)}`)).status).toBe(200)
  })

  test('an unknown URN is a 404', async () => {
    expect((await scim.get('/Schemas/urn:nobody:knows')).status).toBe(404)
  })

  // Microsoft's validation flattens by canonicalValues: these three need them, roles must not have them.
  test.each(['emails.type', 'phoneNumbers.type', 'addresses.type'])('%s has canonical values', (path) => {
    expect(definition(userSchemaUrn, path)).toMatchObject({ canonicalValues: expect.arrayContaining(['work']) })
  })
  test('roles.type has none', () => {
    expect(definition(userSchemaUrn, 'roles.type')).not.toHaveProperty('canonicalValues')
  })

  // RFC 7643 §3.1 lets a schema list common attributes. Microsoft's validation looks for what is mapped; of a listed id its SCIM Validator makes something to be written.
  test.each([userSchemaUrn, groupSchemaUrn])('%s lists externalId, and none of what the server alone sets', (urn) => {
    expect(definition(urn, 'externalId')).toMatchObject({ type: 'string', caseExact: true, mutability: 'readWrite' })
    for (const name of ['id', 'meta', 'schemas']) expect(definition(urn, name)).toBeUndefined()
  })
  test.each([enterpriseUserSchemaUrn, acmeUrn])('%s lists no common attribute', (urn) => {
    expect(definition(urn, 'externalId')).toBeUndefined()
  })

  test.each([
    [userSchemaUrn, 'userName', { required: true, uniqueness: 'server', caseExact: false, type: 'string' }],
    [userSchemaUrn, 'password', { mutability: 'writeOnly', returned: 'never' }],
    [userSchemaUrn, 'groups', { mutability: 'readOnly', multiValued: true }],
    [userSchemaUrn, 'active', { type: 'boolean' }],
    [groupSchemaUrn, 'displayName', { required: true }],
    [groupSchemaUrn, 'members.value', { mutability: 'immutable' }],
    [enterpriseUserSchemaUrn, 'manager.displayName', { mutability: 'readOnly' }],
    [acmeUrn, 'costBucket', { type: 'string', multiValued: false }],
  ])('%s %s is defined as it behaves', (urn, path, wanted) => {
    expect(definition(urn, path)).toMatchObject(wanted)
  })

  test('values are compared as caseExact says', async () => {
    const several = ['emails', 'photos', 'roles', 'x509Certificates']
    const id = await scim.create(
      '/Users',
      user({
        ...Object.fromEntries(several.map((name) => [name, [{ value: 'Aa', type: 'Aa' }]])),
        name: { familyName: 'Aa' },
        profileUrl: 'Aa',
        title: 'Aa',
        [enterpriseUserSchemaUrn]: { department: 'Aa', manager: { value: 'Aa', $ref: 'Aa' } },
      }),
    )
    const core = several.flatMap((name) => [`${name}.value`, `${name}.type`])
    const places = [
      ...['name.familyName', 'profileUrl', 'title', ...core].map((path) => [userSchemaUrn, path] as const),
      ...['department', 'manager.value', 'manager.$ref'].map((path) => [enterpriseUserSchemaUrn, path] as const),
    ]
    for (const [urn, path] of places) {
      const found = await scim.find('/Users', `id eq "${id}" and ${urn}:${path} eq "aA"`)
      expect({ path, ...Object(definition(urn, path)) }).toMatchObject({
        path,
        caseExact: found.at('/totalResults') === 0,
      })
    }
  })

  test('an attribute added while the server runs is there within a second', async () => {
    await server.rollcall('attributes', 'add', 'badge', '--type', 'integer', '--urn', acmeUrn)
    const id = await scim.create('/Users', user())
    const value = { op: 'add', path: `${acmeUrn}:badge`, value: 7 }
    await expect
      .poll(async () => (await scim.patch(`/Users/${id}`, [value])).at(`/${acmeUrn}/badge`), { timeout: 1_500 })
      .toBe(7)
  })
})

describe('RFC 7644 §4: discovery is read-only', () => {
  test.each(['/Schemas', '/ResourceTypes', '/ServiceProviderConfig'])('%s takes GET alone', async (path) => {
    for (const method of ['POST', 'PUT', 'PATCH', 'DELETE']) {
      const answer = await scim.send(method, path, {})
      expect(answer.status).toBe(405)
    }
  })

  test.each(['/Schemas', '/ResourceTypes', '/ServiceProviderConfig'])('a filter on %s is forbidden', async (path) => {
    const answer = await scim.get(`${path}?filter=id+eq+%22x%22`)
    expect(answer.status).toBe(403)
  })
})
