import { describe, expect, it } from 'vitest'
import { enterpriseUserSchemaUrn, groupSchemaUrn, patchOpUrn, userSchemaUrn } from '../scim/urn.ts'
import { detectIdp, withChosen } from './detect.ts'
import { parseQueryParameters, type Query } from '../scim/query/query.ts'

interface Sample {
  readonly headers?: Readonly<Record<string, string>>
  readonly method?: string
  readonly path?: string
  readonly query?: string
  readonly body?: unknown
}

function readQuery(raw: string): Query {
  try {
    return parseQueryParameters(raw)
  } catch {
    return {}
  }
}

function detect({ headers = {}, method = 'GET', path = '/Users', query = '', body }: Sample) {
  const known = new Map(Object.entries(headers))
  return detectIdp({
    headers: (name) => known.get(name),
    method,
    path,
    rawQuery: query,
    query: readQuery(query),
    body: () => body,
  })
}

const patch = (...operations: readonly unknown[]): Sample => ({
  method: 'PATCH',
  path: '/Groups/g1',
  body: { schemas: [patchOpUrn], Operations: operations },
})

describe('detectIdp', () => {
  it('is certain of Okta by the User-Agent that it documents', () => {
    expect(detect({ headers: { 'user-agent': 'Okta SCIM Client 1.0.0' } })).toEqual({
      idp: 'okta',
      certainty: 'certain',
      because: 'This is Okta: its User-Agent is Okta SCIM Client.',
    })
  })

  it('takes ADSCIMVersion for a sign of Entra, not for a proof', () => {
    expect(detect({ headers: { adscimversion: '2.0' } })).toMatchObject({
      idp: 'entra',
      certainty: 'likely',
      because: expect.stringMatching(/^This is likely Entra ID: /),
    })
  })

  it('trusts a documented name more than a header that anybody can add', () => {
    const headers = { adscimversion: '2.0', 'user-agent': 'Okta SCIM Client 1.0.0' }
    expect(detect({ headers })).toMatchObject({ idp: 'okta', certainty: 'certain' })
  })

  it.each<[string, string, Sample]>([
    ['entra', 'likely', patch({ op: 'Replace', path: 'displayName', value: 'x' })],
    ['entra', 'likely', { query: '?aadOptscim062020&filter=x' }],
    [
      'entra',
      'likely',
      {
        method: 'POST',
        path: '/Groups',
        body: { schemas: [groupSchemaUrn, 'http://schemas.microsoft.com/2006/11/ResourceManagement/ADSCIM/2.0/Group'] },
      },
    ],
    [
      'entra',
      'likely',
      {
        method: 'POST',
        body: { roles: [{ type: 'WindowsAzureActiveDirectoryRole', value: 'Admin' }] },
      },
    ],
    ['entra', 'guess', { query: 'filter=userName+eq+%225b1e7a52-0c0d-4a1e-9a77-6f2d0f5a9c11%22' }],
    ['entra', 'guess', { path: '/Groups', query: 'excludedAttributes=members&filter=displayName+eq+%22Sales%22' }],
    ['entra', 'guess', { path: '/Groups/g1', query: 'excludedAttributes=members' }],
    ['okta', 'guess', { query: 'startIndex=1&count=2' }],
    ['okta', 'likely', { method: 'POST', body: { externalId: '00u1a2b3c4d5e6f7g8h9' } }],
    ['okta', 'guess', patch({ op: 'replace', value: { id: 'g1', displayName: 'x' } })],
    ['onelogin', 'guess', { method: 'PUT', body: { schemas: [userSchemaUrn], active: 'false' } }],
    ['onelogin', 'guess', { method: 'POST', body: { emails: { value: 'a@example.com' } } }],
    [
      'onelogin',
      'likely',
      { method: 'PATCH', path: '/Groups/g1', body: { members: [{ value: 'a', operation: 'add' }] } },
    ],
    ['jumpcloud', 'guess', { method: 'POST', body: { externalId: '66e2d6895904000000000001' } }],
    ['jumpcloud', 'guess', { method: 'PUT', body: { schemas: [enterpriseUserSchemaUrn, userSchemaUrn] } }],
    ['ping', 'guess', { query: 'filter=username%20Eq%20%22alice%40example.com%22' }],
    ['cyberark', 'guess', { path: '/ResourceTypes/User' }],
    ['cyberark', 'guess', { query: '?count=1' }],
    ['authentik', 'likely', { headers: { 'user-agent': 'authentik@2026.2.0' }, path: '/ServiceProviderConfig' }],
    ['authentik', 'guess', patch({ op: 'replace', value: { schemas: [groupSchemaUrn], displayName: 'x' } })],
    ['authentik', 'guess', { query: 'startIndex=1' }],
    ['keycloak', 'guess', patch({ op: 'replace', path: 'members', value: [{ value: 'a', $ref: 'x', type: 'User' }] })],
    [
      'keycloak',
      'guess',
      { method: 'PUT', path: '/Groups/g1', body: { members: [{ value: 'a', type: 'User', $ref: 'Users/a' }] } },
    ],
    [
      'keycloak',
      'guess',
      patch(
        { path: 'members', op: 'remove', value: null },
        { op: 'replace', path: 'displayName', value: 'Platform' },
        { op: 'replace', path: 'externalId', value: 'kc-1' },
      ),
    ],
    ['google', 'likely', { headers: { 'user-agent': 'Google-Auto-Provisioning' } }],
    ['google', 'guess', { headers: { 'user-agent': 'Google-HTTP-Java-Client/1.42.0 (gzip)' } }],
  ])('sees %s (%s) in %j', (idp, certainty, sample) => {
    expect(detect(sample)).toMatchObject({ idp, certainty })
  })

  it.each<Sample>([
    {},
    { query: 'filter=%zz' },
    { path: '/Groups', query: 'excludedAttributes=members&startIndex=1&count=100' },
    { path: '/Groups', query: 'excludedAttributes=members' },
    { query: 'filter=groups.value+eq+%225b1e7a52-0c0d-4a1e-9a77-6f2d0f5a9c11%22' },
    { query: 'filter=externalId+eq+%225b1e7a52-0c0d-4a1e-9a77-6f2d0f5a9c11%22' },
    { query: 'filter=urn:ietf:params:scim:schemas:core:2.0:User:id+eq+%225b1e7a52-0c0d-4a1e-9a77-6f2d0f5a9c11%22' },
    { path: '/ResourceTypes' },
    { path: '/Groups', query: 'count=1' },
    { query: 'count=1&sortBy=userName' },
    { query: 'startIndex=1&count=100' },
    { method: 'POST', path: '/.search', query: 'startIndex=1' },
    patch({ op: 'add', value: { schemas: [groupSchemaUrn], displayName: 'x' } }),
    { method: 'POST', body: 'text' },
    { method: 'POST', body: null },
    { method: 'PATCH', body: { Operations: [1, null, 'x', { op: 7, value: {} }], members: {} } },
    { headers: { 'user-agent': 'curl/8.0' } },
  ])('says that nothing tells for %j', (sample) => {
    expect(detect(sample)).toMatchObject({ idp: 'generic', certainty: 'guess' })
  })
})

describe('an integration that is set up for one identity provider', () => {
  const guess = detect({ query: 'startIndex=1&count=2' })
  const likely = detect({ headers: { 'user-agent': 'onelogin' } })
  const nothing = detect({})

  it('is the better guess, and no more than that', () => {
    expect(withChosen(guess, 'entra')).toEqual({
      idp: 'entra',
      certainty: 'guess',
      because: 'This may be Entra ID: the integration is set up for it.',
    })
    expect(withChosen(guess, 'okta')).toEqual(guess)
    expect(withChosen(guess, 'generic')).toEqual(guess)
  })

  it('changes nothing of what is surer, nor of a request that tells nothing', () => {
    expect(withChosen(likely, 'entra')).toEqual(likely)
    expect(withChosen(nothing, 'entra')).toEqual(nothing)
  })
})
