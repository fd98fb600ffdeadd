import { describe, expect, test } from 'vitest'
import { ScimError } from '../../scim/error.ts'
import { routePath } from './route.ts'

const users = { route: { kind: 'collection', resource: 'User' }, endpoint: 'Users' }
const unknown = { slug: undefined, route: { kind: 'unknown' }, endpoint: undefined }

describe('the base URLs', () => {
  test('the canonical one names the integration', () => {
    expect(routePath('/scim/entra-id/v2/Users')).toEqual({ slug: 'entra-id', ...users })
  })

  test('the short ones leave it to the token', () => {
    expect(routePath('/scim/v2/Users')).toEqual({ slug: undefined, ...users })
    expect(routePath('/scim/Users')).toEqual({ slug: undefined, ...users })
  })

  test('doubled and trailing slashes are forgiven', () => {
    expect(routePath('/scim//v2/Users/')).toEqual({ slug: undefined, ...users })
    expect(routePath('//scim/entra-id///v2/Users//')).toEqual({ slug: 'entra-id', ...users })
  })

  test('letter case does not matter', () => {
    expect(routePath('/SCIM/V2/uSERS')).toEqual({ slug: undefined, ...users })
  })

  test('are the root, where everything can be searched', () => {
    for (const path of ['/scim', '/scim/v2', '/scim/v2/', '/scim/entra-id/v2'])
      expect(routePath(path)).toMatchObject({ route: { kind: 'root' }, endpoint: '.search' })
  })

  test('nothing is beside them', () => {
    for (const path of ['', '/', '/Users', '/v2/Users', '/admin'])
      expect(routePath(path)).toMatchObject({ route: { kind: 'unknown' }, endpoint: undefined })
  })
})

describe('resources', () => {
  test('an id is kept as it is written', () => {
    expect(routePath('/scim/v2/Users/2819c223-7F76')).toMatchObject({
      route: { kind: 'resource', resource: 'User', id: '2819c223-7F76' },
      endpoint: 'Users',
    })
    expect(routePath('/scim/v2/Groups/1').route).toEqual({ kind: 'resource', resource: 'Group', id: '1' })
  })

  test('a percent-encoded id is decoded once, and an encoded slash divides nothing', () => {
    expect(routePath('/scim/v2/Users/a%2Fb').route).toEqual({ kind: 'resource', resource: 'User', id: 'a/b' })
    expect(routePath('/scim/v2/Users/a%252Fb').route).toEqual({ kind: 'resource', resource: 'User', id: 'a%2Fb' })
  })

  test('broken percent-encoding is refused with invalidSyntax', () => {
    for (const path of ['/scim/v2/Users/%', '/scim/v2/Users/%zz', '/scim/v2/Users/%c3%28'])
      expect(() => routePath(path)).toThrow(expect.objectContaining({ status: 400, scimType: 'invalidSyntax' }))
    expect(() => routePath('/scim/v2/Users/%')).toThrow(ScimError)
  })

  test('there is nothing below a resource', () => {
    expect(routePath('/scim/v2/Users/1/emails')).toEqual(unknown)
  })

  test('nor is an endpoint below another: the SCIM URL was pasted with it', () => {
    for (const path of [
      '/Users/Users',
      '/users/Groups',
      '/Groups/groups',
      '/Users/ServiceProviderConfig',
      '/Users/Bulk',
    ])
      expect(routePath(`/scim/entra-id/v2${path}`)).toEqual({ ...unknown, slug: 'entra-id' })
  })

  test('words that JavaScript knows are ids like any other', () => {
    for (const id of ['__proto__', 'constructor'])
      expect(routePath(`/scim/v2/Users/${id}`).route).toEqual({ kind: 'resource', resource: 'User', id })
    expect(routePath('/scim/v2/constructor')).toEqual(unknown)
  })
})

describe('the other endpoints (RFC 7644 §3.2)', () => {
  test.each([
    ['/.search', { kind: 'search', resource: undefined }, '.search'],
    ['/Users/.search', { kind: 'search', resource: 'User' }, 'Users'],
    ['/Groups/.SEARCH', { kind: 'search', resource: 'Group' }, 'Groups'],
    ['/Bulk', { kind: 'bulk' }, 'Bulk'],
    ['/Me', { kind: 'me' }, 'Me'],
    ['/ServiceProviderConfig', { kind: 'service-provider-config' }, 'ServiceProviderConfig'],
    ['/Schemas', { kind: 'schemas', id: undefined }, 'Schemas'],
    ['/Schemas/urn:x:User', { kind: 'schemas', id: 'urn:x:User' }, 'Schemas'],
    ['/ResourceTypes', { kind: 'resource-types', id: undefined }, 'ResourceTypes'],
    ['/ResourceTypes/User', { kind: 'resource-types', id: 'User' }, 'ResourceTypes'],
  ])('%s', (path, route, endpoint) => {
    expect(routePath(`/scim/v2${path}`)).toEqual({ slug: undefined, route, endpoint })
  })

  test.each(['/Bulk/1', '/Me/1', '/ServiceProviderConfig/1', '/.search/1', '/Devices'])('%s is nothing', (path) => {
    expect(routePath(`/scim/v2${path}`)).toEqual(unknown)
  })
})

test('a path of a hundred thousand segments is nothing', () => {
  expect(routePath(`/scim/v2${'/Users'.repeat(100_000)}`)).toEqual(unknown)
})
