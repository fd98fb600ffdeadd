import { fold } from '../../../scim/text/fold.ts'
import { isList, ownValue } from '../../../scim/path/attribute-path.ts'
import { isJsonObject, type JsonObject, type JsonValue, type Resource } from '../../../scim/json/json.ts'
import type { ResourceModel } from '../../../scim/model/resource-model.ts'
import type { Schema } from '../../../scim/model/schema.ts'
import { schemasOf } from '../../../scim/model/schemas-of.ts'

function typeOf(element: JsonValue): string | undefined {
  const type = isJsonObject(element) ? ownValue(element, 'type') : undefined
  return typeof type === 'string' ? fold(type) : undefined
}

function isPrimary(element: JsonValue): boolean {
  return isJsonObject(element) && element['primary'] === true
}

/** Elements are told apart by their type; a new primary one takes the place of the old (RFC 7643 §2.4). */
function mergeElements(stored: readonly JsonValue[], sent: readonly JsonValue[]): readonly JsonValue[] {
  const merged = sent.some(isPrimary)
    ? stored.map((each) => (isJsonObject(each) && isPrimary(each) ? { ...each, primary: false } : each))
    : [...stored]
  for (const each of sent) {
    const at = merged.findIndex((other) => typeOf(other) === typeOf(each))
    const before = merged[at]
    if (isJsonObject(before) && isJsonObject(each)) merged[at] = { ...before, ...each }
    else merged.push(each)
  }
  return merged
}

function mergeAttributes(model: ResourceModel, schema: Schema, stored: JsonObject, sent: JsonObject): JsonObject {
  const merged: Record<string, JsonValue | undefined> = { ...stored }
  for (const [name, value] of Object.entries(sent)) {
    const before = ownValue(stored, name)
    const isComplex = model.attribute(schema, name)?.type === 'complex'
    if (isComplex && isList(before) && isList(value)) merged[name] = mergeElements(before, value)
    else if (isComplex && isJsonObject(before) && isJsonObject(value)) merged[name] = { ...before, ...value }
    else merged[name] = value
  }
  return merged
}

/** The stored resource with what is said in the other one, value by value: what the other leaves out stays. Both are normalised. */
export function mergeResource(model: ResourceModel, stored: Resource, sent: Resource): Resource {
  const { schemas: _schemas, ...said } = sent
  const core = Object.fromEntries(
    Object.entries(said).filter(([name]) => !model.extensions.some(({ id }) => id === name)),
  )
  const merged: Record<string, JsonValue | undefined> = { ...mergeAttributes(model, model.core, stored, core) }
  for (const extension of model.extensions) {
    const value = said[extension.id]
    const before = stored[extension.id]
    if (isJsonObject(value))
      merged[extension.id] = isJsonObject(before) ? mergeAttributes(model, extension, before, value) : value
  }
  return { ...merged, schemas: schemasOf(model, merged) }
}
