import { isList } from '../path/attribute-path.ts'
import { mutability, noTarget } from '../error.ts'
import type { Field } from '../model/field.ts'
import { matches } from '../filter/evaluate.ts'
import { isJsonObject, type JsonObject, type JsonValue, type Resource } from '../json/json.ts'
import type { Notes } from '../note.ts'
import { referencedId } from '../normalize/referenced-id.ts'
import { sameResource } from '../resource-equality.ts'
import { addElements } from './add-elements.ts'
import { changeElements } from './change-elements.ts'
import { changeScalars } from './change-scalars.ts'
import { omit } from './omit.ts'
import type { PatchOperation } from './operation.ts'
import { refuseClearingNothing } from './clearing-nothing.ts'
import { removeElements } from './remove-elements.ts'
import { seedOf } from './seed.ts'
import { costOf, createWorkBudget, type WorkBudget } from './work-budget.ts'

/**
 * Applies one operation (RFC 7644 §3.5.2.1 to §3.5.2.3) and returns the new resource; the same one when nothing changed.
 * Members are no business of it. What holds for a resource as a whole is checked by `applyPatch`.
 * Pass the same `budget` with all operations of a request.
 */
export function applyOperation(
  resource: Resource,
  operation: PatchOperation,
  notes: Notes,
  budget: WorkBudget = createWorkBudget(),
): Resource {
  const { field } = operation.path
  const before = valueAt(resource, field)
  const after = changed(before, operation, notes, budget)
  if (sameResource(before, after)) return resource
  if (field.attribute.mutability === 'immutable' && before !== undefined) {
    throw mutability(`"${field.path}" cannot be changed once it is set.`)
  }
  return withValueAt(resource, field, after)
}

/** What a resource holds for an attribute. */
export function valueAt(resource: Resource, field: Field): JsonValue | undefined {
  if (field.extensionUrn === undefined) return resource[field.attribute.name]
  const extension = resource[field.extensionUrn]
  return isJsonObject(extension) ? extension[field.attribute.name] : undefined
}

/** The resource with another value for an attribute; undefined takes it away, with the extension that it leaves empty. */
export function withValueAt(resource: Resource, field: Field, value: JsonValue | undefined): Resource {
  const { attribute, extensionUrn } = field
  if (extensionUrn === undefined) return withKey(resource, attribute.name, value)
  const extension = resource[extensionUrn]
  const data = withKey(isJsonObject(extension) ? extension : {}, attribute.name, value)
  return withKey(resource, extensionUrn, Object.keys(data).length === 0 ? undefined : data)
}

function withKey(object: JsonObject, name: string, value: JsonValue | undefined): JsonObject {
  return value === undefined ? omit(object, name) : { ...object, [name]: value }
}

/** The value of the attribute after the operation. */
function changed(
  before: JsonValue | undefined,
  operation: PatchOperation,
  notes: Notes,
  budget: WorkBudget,
): JsonValue | undefined {
  const { attribute } = operation.path.field
  if (attribute.multiValued) {
    const after =
      attribute.type === 'complex'
        ? changedElements(elementsOf(before), operation, notes, budget)
        : changeScalars(isList(before) ? before : [], operation, notes, budget)
    return after.length === 0 ? undefined : after
  }
  if (operation.path.sub !== undefined || operation.path.filter !== undefined)
    return changedComplex(before, operation, notes)
  if (operation.op === 'remove') return undefined
  return operation.value
}

function elementsOf(value: JsonValue | undefined): readonly JsonObject[] {
  return isList(value) ? value.filter(isJsonObject) : []
}

function changedElements(
  elements: readonly JsonObject[],
  operation: PatchOperation,
  notes: Notes,
  budget: WorkBudget,
): readonly JsonObject[] {
  const { op, path, value } = operation
  const given = elementsOf(value)
  budget.spend(costOf(elements, path.filter) + given.length)
  if (path.filter !== undefined || path.sub !== undefined) return changeElements(elements, operation, notes)
  if (op === 'add') return addElements(path.field, elements, given)
  if (op === 'replace') return given
  return value === undefined ? [] : removeElements(path.field, elements, given, budget)
}

/**
 * `name.familyName`, `manager.value`, and also `manager[value eq "x"]`, though a filter is of no use on a single value. One that does not
 * match what is there is refused: to make what it describes would do away with the rest.
 */
function changedComplex(before: JsonValue | undefined, operation: PatchOperation, notes: Notes): JsonValue | undefined {
  const { op, path, value } = operation
  const { field, filter, sub } = path
  const isMeant = filter === undefined || (isJsonObject(before) && matches(filter, before))
  if (!isMeant && (op === 'remove' || value === undefined)) {
    refuseClearingNothing(operation, notes)
    return before
  }
  if (!isMeant && before !== undefined)
    throw noTarget(`The value filter does not match what "${field.path}" holds, which is a single value.`)
  const seed = isMeant || filter === undefined ? {} : (seedOf(field, filter) ?? {})
  // What stands beside a value, such as its $ref, belongs to that value.
  const isOther = sub !== undefined && sub === field.value && !(isJsonObject(before) && before['value'] === value)
  const base = isMeant && isJsonObject(before) && !isOther ? before : seed
  const after =
    sub === undefined ? changedWhole(base, operation) : withSub(field, base, sub, op === 'remove' ? undefined : value)
  return after === undefined || Object.keys(after).length === 0 ? undefined : after
}

function changedWhole(base: JsonObject, { op, value }: PatchOperation): JsonObject | undefined {
  if (op === 'remove' || !isJsonObject(value)) return undefined
  let result: JsonObject = { ...base, ...value }
  for (const name of Object.keys(value)) if (value[name] === null) result = omit(result, name)
  return result
}

function withSub(field: Field, base: JsonObject, sub: Field, value: JsonValue | undefined): JsonObject {
  const { name } = sub.attribute
  const before = base[name]
  if (sub.attribute.mutability === 'immutable' && before !== undefined && !sameResource(before, value)) {
    throw mutability(`"${sub.path}" cannot be changed once it is set.`)
  }
  const after = withKey(base, name, value)
  // A manager may come by its URI alone (RFC 7643 §4.3), and is looked for by its id.
  const id = name === '$ref' && field.value !== undefined ? referencedId(value) : undefined
  return id === undefined ? after : { ...after, value: id }
}
