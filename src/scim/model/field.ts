import type { Attribute } from './attribute.ts'
import type { ResourceModel } from './resource-model.ts'
import type { Schema } from './schema.ts'

/** An attribute where it stands in a resource model, with everything that reading a value for it needs, worked out once. */
export interface Field {
  readonly attribute: Attribute
  readonly schema: Schema
  /** The key under which the extension that defines it stands in a resource; undefined for core attributes. */
  readonly extensionUrn: string | undefined
  /** How the place is written in a path: `name.givenName`, `urn:…:User:manager`. */
  readonly path: string
  /** The sub-attributes of a complex attribute; empty for all others. */
  readonly fields: FieldTable
  /** The sub-attribute `value`, by which a complex attribute is given in short. */
  readonly value: Field | undefined
  /** Whether these are the members of a group, which are rows of their own and are never loaded with it. */
  readonly isMembers: boolean
}

/** Fields by canonical name and by lower-case name; look up with `findField`. */
export type FieldTable = ReadonlyMap<string, Field>

export interface ModelFields {
  readonly core: FieldTable
  /** By URN as defined and in lower case. */
  readonly extensions: ReadonlyMap<string, ExtensionFields>
  /** The core attributes that a resource cannot be without. */
  readonly required: readonly Field[]
  /** The value of `schemas` of a resource without extension data. */
  readonly coreSchemas: readonly string[]
}

export interface ExtensionFields {
  readonly schema: Schema
  readonly fields: FieldTable
}

const noFields: FieldTable = new Map()

function tableOf(fields: readonly Field[]): FieldTable {
  const table = new Map<string, Field>()
  for (const each of fields) table.set(each.attribute.name.toLowerCase(), each)
  for (const each of fields) table.set(each.attribute.name, each)
  return table
}

interface Home {
  readonly schema: Schema
  readonly extensionUrn: string | undefined
}

function createField(attribute: Attribute, home: Home, prefix: string, isMembers: boolean): Field {
  const path = prefix + attribute.name
  const subAttributes = attribute.subAttributes ?? []
  const fields =
    subAttributes.length === 0
      ? noFields
      : tableOf(subAttributes.map((sub) => createField(sub, home, `${path}.`, false)))
  return { attribute, ...home, path, fields, value: fields.get('value'), isMembers }
}

function createModelFields(model: ResourceModel): ModelFields {
  const names = ['schemas', 'id', 'externalId', 'meta', ...model.core.attributes.map((each) => each.name)]
  const core = new Map<string, Field>()
  for (const name of names) {
    const attribute = model.attribute(model.core, name)
    if (attribute === undefined) continue
    const home = { schema: model.core, extensionUrn: undefined }
    const field = createField(attribute, home, '', model.name === 'Group' && attribute.name === 'members')
    core.set(attribute.name, field)
  }
  const extensions = new Map<string, ExtensionFields>()
  for (const schema of model.extensions) {
    const home = { schema, extensionUrn: schema.id }
    const fields = tableOf(schema.attributes.map((each) => createField(each, home, `${schema.id}:`, false)))
    extensions.set(schema.id.toLowerCase(), { schema, fields })
    extensions.set(schema.id, { schema, fields })
  }
  const all = [...core.values()]
  return {
    core: tableOf(all),
    extensions,
    required: all.filter((each) => each.attribute.required && each.attribute.name !== 'schemas'),
    coreSchemas: [model.core.id],
  }
}

const known = new WeakMap<ResourceModel, ModelFields>()

/** The fields of a model; worked out on first use and kept as long as the model. */
export function fieldsOf(model: ResourceModel): ModelFields {
  let fields = known.get(model)
  if (fields === undefined) {
    fields = createModelFields(model)
    known.set(model, fields)
  }
  return fields
}

/** Attribute names are case-insensitive (RFC 7643 §2.1); the canonical spelling is found without folding. */
export function findField(table: FieldTable, name: string): Field | undefined {
  return table.get(name) ?? table.get(name.toLowerCase())
}

/** The fields of the extension with this URN, in any letter case. */
export function findExtension(fields: ModelFields, urn: string): ExtensionFields | undefined {
  return fields.extensions.get(urn) ?? fields.extensions.get(urn.toLowerCase())
}
