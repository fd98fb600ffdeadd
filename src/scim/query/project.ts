import { isList } from '../path/attribute-path.ts'
import { isJsonObject, type JsonObject, type JsonValue, type Resource } from '../json/json.ts'
import type { Projection, ProjectionTree } from './projection.ts'

function keepIn(value: JsonValue, tree: ProjectionTree): JsonValue | undefined {
  if (tree === true) return value
  if (isList(value)) {
    const kept: JsonValue[] = []
    for (const element of value) {
      const part = keepIn(element, tree)
      if (part !== undefined) kept.push(part)
    }
    return kept.length === 0 && value.length > 0 ? undefined : kept
  }
  return isJsonObject(value) ? keepKeys(value, tree) : undefined
}

function keepKeys(value: JsonObject, tree: ReadonlyMap<string, ProjectionTree>): JsonObject | undefined {
  let kept: Record<string, JsonValue> | undefined
  for (const [name, child] of tree) {
    if (!Object.hasOwn(value, name)) continue
    const found = value[name]
    const part = found === undefined ? undefined : keepIn(found, child)
    if (part !== undefined) (kept ??= {})[name] = part
  }
  return kept
}

function dropIn(value: JsonValue, tree: ReadonlyMap<string, ProjectionTree>): JsonValue | undefined {
  if (isList(value)) {
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
function dropKeys(value: JsonObject, tree: ReadonlyMap<string, ProjectionTree>): JsonObject {
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
