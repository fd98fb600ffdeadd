import { attribute } from '../model/attribute.ts'
import type { Schema } from '../model/schema.ts'
import { enterpriseUserSchemaUrn } from '../urn.ts'

/** The enterprise extension of User: RFC 7643 §4.3 and §8.7.1. */
export const enterpriseUserSchema: Schema = {
  id: enterpriseUserSchemaUrn,
  name: 'EnterpriseUser',
  description: 'Enterprise User',
  attributes: [
    attribute({ name: 'employeeNumber', description: 'The identifier that the organization gave to the person.' }),
    attribute({ name: 'costCenter', description: 'The name of the cost center.' }),
    attribute({ name: 'organization', description: 'The name of the organization.' }),
    attribute({ name: 'division', description: 'The name of the division.' }),
    attribute({ name: 'department', description: 'The name of the department.' }),
    attribute({
      name: 'manager',
      type: 'complex',
      description: "The user's manager.",
      subAttributes: [
        attribute({ name: 'value', description: 'The id of the manager.' }),
        attribute({
          name: '$ref',
          type: 'reference',
          referenceTypes: ['User'],
          description: 'The URI of the manager.',
        }),
        attribute({ name: 'displayName', description: 'The display name of the manager.', mutability: 'readOnly' }),
      ],
    }),
  ],
}
