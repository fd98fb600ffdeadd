import { attribute, type Attribute } from '../model/attribute.ts'

/** What differs from one plural attribute of RFC 7643 §4.1.2 to the next. */
interface MultiValuedDefinition {
  readonly name: string
  readonly description: string
  readonly value: Partial<Attribute> & Pick<Attribute, 'description'>
  readonly type: Partial<Attribute> & Pick<Attribute, 'description'>
}

/** The sub-attribute that RFC 7643 §2.4 gives to every plural attribute. */
export const primary = attribute({
  name: 'primary',
  type: 'boolean',
  description: 'Whether this is the preferred value of the attribute; at most one value is.',
})

/** A plural complex attribute with the default sub-attributes of RFC 7643 §2.4: value, display, type, primary. */
export function multiValued(definition: MultiValuedDefinition): Attribute {
  return attribute({
    name: definition.name,
    type: 'complex',
    multiValued: true,
    description: definition.description,
    subAttributes: [
      attribute({ name: 'value', ...definition.value }),
      attribute({ name: 'display', description: 'A name of the value for people to read.' }),
      attribute({ name: 'type', ...definition.type }),
      primary,
    ],
  })
}
