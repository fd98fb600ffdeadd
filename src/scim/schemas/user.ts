import { attribute } from '../model/attribute.ts'
import type { Schema } from '../model/schema.ts'
import { userSchemaUrn } from '../urn.ts'
import { multiValued, primary } from './multi-valued.ts'

const name = attribute({
  name: 'name',
  type: 'complex',
  description: "The parts of the user's name.",
  subAttributes: [
    attribute({ name: 'formatted', description: 'The full name as it is to be shown.' }),
    attribute({ name: 'familyName', description: 'The family name, or last name.' }),
    attribute({ name: 'givenName', description: 'The given name, or first name.' }),
    attribute({ name: 'middleName', description: 'The middle names.' }),
    attribute({ name: 'honorificPrefix', description: 'What stands before the name, e.g. Ms.' }),
    attribute({ name: 'honorificSuffix', description: 'What stands behind the name, e.g. III.' }),
  ],
})

// Microsoft's gallery tests flatten a plural attribute by the canonicalValues of its type: e-mail addresses, phone
// numbers and addresses are tested only if they have some, roles and entitlements only if they have none.
const emails = multiValued({
  name: 'emails',
  description: 'E-mail addresses of the user.',
  value: { description: 'An e-mail address.' },
  type: { description: 'What the address is used for.', canonicalValues: ['work', 'home', 'other'] },
})

const phoneNumbers = multiValued({
  name: 'phoneNumbers',
  description: 'Phone numbers of the user.',
  value: { description: 'A phone number, best as RFC 3966 writes it: tel:+1-201-555-0123.' },
  type: {
    description: 'What the number is used for.',
    canonicalValues: ['work', 'home', 'mobile', 'fax', 'pager', 'other'],
  },
})

const ims = multiValued({
  name: 'ims',
  description: 'Instant messaging addresses of the user.',
  value: { description: 'An instant messaging address.' },
  type: {
    description: 'The messaging service.',
    canonicalValues: ['aim', 'gtalk', 'icq', 'xmpp', 'msn', 'skype', 'qq', 'yahoo'],
  },
})

const photos = multiValued({
  name: 'photos',
  description: 'Photos of the user.',
  value: { description: 'The URL of a photo.', type: 'reference', referenceTypes: ['external'] },
  type: { description: 'The size of the photo.', canonicalValues: ['photo', 'thumbnail'] },
})

const addresses = attribute({
  name: 'addresses',
  type: 'complex',
  multiValued: true,
  description: 'Postal addresses of the user.',
  subAttributes: [
    attribute({ name: 'formatted', description: 'The whole address as it is printed on a label.' }),
    attribute({ name: 'streetAddress', description: 'Street, house number, post-office box.' }),
    attribute({ name: 'locality', description: 'The city.' }),
    attribute({ name: 'region', description: 'The state or region.' }),
    attribute({ name: 'postalCode', description: 'The postal code.' }),
    attribute({ name: 'country', description: 'The country.' }),
    attribute({
      name: 'type',
      description: 'What the address is used for.',
      canonicalValues: ['work', 'home', 'other'],
    }),
    // RFC 7643 §8.7.1 leaves `primary` out here, §2.4 and the example in §8.2 have it, and IdPs send it.
    primary,
  ],
})

const groups = attribute({
  name: 'groups',
  type: 'complex',
  multiValued: true,
  description: 'The groups that the user belongs to; it is changed through the groups.',
  mutability: 'readOnly',
  subAttributes: [
    attribute({ name: 'value', description: 'The id of the group.', mutability: 'readOnly' }),
    attribute({
      name: '$ref',
      type: 'reference',
      referenceTypes: ['User', 'Group'],
      description: 'The URI of the group.',
      mutability: 'readOnly',
    }),
    attribute({ name: 'display', description: 'The name of the group.', mutability: 'readOnly' }),
    attribute({
      name: 'type',
      description: 'Whether the user is a member itself or through another group.',
      canonicalValues: ['direct', 'indirect'],
      mutability: 'readOnly',
    }),
  ],
})

const entitlements = multiValued({
  name: 'entitlements',
  description: 'What the user is entitled to.',
  value: { description: 'An entitlement.' },
  type: { description: 'The kind of entitlement.' },
})

const roles = multiValued({
  name: 'roles',
  description: 'The roles of the user.',
  value: { description: 'A role.' },
  type: { description: 'The kind of role.' },
})

const x509Certificates = multiValued({
  name: 'x509Certificates',
  description: 'Certificates issued to the user.',
  value: { description: 'A DER-encoded X.509 certificate in base64.', type: 'binary' },
  type: { description: 'What the certificate is used for.' },
})

/** The core User schema: RFC 7643 §4.1, with the characteristics of §8.7.1. */
export const userSchema: Schema = {
  id: userSchemaUrn,
  name: 'User',
  description: 'User Account',
  attributes: [
    attribute({
      name: 'userName',
      description: 'The unique name by which the user signs in; letter case does not matter.',
      required: true,
      uniqueness: 'server',
    }),
    name,
    attribute({ name: 'displayName', description: 'The name of the user as it is shown to others.' }),
    attribute({ name: 'nickName', description: 'What the user is called casually.' }),
    attribute({
      name: 'profileUrl',
      type: 'reference',
      referenceTypes: ['external'],
      description: 'The URL of a page about the user.',
    }),
    attribute({ name: 'title', description: 'The job title.' }),
    attribute({
      name: 'userType',
      description: 'How the user relates to the organization, e.g. Employee or Contractor.',
    }),
    attribute({ name: 'preferredLanguage', description: 'The preferred language, e.g. en-US.' }),
    attribute({ name: 'locale', description: 'The place whose conventions for dates and numbers apply, e.g. en-US.' }),
    attribute({ name: 'timezone', description: 'The time zone, e.g. America/Los_Angeles.' }),
    attribute({ name: 'active', type: 'boolean', description: 'Whether the user may sign in.' }),
    attribute({
      name: 'password',
      description: 'The password in clear text; it is accepted and never kept or returned.',
      mutability: 'writeOnly',
      returned: 'never',
    }),
    emails,
    phoneNumbers,
    ims,
    photos,
    addresses,
    groups,
    entitlements,
    roles,
    x509Certificates,
  ],
}
