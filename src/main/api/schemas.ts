import type { PlainAttribute, Schema as SchemaView } from '../../contract/schemas.ts'
import type { Attribute } from '../../scim/model/attribute.ts'
import type { Schema } from '../../scim/model/schema.ts'
import { enterpriseUserSchemaUrn } from '../../scim/urn.ts'
import { api } from './api.ts'
import { directoryIdOf } from './rosters/directory-id.ts'
import { modelsOf } from './rosters/models.ts'

function plain(attribute: Attribute): PlainAttribute {
  const { name, type, multiValued, description, required, mutability, canonicalValues } = attribute
  return {
    name,
    type,
    multiValued,
    description,
    required,
    isWritable: mutability === 'readWrite' || mutability === 'immutable',
    canonicalValues: [...(canonicalValues ?? [])],
  }
}

function view(schema: Schema, kind: SchemaView['kind']): SchemaView {
  return {
    urn: schema.id,
    name: schema.name,
    kind,
    attributes: schema.attributes.map((each) => ({
      ...plain(each),
      subAttributes: (each.subAttributes ?? []).map(plain),
    })),
  }
}

export const schemas = {
  list: api.schemas.list.handler(({ input, context: { parts } }) => {
    const models = modelsOf(parts.engine, directoryIdOf(parts.engine, input.directory))
    const model = input.resource === 'User' ? models.user : models.group
    return [
      view(model.core, 'core'),
      ...model.extensions.map((each) =>
        view(each, each.id === enterpriseUserSchemaUrn ? 'standard-extension' : 'custom'),
      ),
    ]
  }),
}
