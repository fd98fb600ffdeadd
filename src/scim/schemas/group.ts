import { attribute } from '../model/attribute.ts'
import type { Schema } from '../model/schema.ts'
import { groupSchemaUrn } from '../urn.ts'

/**
 * The core Group schema: RFC 7643 §4.2 and §8.7.1. `displayName` is required and unique here, since IdPs match groups
 * by it; §8.7.1 leaves both to the service provider.
 */
export const groupSchema: Schema = {
  id: groupSchemaUrn,
  name: 'Group',
  description: 'Group',
  attributes: [
    attribute({
      name: 'displayName',
      description: 'The unique name of the group; letter case does not matter.',
      required: true,
      uniqueness: 'server',
    }),
    attribute({
      name: 'members',
      type: 'complex',
      multiValued: true,
      description: 'The members of the group.',
      subAttributes: [
        attribute({ name: 'value', description: 'The id of the member.', mutability: 'immutable' }),
        attribute({
          name: '$ref',
          type: 'reference',
          referenceTypes: ['User', 'Group'],
          description: 'The URI of the member.',
          mutability: 'immutable',
        }),
        attribute({
          name: 'type',
          description: 'Whether the member is a user or a group.',
          canonicalValues: ['User', 'Group'],
          mutability: 'immutable',
        }),
        attribute({ name: 'display', description: 'The name of the member.', mutability: 'readOnly' }),
      ],
    }),
  ],
}
