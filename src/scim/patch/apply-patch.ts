import { isList } from '../path/attribute-path.ts'
import { identityOf } from '../element-identity.ts'
import { isValueless } from '../normalize/coerce-list.ts'
import { mutability } from '../error.ts'
import { fieldsOf, type Field } from '../model/field.ts'
import { isJsonObject, type JsonValue, type Resource } from '../json/json.ts'
import type { Notes } from '../note.ts'
import { checkRequired } from '../normalize/required.ts'
import { isPrimary } from '../primary-element.ts'
import { sameResource } from '../resource-equality.ts'
import type { ResourceModel } from '../model/resource-model.ts'
import { schemasOf } from '../model/schemas-of.ts'
import { tidyElements } from '../normalize/tidy-elements.ts'
import { applyOperation, valueAt, withValueAt } from './apply-operation.ts'
import type { PatchOperation } from './operation.ts'
import { createWorkBudget } from './work-budget.ts'

/**
 * Applies parsed operations in order to a resource of the server and returns the result with the right `schemas`;
 * the very same resource when nothing changed. Operations on the members of a group are left to the directory.
 * Nothing is changed in place, so that what throws has changed nothing: mutability when a required attribute would be
 * gone or an immutable one changed, noTarget when a filter finds nothing and describes nothing.
 */
export function applyPatch(
  model: ResourceModel,
  resource: Resource,
  operations: readonly PatchOperation[],
  notes: Notes,
): Resource {
  const budget = createWorkBudget()
  let result = resource
  for (const operation of operations) {
    if (!operation.path.field.isMembers) result = applyOperation(result, operation, notes, budget)
  }
  if (result === resource) return resource
  for (const field of fieldsOf(model).required) checkStillThere(field, resource, result, notes)
  result = withSchemas(
    model,
    withTidyElements(withoutValueless(resource, result, operations, notes), operations, notes),
  )
  return sameResource(resource, result) ? resource : result
}

function checkStillThere(field: Field, before: Resource, after: Resource, notes: Notes): void {
  const value = valueAt(after, field)
  if (value === valueAt(before, field)) return
  // RFC 7644 §3.5.2.2 names this scimType for a required attribute that becomes unassigned.
  if (value === undefined) {
    notes.add({ step: 'rule', code: 'required-removed', path: field.path })
    throw mutability(`"${field.path}" is required and cannot be removed.`)
  }
  checkRequired(field, value)
}

/** Operations may make an element step by step; one that has got no value by the end of the request holds none. */
function withoutValueless(
  before: Resource,
  after: Resource,
  operations: readonly PatchOperation[],
  notes: Notes,
): Resource {
  let result = after
  for (const { path } of operations) {
    if (!path.field.attribute.multiValued || path.sub === undefined) continue
    const value = valueAt(result, path.field)
    if (!isList(value) || !value.some(isDescriptionOnly)) continue
    notes.add({ step: 'parse', code: 'valueless-element', path: path.field.path })
    const kept = value.filter((each) => !isDescriptionOnly(each))
    const hasTakenMark = value.some((each) => isDescriptionOnly(each) && isPrimary(each)) && !kept.some(isPrimary)
    const marked = hasTakenMark ? withFormerPrimary(path.field, valueAt(before, path.field), kept, operations) : kept
    result = withValueAt(result, path.field, marked.length === 0 ? undefined : marked)
  }
  return result
}

/** What holds no value is not the preferred one either: the one that was so stays so, unless the request says that it is not. */
function withFormerPrimary(
  field: Field,
  before: JsonValue | undefined,
  kept: readonly JsonValue[],
  operations: readonly PatchOperation[],
): readonly JsonValue[] {
  const former = isList(before) ? before.find(isPrimary) : undefined
  const isSaid = operations.some(
    ({ path, value }) => path.field === field && path.sub?.attribute.name === 'primary' && value !== true,
  )
  if (!isJsonObject(former) || isSaid) return kept
  const identity = identityOf(field, { ...former, primary: false })
  return kept.map((each) =>
    isJsonObject(each) && identityOf(field, { ...each, primary: false }) === identity
      ? { ...each, primary: true }
      : each,
  )
}

/** A changed value or type may have made two elements the same one, which a PUT would not take for two either. */
function withTidyElements(resource: Resource, operations: readonly PatchOperation[], notes: Notes): Resource {
  const changed = new Set<Field>()
  for (const { path } of operations) {
    const isPartial = path.filter !== undefined || path.sub !== undefined
    if (isPartial && path.field.attribute.multiValued && path.field.attribute.type === 'complex')
      changed.add(path.field)
  }
  let result = resource
  for (const field of changed) {
    const value = valueAt(result, field)
    const elements = isList(value) ? value.filter(isJsonObject) : []
    const tidy = tidyElements(field, elements, notes)
    if (tidy !== elements) result = withValueAt(result, field, tidy)
  }
  return result
}

function isDescriptionOnly(element: JsonValue): boolean {
  return isJsonObject(element) && isValueless(element)
}

function withSchemas(model: ResourceModel, resource: Resource): Resource {
  const schemas = schemasOf(model, resource)
  return sameResource(resource['schemas'], schemas) ? resource : { ...resource, schemas }
}
