import type { Attribute } from '../model/attribute.ts'
import { invalidPath, invalidValue, mutability, ScimError } from '../error.ts'
import { findExtension, findField, type Field, type FieldTable, type ModelFields } from '../model/field.ts'
import { isJsonObject, type JsonObject } from '../json/json.ts'
import { readJsonText } from '../json/json-text.ts'
import { ignoreReadOnly, ignoreUnknown, tolerate, tolerateDottedKey, tolerateRepeated } from '../normalize/lenience.ts'
import { shown, type Notes } from '../note.ts'
import { parsePatchPath } from '../path/parse-patch-path.ts'
import { ignorePassword } from '../normalize/password.ts'
import type { ResourceModel } from '../model/resource-model.ts'
import type { Schema } from '../model/schema.ts'
import { unreachable } from '../unreachable.ts'
import { acceptBareMembers, bareMembersOf } from './bare-members.ts'
import { addMembersOperation } from './members-operation.ts'
import { withoutItsName } from './named-value.ts'
import type { PatchOperation, PatchTarget } from './operation.ts'
import { addOperations } from './operation-value.ts'

/** What one call of `parsePatch` works on and fills. */
export interface Expansion {
  readonly model: ResourceModel
  readonly fields: ModelFields
  readonly notes: Notes
  readonly operations: PatchOperation[]
}

type Op = PatchOperation['op']

const noFields: FieldTable = new Map()

/** What a path leads to: one attribute, a whole schema, or nothing that is known. */
type Destination = PatchTarget | { readonly schema: Schema } | { readonly unknown: string }

/** A body may hold hundreds of paths: what is wrong with one says which. */
function destinationOfPath(expansion: Expansion, text: string, index: number): ReturnType<typeof destinationOf> {
  try {
    return destinationOf(expansion, text)
  } catch (error) {
    if (!(error instanceof ScimError)) throw error
    throw new ScimError(
      error.status,
      error.scimType,
      `${error.detail.replace(/\.$/, '')}, in the path of operation ${index + 1}.`,
    )
  }
}

/** Adds the operations of one client's operation with a path. */
export function expandPath(expansion: Expansion, op: Op, text: string, value: unknown, index: number): void {
  const destination = destinationOfPath(expansion, text, index)
  if ('unknown' in destination) {
    if (expansion.notes.strict) {
      expansion.notes.add({ step: 'parse', code: 'attribute-not-here', path: shown(text) })
      throw invalidPath(destination.unknown)
    }
    return ignoreUnknown(expansion.notes, text)
  }
  if ('schema' in destination) {
    const { schema } = destination
    const given = withoutItsName([schema.id], noFields, value, expansion.notes)
    return expandSchema(expansion, op, schema, given, index)
  }
  const { field, sub } = destination
  if (field.attribute.mutability === 'readOnly')
    throw mutability(`${readOnly(field.attribute)} (operation ${index + 1}).`)
  const { attribute, fields } = sub ?? field
  const given = withoutItsName([attribute.name, text], fields, value, expansion.notes)
  addOperation(expansion, op, destination, op === 'add' ? addedTo(destination, given) : given, index)
}

/** RFC 7644 §3.5.2.1: what is added to a list may be one value or one object with the sub-attributes, without a list around it. */
function addedTo({ field, filter, sub }: PatchTarget, value: unknown): unknown {
  const { multiValued, type } = field.attribute
  if (!multiValued || filter !== undefined || sub !== undefined || Array.isArray(value)) return value
  if (value === null || value === '') return value
  const isOne =
    type === 'complex' ? isJsonObject(value) : typeof value !== 'object' && readJsonText(value) === undefined
  return isOne ? [value] : value
}

/** Some set the groups of a user, where SCIM has the members of a group (SailPoint with `updateGroupsViaUsers`). */
function readOnly({ name }: Attribute): string {
  return name === 'groups'
    ? '"groups" is read-only: it follows from the "members" of each group, so change those at /Groups'
    : `"${name}" is read-only; the server sets it`
}

/** Adds one operation for each attribute that the value of an operation without a path names (RFC 7644 §3.5.2.1, §3.5.2.3). */
export function expandValue(expansion: Expansion, op: 'add' | 'replace', value: unknown, index: number): void {
  const members = bareMembersOf(expansion.fields.core, value)
  if (members !== undefined) {
    acceptBareMembers(op, members, index, expansion.notes)
    const path = { text: 'members', field: members.field, filter: undefined, sub: undefined }
    return addMembersOperation(expansion.operations, { op, path, index }, members.list, expansion.notes)
  }
  const object = isJsonObject(value) ? value : (objectInList(expansion, value) ?? objectInText(expansion, value))
  if (object === undefined) {
    throw invalidValue(`Operation ${index + 1} has no "path", so its "value" must be an object of attributes.`)
  }
  expandObject(expansion, op, object, index, true)
}

function objectInList({ notes }: Expansion, value: unknown): JsonObject | undefined {
  const items: readonly unknown[] = Array.isArray(value) ? value : []
  const [item] = items
  if (items.length !== 1 || !isJsonObject(item)) return undefined
  tolerate(notes, 'array-for-single', 'value', value)
  return item
}

function objectInText(expansion: Expansion, value: unknown): JsonObject | undefined {
  const parsed = readJsonText(value)
  if (!isJsonObject(parsed)) return undefined
  tolerate(expansion.notes, 'json-text', 'value', value)
  return parsed
}

function expandObject(expansion: Expansion, op: Op, object: JsonObject, index: number, isOutermost: boolean): void {
  const places = new Set<string>()
  for (const key of Object.keys(object)) {
    const value = object[key]
    const destination = keyDestination(expansion, key)
    if ('unknown' in destination) {
      if (value !== null) ignoreUnknown(expansion.notes, key)
    } else if ('field' in destination) {
      if (destination.field.attribute.mutability === 'readOnly') {
        ignoreReadOnly(expansion.notes, key)
      } else {
        if (isPath.test(key)) tolerateDottedKey(expansion.notes, key)
        noteRepeated(expansion, op, destination, places)
        addOperation(expansion, op, destination, value, index)
      }
    } else if (isOutermost || destination.schema !== expansion.model.core) {
      expandSchema(expansion, op, destination.schema, value, index)
    } else {
      ignoreUnknown(expansion.notes, key)
    }
  }
}

/** What is added to a list stands beside what was added before; of everything else the last value counts. */
function noteRepeated({ notes }: Expansion, op: Op, { field, filter, sub }: PatchTarget, places: Set<string>): void {
  if (filter !== undefined || (op === 'add' && field.attribute.multiValued)) return
  const place = sub?.path ?? field.path
  if (places.has(place)) tolerateRepeated(notes, place)
  places.add(place)
}

/** Keys that name more than an attribute: `name.givenName`, `urn:…:User:department`, `emails[type eq "work"].value`. */
const isPath = /[.:[]/

/** A key that is no path at all is an unknown attribute like any other. */
function keyDestination(expansion: Expansion, key: string): Destination {
  try {
    return destinationOf(expansion, key)
  } catch (error) {
    if (!(error instanceof ScimError) || expansion.notes.strict) throw error
    return { unknown: error.detail }
  }
}

function destinationOf(expansion: Expansion, text: string): Destination {
  const { fields, model, notes } = expansion
  const simple = findField(fields.core, text)
  if (simple !== undefined) return { text, field: simple, filter: undefined, sub: undefined }
  const path = parsePatchPath(model, text, { notes })
  switch (path.kind) {
    case 'schema':
      return { schema: path.schema }
    case 'unknown':
      return { unknown: path.reason }
    case 'attribute': {
      const table = path.schema === model.core ? fields.core : findExtension(fields, path.schema.id)?.fields
      const field = table && findField(table, path.attribute.name)
      const sub = path.sub && field && findField(field.fields, path.sub.name)
      if (field === undefined) return { unknown: `No schema defines "${shown(text)}".` }
      return { text, field, filter: path.filter, sub }
    }
    default:
      return unreachable(path)
  }
}

/** A schema URN stands for all that the schema defines; attributes that the value does not name stay as they are. */
function expandSchema(expansion: Expansion, op: Op, schema: Schema, value: unknown, index: number): void {
  const { fields, model } = expansion
  const extension = findExtension(fields, schema.id)
  const given = isJsonObject(value) ? value : op === 'remove' ? undefined : objectInText(expansion, value)
  if (op !== 'remove' && given !== undefined) {
    if (extension === undefined) return expandObject(expansion, op, given, index, false)
    return expandExtension(expansion, op, extension.fields, schema, given, index)
  }
  const clears = op === 'remove' || value === null || value === ''
  if (!clears) throw invalidValue(`"${schema.id}" must be an object with its attributes.`)
  if (extension === undefined)
    throw mutability(`"${model.core.id}" is what makes it a ${model.name}; it cannot be removed.`)
  if (op === 'add') return
  for (const field of new Set(extension.fields.values())) {
    const path = { text: field.path, field, filter: undefined, sub: undefined }
    if (field.attribute.mutability !== 'readOnly') {
      expansion.operations.push({ op: 'remove', path, value: undefined, index })
    }
  }
}

function expandExtension(
  expansion: Expansion,
  op: Op,
  table: ReadonlyMap<string, Field>,
  schema: Schema,
  given: JsonObject,
  index: number,
): void {
  for (const key of Object.keys(given)) {
    const text = `${schema.id}:${key}`
    const field = findField(table, key)
    const destination = field ? { text, field, filter: undefined, sub: undefined } : keyDestination(expansion, text)
    if (!('field' in destination)) ignoreUnknown(expansion.notes, text)
    else if (destination.field.attribute.mutability === 'readOnly') ignoreReadOnly(expansion.notes, text)
    else addOperation(expansion, op, destination, given[key], index)
  }
}

function addOperation(expansion: Expansion, op: Op, target: PatchTarget, value: unknown, index: number): void {
  const { notes, operations } = expansion
  const { field, sub } = target
  // The list follows from the data that a resource has; it cannot be set apart from them.
  if (field.attribute.name === 'schemas' && field.extensionUrn === undefined) return ignoreReadOnly(notes, 'schemas')
  if (field.attribute.mutability === 'writeOnly') return ignorePassword(field, op === 'remove' ? '' : value, notes)
  if (field.isMembers) return addMembersOperation(operations, { op, path: target, index }, value, notes)
  if (sub?.attribute.mutability === 'readOnly') {
    if (notes.strict) throw mutability(`"${sub.path}" is read-only; the server sets it (operation ${index + 1}).`)
    return ignoreReadOnly(notes, sub.path)
  }
  addOperations(operations, { op, path: target, index }, value, notes)
}
