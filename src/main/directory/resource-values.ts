import { isJsonObject, type JsonObject, type JsonValue, type Resource } from '../../scim/json/json.ts'
import { commonAttributes, type ResourceModel } from '../../scim/model/resource-model.ts'
import { schemasOf } from '../../scim/model/schemas-of.ts'

const common: ReadonlySet<string> = new Set(commonAttributes.map((each) => each.name))

interface Home {
  readonly urn: string | undefined
  readonly name: string
}

/** Where an attribute stands that is named as `valuesOf` names it. */
function homeOf(model: ResourceModel, attribute: string): Home {
  const extension = model.extensions.find(({ id }) => attribute.startsWith(`${id}:`))
  return extension
    ? { urn: extension.id, name: attribute.slice(extension.id.length + 1) }
    : { urn: undefined, name: attribute }
}

/** The values of a normalised resource by attribute: `title` for one of the core schema, `urn:…:User:department` for one of an extension. */
export function valuesOf(model: ResourceModel, resource: Resource): ReadonlyMap<string, JsonValue> {
  const values = new Map<string, JsonValue>()
  for (const { name } of model.core.attributes) {
    const value = resource[name]
    if (value !== undefined && !common.has(name)) values.set(name, value)
  }
  for (const extension of model.extensions) {
    const holder = resource[extension.id]
    if (!isJsonObject(holder)) continue
    for (const { name } of extension.attributes) {
      const value = holder[name]
      if (value !== undefined) values.set(`${extension.id}:${name}`, value)
    }
  }
  return values
}

function without(holder: JsonObject, key: string): JsonObject {
  const { [key]: _left, ...rest } = holder
  return rest
}

/** The resource with one attribute set, or left out where the value is undefined. */
export function withValue(
  model: ResourceModel,
  resource: Resource,
  attribute: string,
  value: JsonValue | undefined,
): Resource {
  const { urn, name } = homeOf(model, attribute)
  if (urn === undefined) return value === undefined ? without(resource, name) : { ...resource, [name]: value }
  const before = resource[urn]
  const holder = isJsonObject(before) ? before : {}
  const after = value === undefined ? without(holder, name) : { ...holder, [name]: value }
  const changed = Object.keys(after).length === 0 ? without(resource, urn) : { ...resource, [urn]: after }
  return { ...changed, schemas: schemasOf(model, changed) }
}
