import { describe, expect, it } from 'vitest'
import {
  refuseDiscoveryFilter,
  resourceTypeBody,
  resourceTypesBody,
  schemaBody,
  schemasBody,
  serviceProviderConfigBody,
  type Capabilities,
} from './discovery.ts'
import { createModels } from './model/models.ts'
import { enterpriseUserSchemaUrn, groupSchemaUrn, userSchemaUrn } from './urn.ts'

const acme = 'urn:ietf:params:scim:schemas:extension:acme:2.0:User'
const models = createModels([{ name: 'costBucket', type: 'string', multiValued: true, urn: acme }])
const capabilities: Capabilities = {
  maxResults: 500,
  defaultPageSize: 100,
  bulkMaxOperations: 1000,
  bulkMaxPayload: 1_048_576,
  cursorTimeoutSeconds: 3600,
  baseUrl: 'https://scim.example.com/scim/v2',
}

describe('/ServiceProviderConfig', () => {
  it('tells the features of RFC 7643 §5 and the paging of RFC 9865 §4', () => {
    expect(serviceProviderConfigBody(capabilities)).toMatchObject({
      patch: { supported: true },
      bulk: { supported: true, maxOperations: 1000, maxPayloadSize: 1_048_576 },
      filter: { supported: true, maxResults: 500 },
      changePassword: { supported: false },
      sort: { supported: true },
      etag: { supported: true },
      pagination: {
        cursor: true,
        index: true,
        defaultPaginationMethod: 'index',
        defaultPageSize: 100,
        maxPageSize: 500,
        cursorTimeout: 3600,
      },
      authenticationSchemes: [{ type: 'oauthbearertoken' }],
      meta: { location: 'https://scim.example.com/scim/v2/ServiceProviderConfig' },
    })
  })
})

describe('/ResourceTypes, RFC 7643 §6', () => {
  it('lists User with its extensions, and Group', () => {
    expect(resourceTypesBody(models, capabilities)).toMatchObject({
      totalResults: 2,
      Resources: [
        {
          id: 'User',
          endpoint: '/Users',
          schema: userSchemaUrn,
          schemaExtensions: [
            { schema: enterpriseUserSchemaUrn, required: false },
            { schema: acme, required: false },
          ],
          meta: { resourceType: 'ResourceType', location: 'https://scim.example.com/scim/v2/ResourceTypes/User' },
        },
        { id: 'Group', endpoint: '/Groups', schema: groupSchemaUrn, schemaExtensions: [] },
      ],
    })
  })

  it('shows one of them', () => {
    expect(resourceTypeBody(models, capabilities, 'Group')).toMatchObject({ id: 'Group' })
    expect(resourceTypeBody(models, capabilities, 'Device')).toBeUndefined()
  })
})

describe('/Schemas, RFC 7643 §7', () => {
  it('lists the schemas of the resources, custom ones included', () => {
    const body = schemasBody(models, capabilities)
    expect(body).toMatchObject({
      totalResults: 4,
      Resources: [{ id: userSchemaUrn }, { id: groupSchemaUrn }, { id: enterpriseUserSchemaUrn }, { id: acme }],
    })
  })

  it('shows one by its URN in any letter case, with all characteristics', () => {
    expect(schemaBody(models, capabilities, acme.toUpperCase())).toMatchObject({
      id: acme,
      attributes: [
        {
          name: 'costBucket',
          type: 'string',
          multiValued: true,
          required: false,
          caseExact: false,
          mutability: 'readWrite',
          returned: 'default',
          uniqueness: 'none',
        },
      ],
      meta: { resourceType: 'Schema', location: `https://scim.example.com/scim/v2/Schemas/${acme}` },
    })
    expect(schemaBody(models, capabilities, 'urn:x:y')).toBeUndefined()
  })
})

describe('a filter on discovery, RFC 7644 §4', () => {
  it('is refused with 403', () => {
    expect(() => refuseDiscoveryFilter({ filter: '' })).toThrow(expect.objectContaining({ status: 403 }))
    expect(() => refuseDiscoveryFilter({})).not.toThrow()
  })
})
