import type { Attribute } from '../model/attribute.ts'
import type { JsonObject, JsonValue } from '../json/json.ts'
import type { Schema } from '../model/schema.ts'

/**
 * Where a value stands in a resource, resolved against a model.
 * A comparison on a bare complex attribute (`emails eq`, `manager eq`) has `sub` set to its `value` sub-attribute.
 */
export interface AttributePath {
  /** As written, for error texts. */
  readonly text: string
  /** The schema that defines `attribute`; the core schema for common attributes. Undefined inside a value filter. */
  readonly schema: Schema | undefined
  /** The key under which the extension that defines `attribute` stands in a resource; undefined for core attributes and inside a value filter. */
  readonly extensionUrn?: string | undefined
  /** Undefined when no schema knows the name and the caller asked for that to be tolerated: such a path has no value. */
  readonly attribute: Attribute | undefined
  readonly sub: Attribute | undefined
}

/** The attribute whose values the path leads to: the sub-attribute when it names one. */
export function leafOf(path: AttributePath): Attribute | undefined {
  return path.sub ?? path.attribute
}

/** What is compared where nothing stands: a value that does not say whether it is the primary one is not (RFC 7643 §2.4). */
export function assumedValue({ schema, attribute, sub }: AttributePath): false | undefined {
  const ofElement = sub ?? (schema === undefined ? attribute : undefined)
  return ofElement?.name === 'primary' && ofElement.type === 'boolean' ? false : undefined
}

/** Whether a value filter can be about what the path leads to: the values of a complex attribute, or those of a simple one that has several. */
export function hasElements(path: AttributePath): boolean {
  const leaf = leafOf(path)
  return leaf !== undefined && (leaf.type === 'complex' || (leaf.multiValued && path.sub === undefined))
}

/** Whether a name is the `value` that RFC 7643 §2.4 gives every attribute with several values, of one whose values are simple: the attribute itself. */
export function isValueOfSimple(attribute: Attribute, name: string): boolean {
  return attribute.multiValued && attribute.type !== 'complex' && name.toLowerCase() === 'value'
}

/** What stands under the path's attribute, its sub-attribute not yet applied. `holder` is a resource, or one element inside a value filter. */
export function attributeValue(path: AttributePath, holder: JsonObject): JsonValue | undefined {
  if (path.attribute === undefined) return undefined
  const home = path.extensionUrn === undefined ? holder : ownValue(holder, path.extensionUrn)
  return ownValue(home, path.attribute.name)
}

/** The value of a key, or undefined when `value` is no object or only inherits the key. */
export function ownValue(value: JsonValue | undefined, key: string): JsonValue | undefined {
  if (typeof value !== 'object' || value === null || isList(value)) return undefined
  return Object.hasOwn(value, key) ? value[key] : undefined
}

/** Array.isArray, which TypeScript does not narrow readonly arrays with. */
export function isList(value: JsonValue | undefined): value is readonly JsonValue[] {
  return Array.isArray(value)
}
