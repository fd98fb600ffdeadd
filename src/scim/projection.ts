import type { Attribute } from './attribute.ts'
import { isJsonObject, type JsonObject, type JsonValue, type Resource } from './json.ts'
import { shown, type Notes } from './note.ts'
import { commonAttributes, type ResourceModel } from './resource-model.ts'
import type { Schema } from './schema.ts'
import { invalidValue } from './error.ts'

/** A set of places in a resource: all of what stands here, or only these children. At most three levels deep. */
type Tree = true | ReadonlyMap<string, Tree>
type Growing = Map<string, true | Growing>

/** Which attributes an answer shows (RFC 7644 §3.9), compiled once for a request. */
export interface Projection {
  /** Nothing was asked for: the answer shows all that is returned by default. */
  readonly isEverything: boolean
  /** The answer shows `schemas` and `id` alone. */
  readonly onlyIds: boolean
  /** Whether the answer shows any of a top-level attribute, or of an extension under its URN, in canonical spelling. */
  wants(name: string): boolean
  readonly mode: 'keep' | 'drop'
  readonly tree: ReadonlyMap<string, Tree>
}

/** The parameters as they come: comma-separated in a URL, an array in a SearchRequest. */
export interface ProjectionParameters {
  readonly attributes?: string | readonly string[] | undefined
  readonly excludedAttributes?: string | readonly string[] | undefined
}

interface Target {
  readonly schema: Schema
  readonly attribute: Attribute | undefined
  readonly sub: Attribute | undefined
}

const isShownByDefault = (each: Attribute) => each.returned === 'always' || each.returned === 'default'
const isHiddenByDefault = (each: Attribute) => !isShownByDefault(each)
const isRemovable = (each: Attribute) => each.returned !== 'always'
const isAlways = (each: Attribute) => each.returned === 'always'

/** The part of an attribute for which `belongs` holds: all of it, some sub-attributes, or nothing. */
function partOf(attribute: Attribute, belongs: (each: Attribute) => boolean): true | Growing | undefined {
  if (!belongs(attribute)) return undefined
  const subs = attribute.subAttributes
  if (subs === undefined || subs.every(belongs)) return true
  return new Map(subs.filter(belongs).map((each) => [each.name, true]))
}

function attributesOf(model: ResourceModel, schema: Schema): readonly Attribute[] {
  return schema === model.core ? [...commonAttributes, ...schema.attributes] : schema.attributes
}

/** Where the attributes of a schema stand: at the top for the core schema, under the URN for an extension. */
function branch(model: ResourceModel, tree: Growing, schema: Schema): Growing | undefined {
  if (schema === model.core) return tree
  const existing = tree.get(schema.id)
  if (existing === true) return undefined
  if (existing !== undefined) return existing
  const grown: Growing = new Map()
  tree.set(schema.id, grown)
  return grown
}

function addAttribute(tree: Growing, attribute: Attribute, belongs: (each: Attribute) => boolean): void {
  const part = partOf(attribute, belongs)
  if (part === undefined) return
  const existing = tree.get(attribute.name)
  if (existing === true) return
  if (part === true || existing === undefined) tree.set(attribute.name, part)
  else for (const [name, child] of part) existing.set(name, child)
}

function addSchema(model: ResourceModel, tree: Growing, schema: Schema, belongs: (each: Attribute) => boolean): void {
  const attributes = attributesOf(model, schema)
  if (schema !== model.core && attributes.every((each) => partOf(each, belongs) === true)) {
    tree.set(schema.id, true)
    return
  }
  const place = branch(model, tree, schema)
  if (place === undefined) return
  for (const each of attributes) addAttribute(place, each, belongs)
}

/** `keepSubs` are the sub-attributes that stand beside `sub` whether asked for or not. */
function addSub(tree: Growing, parent: Attribute, sub: Attribute, keepSubs: (each: Attribute) => boolean): void {
  const existing = tree.get(parent.name)
  if (existing === true) return
  const subs: Growing = existing ?? new Map()
  for (const each of parent.subAttributes ?? []) if (keepSubs(each)) subs.set(each.name, true)
  subs.set(sub.name, true)
  tree.set(parent.name, subs)
}

/** The trees that depend on the model alone. */
interface ModelTrees {
  readonly always: ReadonlyMap<string, Tree>
  readonly everything: Projection
}

const modelTrees = new WeakMap<ResourceModel, ModelTrees>()

function treesOf(model: ResourceModel): ModelTrees {
  const known = modelTrees.get(model)
  if (known !== undefined) return known
  const always: Growing = new Map()
  for (const schema of [model.core, ...model.extensions])
    for (const each of attributesOf(model, schema))
      if (isAlways(each)) {
        const place = branch(model, always, schema)
        if (place !== undefined) addAttribute(place, each, () => true)
      }
  const trees = { always, everything: dropping(hiddenTree(model), true) }
  modelTrees.set(model, trees)
  return trees
}

function hiddenTree(model: ResourceModel): Growing {
  const hidden: Growing = new Map()
  for (const schema of [model.core, ...model.extensions])
    for (const each of attributesOf(model, schema)) {
      const subs = each.subAttributes?.filter(isHiddenByDefault) ?? []
      if (!isHiddenByDefault(each) && subs.length === 0) continue
      const place = branch(model, hidden, schema)
      if (isHiddenByDefault(each)) place?.set(each.name, true)
      else place?.set(each.name, new Map(subs.map((sub) => [sub.name, true])))
    }
  return hidden
}

function copy(tree: ReadonlyMap<string, Tree>): Growing {
  const grown: Growing = new Map()
  for (const [name, child] of tree) grown.set(name, child === true ? true : copy(child))
  return grown
}

function dropping(tree: ReadonlyMap<string, Tree>, isEverything: boolean): Projection {
  return { isEverything, onlyIds: false, wants: (name) => tree.get(name) !== true, mode: 'drop', tree }
}

function keeping(tree: ReadonlyMap<string, Tree>): Projection {
  let onlyIds = true
  for (const name of tree.keys()) if (name !== 'id' && name !== 'schemas') onlyIds = false
  return { isEverything: false, onlyIds, wants: (name) => tree.has(name), mode: 'keep', tree }
}

function resolveName(model: ResourceModel, schema: Schema, name: string): Target | undefined {
  // A value filter has no meaning here (RFC 7644 §3.10 allows it in PATCH paths alone): the attribute is meant.
  const filter = name.indexOf('[')
  const plain = filter < 0 ? name : name.slice(0, filter) + name.slice(name.lastIndexOf(']') + 1)
  const dot = plain.indexOf('.')
  const attribute = model.attribute(schema, dot < 0 ? plain : plain.slice(0, dot))
  if (attribute === undefined) return undefined
  if (dot < 0) return { schema, attribute, sub: undefined }
  const sub = model.subAttribute(attribute, plain.slice(dot + 1))
  return sub && { schema, attribute, sub }
}

const isUrn = /^urn:/i

/** Resolves `name`, `name.sub`, `urn`, `urn:name` and `urn:name.sub` in any letter case (RFC 7644 §3.10). */
function resolve(model: ResourceModel, text: string): Target | undefined {
  if (!isUrn.test(text)) {
    const inCore = resolveName(model, model.core, text)
    if (inCore !== undefined) return inCore
    for (const extension of model.extensions) {
      const found = resolveName(model, extension, text)
      if (found !== undefined) return found
    }
    return undefined
  }
  const whole = model.schema(text)
  if (whole !== undefined) return { schema: whole, attribute: undefined, sub: undefined }
  const filter = text.indexOf('[')
  const colon = (filter < 0 ? text : text.slice(0, filter)).lastIndexOf(':')
  const schema = model.schema(text.slice(0, colon))
  return schema && resolveName(model, schema, text.slice(colon + 1))
}

// A body of some megabytes can hold a hundred thousand names: the first few say enough.
const mostUnknownNotes = 10

function* namesIn(list: string | readonly string[] | undefined): Generator<string> {
  if (list === undefined) return
  for (const text of typeof list === 'string' ? [list] : list)
    for (const name of text.split(',')) {
      const trimmed = name.trim()
      if (trimmed !== '') yield trimmed
    }
}

function targets(
  model: ResourceModel,
  parameter: 'attributes' | 'excludedAttributes',
  list: ProjectionParameters['attributes'],
  notes: Notes,
): { readonly found: readonly Target[]; readonly named: boolean } {
  const found: Target[] = []
  let named = false
  let unknown = 0
  for (const name of namesIn(list)) {
    named = true
    const target = resolve(model, name)
    if (target !== undefined) {
      found.push(target)
      // RFC 7644 §3.10: an attribute of an extension is named with its URN.
      if (target.schema !== model.core && !isUrn.test(name))
        notes.add({ step: 'parse', code: 'unqualified-extension-attribute', path: shown(name) })
    } else if (++unknown <= mostUnknownNotes)
      notes.add({ step: 'parse', code: 'unknown-attribute-asked', path: parameter, seen: shown(name) })
  }
  return { found, named }
}

function compileKept(model: ResourceModel, found: readonly Target[]): Projection {
  const tree = copy(treesOf(model).always)
  for (const { schema, attribute, sub } of found) {
    if (attribute === undefined) {
      addSchema(model, tree, schema, isShownByDefault)
      continue
    }
    if (attribute.returned === 'never' || sub?.returned === 'never') continue
    const place = branch(model, tree, schema)
    if (place === undefined) continue
    if (sub === undefined) addAttribute(place, attribute, (each) => each === attribute || isShownByDefault(each))
    else addSub(place, attribute, sub, isAlways)
  }
  return keeping(tree)
}

function compileDropped(model: ResourceModel, found: readonly Target[]): Projection {
  const tree = copy(treesOf(model).everything.tree)
  for (const { schema, attribute, sub } of found) {
    if (attribute === undefined) {
      addSchema(model, tree, schema, isRemovable)
      continue
    }
    if (!isRemovable(sub ?? attribute)) continue
    const place = branch(model, tree, schema)
    if (place === undefined) continue
    if (sub === undefined) addAttribute(place, attribute, isRemovable)
    else addSub(place, attribute, sub, () => false)
  }
  return dropping(tree, false)
}

/**
 * Compiles `attributes` and `excludedAttributes` (RFC 7644 §3.9). Names that no schema knows are left out with a note.
 * The two exclude each other: `attributes` wins with a note, in strict mode the request is refused with invalidValue.
 */
export function parseProjection(model: ResourceModel, parameters: ProjectionParameters, notes: Notes): Projection {
  if (parameters.attributes === undefined && parameters.excludedAttributes === undefined)
    return treesOf(model).everything
  const kept = targets(model, 'attributes', parameters.attributes, notes)
  if (kept.named) {
    if (!namesIn(parameters.excludedAttributes).next().done) {
      if (notes.strict)
        throw invalidValue(
          '"attributes" and "excludedAttributes" exclude each other (RFC 7644 §3.9); send one of them.',
        )
      notes.add({ step: 'parse', code: 'attributes-and-excluded', path: 'excludedAttributes' })
    }
    return compileKept(model, kept.found)
  }
  const dropped = targets(model, 'excludedAttributes', parameters.excludedAttributes, notes)
  return dropped.found.length === 0 ? treesOf(model).everything : compileDropped(model, dropped.found)
}

// Array.isArray does not narrow a readonly array.
const isArray = (value: JsonValue): value is readonly JsonValue[] => Array.isArray(value)

function keepIn(value: JsonValue, tree: Tree): JsonValue | undefined {
  if (tree === true) return value
  if (isArray(value)) {
    const kept: JsonValue[] = []
    for (const element of value) {
      const part = keepIn(element, tree)
      if (part !== undefined) kept.push(part)
    }
    return kept.length === 0 ? undefined : kept
  }
  return isJsonObject(value) ? keepKeys(value, tree) : undefined
}

function keepKeys(value: JsonObject, tree: ReadonlyMap<string, Tree>): JsonObject | undefined {
  let kept: Record<string, JsonValue> | undefined
  for (const [name, child] of tree) {
    if (!Object.hasOwn(value, name)) continue
    const found = value[name]
    const part = found === undefined ? undefined : keepIn(found, child)
    if (part !== undefined) (kept ??= {})[name] = part
  }
  return kept
}

function dropIn(value: JsonValue, tree: ReadonlyMap<string, Tree>): JsonValue | undefined {
  if (isArray(value)) {
    const kept: JsonValue[] = []
    for (const element of value) {
      const part = dropIn(element, tree)
      if (part !== undefined) kept.push(part)
    }
    return kept.length === 0 && value.length > 0 ? undefined : kept
  }
  if (!isJsonObject(value)) return value
  const kept = dropKeys(value, tree)
  return kept !== value && Object.keys(kept).length === 0 ? undefined : kept
}

/** The object itself when there is nothing to drop from it: the usual case is answered without a copy. */
function dropKeys(value: JsonObject, tree: ReadonlyMap<string, Tree>): JsonObject {
  let isAffected = false
  for (const name of tree.keys()) if (Object.hasOwn(value, name)) isAffected = true
  if (!isAffected) return value
  const kept: Record<string, JsonValue> = {}
  for (const name of Object.keys(value)) {
    const found = value[name]
    const child = tree.get(name)
    if (found === undefined || child === true || name === '__proto__') continue
    const part = child === undefined ? found : dropIn(found, child)
    if (part !== undefined) kept[name] = part
  }
  return kept
}

/**
 * The part of a resource that an answer shows. `id` and `schemas` are always there, what is returned never is not.
 * It may return `resource` itself; neither is ever changed.
 */
export function project(resource: Resource, projection: Projection): Resource {
  return projection.mode === 'drop' ? dropKeys(resource, projection.tree) : (keepKeys(resource, projection.tree) ?? {})
}
