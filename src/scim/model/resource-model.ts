import { attribute, type Attribute } from './attribute.ts'
import type { Schema } from './schema.ts'

/** A resource type with its schemas, and case-insensitive ways to find an attribute in it. Built once, then only read. */
export interface ResourceModel {
  readonly name: 'User' | 'Group'
  readonly endpoint: '/Users' | '/Groups'
  readonly description: string
  readonly core: Schema
  readonly extensions: readonly Schema[]
  /** The schema with this URN, in any letter case: core or extension. */
  schema(urn: string): Schema | undefined
  /** A top-level attribute of one schema, in any letter case; for the core schema also the common ones (id, externalId, meta, schemas). */
  attribute(schema: Schema, name: string): Attribute | undefined
  /** A sub-attribute in any letter case. */
  subAttribute(parent: Attribute, name: string): Attribute | undefined
  /**
   * What a value filter can ask of one element, in any letter case: a sub-attribute, and of the elements of a simple attribute, which
   * have none, themselves under the name `value` (RFC 7644 §3.5.2.2).
   */
  elementAttribute(parent: Attribute, name: string): Attribute | undefined
}

/** The attributes of RFC 7643 §3.1 that every resource has although no schema lists them. */
export const commonAttributes: readonly Attribute[] = [
  attribute({
    name: 'schemas',
    description: 'The URNs of the schemas that define the attributes present.',
    // RFC 7643 §3 calls them strings that contain URIs, and not references, which are case exact: URNs count in any letter case here as elsewhere.
    multiValued: true,
    required: true,
    returned: 'always',
  }),
  attribute({
    name: 'id',
    description: 'The identifier that the service provider gave to the resource.',
    caseExact: true,
    mutability: 'readOnly',
    returned: 'always',
    uniqueness: 'server',
  }),
  attribute({
    name: 'externalId',
    description: 'The identifier that the provisioning client uses for the resource.',
    caseExact: true,
  }),
  attribute({
    name: 'meta',
    description: 'What the service provider knows about the resource.',
    type: 'complex',
    mutability: 'readOnly',
    subAttributes: [
      attribute({ name: 'resourceType', description: 'User or Group.', caseExact: true, mutability: 'readOnly' }),
      attribute({ name: 'created', description: 'When it was created.', type: 'dateTime', mutability: 'readOnly' }),
      attribute({
        name: 'lastModified',
        description: 'When it was last changed.',
        type: 'dateTime',
        mutability: 'readOnly',
      }),
      attribute({
        name: 'location',
        description: 'The URI of the resource.',
        type: 'reference',
        referenceTypes: ['uri'],
        caseExact: true,
        mutability: 'readOnly',
      }),
      attribute({ name: 'version', description: 'The ETag.', caseExact: true, mutability: 'readOnly' }),
    ],
  }),
]

function byLowerName(attributes: readonly Attribute[]): ReadonlyMap<string, Attribute> {
  return new Map(attributes.map((each) => [each.name.toLowerCase(), each]))
}

/** Builds a model: `core` defines the resource type, `extensions` are what may stand beside it under their URNs. */
export function createResourceModel(
  type: Pick<ResourceModel, 'name' | 'endpoint' | 'description'>,
  core: Schema,
  extensions: readonly Schema[],
): ResourceModel {
  const schemas = new Map([core, ...extensions].map((each) => [each.id.toLowerCase(), each]))
  const attributes = new Map<Schema, ReadonlyMap<string, Attribute>>()
  const subAttributes = new Map<Attribute, ReadonlyMap<string, Attribute>>()
  const simpleElements = new Map<Attribute, Attribute>()
  for (const schema of schemas.values()) {
    const all = schema === core ? [...commonAttributes, ...schema.attributes] : schema.attributes
    attributes.set(schema, byLowerName(all))
    for (const each of all) {
      if (each.subAttributes) subAttributes.set(each, byLowerName(each.subAttributes))
      else if (each.multiValued) simpleElements.set(each, { ...each, name: 'value', multiValued: false })
    }
  }
  return {
    ...type,
    core,
    extensions,
    schema: (urn) => schemas.get(urn.toLowerCase()),
    attribute: (schema, name) => attributes.get(schema)?.get(name.toLowerCase()),
    subAttribute: (parent, name) => subAttributes.get(parent)?.get(name.toLowerCase()),
    elementAttribute: (parent, name) => {
      const lowerName = name.toLowerCase()
      return (
        subAttributes.get(parent)?.get(lowerName) ?? (lowerName === 'value' ? simpleElements.get(parent) : undefined)
      )
    },
  }
}
