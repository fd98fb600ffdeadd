import { attribute, type Attribute } from './attribute.ts'
import type { JsonObject } from '../json/json.ts'
import { createResourceModel, type ResourceModel } from './resource-model.ts'
import { enterpriseUserSchemaUrn, userSchemaUrn } from '../urn.ts'

export const customSchemaUrn = 'urn:example:acme:2.0:User'

const define = (name: string, rest: Partial<Attribute> = {}): Attribute =>
  attribute({ description: name, ...rest, name })

/** A user with one attribute of every kind: small, so that a test can be read without looking anything up. */
export const sampleModel: ResourceModel = createResourceModel(
  { name: 'User', endpoint: '/Users', description: 'User account' },
  {
    id: userSchemaUrn,
    name: 'User',
    description: 'User account',
    attributes: [
      define('userName', { uniqueness: 'server', required: true }),
      define('displayName'),
      define('title'),
      define('nickName'),
      define('active', { type: 'boolean' }),
      define('password', { mutability: 'writeOnly', returned: 'never' }),
      define('profileUrl', { type: 'reference', referenceTypes: ['external'] }),
      define('name', { type: 'complex', subAttributes: [define('givenName'), define('familyName')] }),
      define('emails', {
        type: 'complex',
        multiValued: true,
        subAttributes: [
          define('value'),
          define('display'),
          define('type'),
          define('primary', { type: 'boolean' }),
          define('$ref', { type: 'reference', referenceTypes: ['external'] }),
        ],
      }),
      define('x509Certificates', {
        type: 'complex',
        multiValued: true,
        subAttributes: [define('value', { type: 'binary' })],
      }),
    ],
  },
  [
    {
      id: enterpriseUserSchemaUrn,
      name: 'EnterpriseUser',
      description: 'Enterprise user',
      attributes: [
        define('department'),
        define('manager', {
          type: 'complex',
          subAttributes: [define('value', { caseExact: true }), define('displayName')],
        }),
      ],
    },
    {
      id: customSchemaUrn,
      name: 'Acme',
      description: 'Custom attributes',
      attributes: [
        define('title'),
        define('level', { type: 'integer' }),
        define('rate', { type: 'decimal' }),
        define('hiredAt', { type: 'dateTime' }),
        define('tags', { multiValued: true }),
      ],
    },
  ],
)

export const alice: JsonObject = {
  schemas: [userSchemaUrn, enterpriseUserSchemaUrn, customSchemaUrn],
  id: 'a1B2',
  externalId: 'EXT-1',
  userName: 'Alice@Example.com',
  displayName: 'Alice Strauß',
  active: true,
  profileUrl: 'https://example.com/Alice',
  name: { givenName: 'Alice', familyName: 'Strauß' },
  emails: [
    { value: 'alice@example.com', type: 'work' },
    { value: 'Alice@Home.example', type: 'home', primary: true },
  ],
  meta: { resourceType: 'User', created: '2026-01-02T03:04:05.006Z' },
  [enterpriseUserSchemaUrn]: { department: 'Research', manager: { value: 'M1' } },
  [customSchemaUrn]: {
    title: 'custom',
    level: 7,
    rate: 2.5,
    hiredAt: '2020-01-01T00:00:00+01:00',
    tags: ['Red', 'blue'],
  },
}
