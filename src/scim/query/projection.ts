import type { Attribute } from '../model/attribute.ts'
import { invalidValue } from '../error.ts'
import type { Notes } from '../note.ts'
import { namesIn, type ProjectionTarget, projectionTargets } from './projection-target.ts'
import { commonAttributes, type ResourceModel } from '../model/resource-model.ts'
import type { Schema } from '../model/schema.ts'

/** A set of places in a resource: all of what stands here, or only these children. At most three levels deep. */
export type ProjectionTree = true | ReadonlyMap<string, ProjectionTree>
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
  readonly tree: ReadonlyMap<string, ProjectionTree>
}

/** The parameters as they come: comma-separated in a URL, an array in a SearchRequest. */
export interface ProjectionParameters {
  readonly attributes?: string | readonly string[] | undefined
  readonly excludedAttributes?: string | readonly string[] | undefined
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
  readonly always: ReadonlyMap<string, ProjectionTree>
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

function copy(tree: ReadonlyMap<string, ProjectionTree>): Growing {
  const grown: Growing = new Map()
  for (const [name, child] of tree) grown.set(name, child === true ? true : copy(child))
  return grown
}

function dropping(tree: ReadonlyMap<string, ProjectionTree>, isEverything: boolean): Projection {
  return { isEverything, onlyIds: false, wants: (name) => tree.get(name) !== true, mode: 'drop', tree }
}

function keeping(tree: ReadonlyMap<string, ProjectionTree>): Projection {
  let onlyIds = true
  for (const name of tree.keys()) if (name !== 'id' && name !== 'schemas') onlyIds = false
  return { isEverything: false, onlyIds, wants: (name) => tree.has(name), mode: 'keep', tree }
}

function compileKept(model: ResourceModel, found: readonly ProjectionTarget[]): Projection {
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

function compileDropped(model: ResourceModel, found: readonly ProjectionTarget[]): Projection {
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
  const kept = projectionTargets(model, 'attributes', parameters.attributes, notes)
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
  const dropped = projectionTargets(model, 'excludedAttributes', parameters.excludedAttributes, notes)
  return dropped.found.length === 0 ? treesOf(model).everything : compileDropped(model, dropped.found)
}
