export type AttributeType =
  | 'string'
  | 'boolean'
  | 'decimal'
  | 'integer'
  | 'dateTime'
  | 'reference'
  | 'complex'
  | 'binary'

/** An attribute definition with all characteristics of RFC 7643 §7, in the form in which `/Schemas` shows it. */
export interface Attribute {
  readonly name: string
  readonly type: AttributeType
  readonly multiValued: boolean
  readonly description: string
  readonly required: boolean
  readonly caseExact: boolean
  readonly mutability: 'readOnly' | 'readWrite' | 'immutable' | 'writeOnly'
  readonly returned: 'always' | 'never' | 'default' | 'request'
  readonly uniqueness: 'none' | 'server' | 'global'
  readonly canonicalValues?: readonly string[]
  readonly referenceTypes?: readonly string[]
  readonly subAttributes?: readonly Attribute[]
}

/**
 * Fills in the defaults of RFC 7643 §2.2, so that a definition names only what differs from them. References and binary values are case exact
 * (§2.3.6, §2.3.7), though the schemas of §8.7.1 say otherwise: what is told of an attribute is how it is compared.
 */
export function attribute(definition: Partial<Attribute> & Pick<Attribute, 'name' | 'description'>): Attribute {
  return {
    type: 'string',
    multiValued: false,
    required: false,
    caseExact: definition.type === 'reference' || definition.type === 'binary',
    mutability: 'readWrite',
    returned: 'default',
    uniqueness: 'none',
    ...definition,
  }
}
