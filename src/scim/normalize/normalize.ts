import { coerce, coerceSingle } from './coerce.ts'
import {
  boundedNotes,
  ignoreReadOnly,
  ignoreUnknown,
  tolerate,
  tolerateDottedKey,
  tolerateRepeated,
} from './lenience.ts'
import { departFrom, refusedBecauseStrict } from './departure.ts'
import { invalidSyntax, invalidValue } from '../error.ts'
import {
  fieldsOf,
  findExtension,
  findField,
  type ExtensionFields,
  type Field,
  type FieldTable,
  type ModelFields,
} from '../model/field.ts'
import { glimpse } from '../text/glimpse.ts'
import { isJsonObject, type JsonObject, type JsonValue, type Resource } from '../json/json.ts'
import { readJsonText } from '../json/json-text.ts'
import { shown, type Notes } from '../note.ts'
import { ignorePassword } from './password.ts'
import type { Departure } from './refused-departure.ts'
import { checkRequired } from './required.ts'
import type { ResourceModel } from '../model/resource-model.ts'
import { schemasOf } from '../model/schemas-of.ts'
import { urnMeant, type UrnMeant } from '../path/urn-meant.ts'
import { enterpriseUserSchemaUrn, formerEnterpriseUserUrns } from '../urn.ts'

export interface NormalizeOptions {
  readonly notes: Notes
  /** `patched` is for a resource of the server itself: it keeps the read-only attributes, which a client cannot set. */
  readonly purpose: 'create' | 'replace' | 'patched'
}

/**
 * Returns what a client sent for a resource as a new resource with canonical names, coerced values and the right
 * `schemas`. Read-only and unknown attributes and empty values are left out; dialects of IdPs leave notes.
 * Throws invalidSyntax when the input is no object and invalidValue, naming the attribute, when a value is wrong.
 */
export function normalizeResource(model: ResourceModel, input: unknown, options: NormalizeOptions): Resource {
  if (!isJsonObject(input)) throw invalidSyntax(`The body must be a JSON object that describes a ${model.name}.`)
  const fields = fieldsOf(model)
  const target: Target = {
    model,
    fields,
    notes: boundedNotes(options.notes),
    keepsReadOnly: options.purpose === 'patched',
    result: { schemas: fields.coreSchemas },
    extensions: undefined,
    declared: undefined,
  }
  putAll(target, input, true)
  const { result, extensions } = target
  if (!target.keepsReadOnly && !target.declared?.length) noteUndeclared(target)
  for (const each of fields.required) checkRequired(each, result[each.attribute.name])
  if (extensions !== undefined) {
    for (const [urn, data] of extensions) result[urn] = data
    checkDeclared(target, extensions.keys())
    result['schemas'] = schemasOf(model, result)
  }
  return result
}

type Writable = Record<string, JsonValue>

/** What one call fills. */
interface Target {
  readonly model: ResourceModel
  readonly fields: ModelFields
  readonly notes: Notes
  readonly keepsReadOnly: boolean
  readonly result: Writable
  extensions: Map<string, Writable> | undefined
  /** What the client lists as `schemas`. */
  declared: readonly unknown[] | undefined
}

function putAll(target: Target, input: JsonObject, isOutermost: boolean): void {
  for (const key of Object.keys(input)) {
    const value = input[key]
    const field = findField(target.fields.core, key)
    if (field !== undefined) put(target, field, value)
    else if (key.includes(':')) putByUrn(target, key, value, isOutermost)
    else putUnqualified(target, key, value)
  }
}

function put(target: Target, field: Field, input: unknown): void {
  const { attribute } = field
  if (attribute.name === 'schemas') return readSchemas(target, input)
  if (attribute.mutability === 'readOnly') return putReadOnly(target, field, input)
  if (attribute.mutability === 'writeOnly') return ignorePassword(field, input, target.notes)
  if (attribute.required && typeof input === 'object' && input !== null && !target.keepsReadOnly) {
    throw invalidValue(`"${field.path}" must be text.`)
  }
  const value = coerce(field, input, target.notes)
  if (value !== undefined) assign(target, field, value)
}

/** A dotted key and an object for the same complex attribute add up. */
function assign(target: Target, field: Field, value: JsonValue): void {
  const holder = holderOf(target, field)
  const { name } = field.attribute
  const before = Object.hasOwn(holder, name) ? holder[name] : undefined
  if (isJsonObject(before) && isJsonObject(value)) {
    for (const sub of Object.keys(value))
      if (Object.hasOwn(before, sub)) tolerateRepeated(target.notes, `${field.path}.${sub}`)
    holder[name] = { ...before, ...value }
  } else {
    if (before !== undefined) tolerateRepeated(target.notes, field.path)
    holder[name] = value
  }
}

function holderOf(target: Target, { extensionUrn: urn }: Field): Writable {
  if (urn === undefined) return target.result
  target.extensions ??= new Map()
  let holder = target.extensions.get(urn)
  if (holder === undefined) {
    holder = {}
    target.extensions.set(urn, holder)
  }
  return holder
}

function putReadOnly(target: Target, field: Field, input: unknown): void {
  if (input === null || input === undefined) return
  if (!target.keepsReadOnly) return ignoreReadOnly(target.notes, field.path)
  const copy = isJsonValue(input) ? input : undefined
  if (copy !== undefined) holderOf(target, field)[field.attribute.name] = copy
}

function isJsonValue(input: unknown): input is JsonValue {
  return typeof input !== 'function' && typeof input !== 'symbol' && typeof input !== 'bigint' && input !== undefined
}

/** `urn:…:User` with an object, or `urn:…:User:department` and `urn:…:User:manager.value`, which Entra sends flat. */
function putByUrn(target: Target, key: string, input: unknown, isOutermost: boolean): void {
  const extension = findExtension(target.fields, key)
  if (extension !== undefined) return putExtension(target, extension, input)
  const meant = urnMeant(target.model, key)
  if (meant !== undefined) return putMeant(target, key, meant, input, isOutermost)
  const core = target.model.core
  if (isOutermost && isJsonObject(input) && target.model.schema(key) === core) return putAll(target, input, false)
  const colon = key.lastIndexOf(':')
  const schema = target.model.schema(key.slice(0, colon))
  const table = schema === core ? target.fields.core : schema && findExtension(target.fields, schema.id)?.fields
  putIn(target, table, key.slice(colon + 1), key, input)
}

function putMeant(target: Target, key: string, meant: UrnMeant, input: unknown, isOutermost: boolean): void {
  if (input === null) return
  const note: Departure = { step: 'parse', code: meant.code, path: shown(key), taken: shown(meant.text) }
  departFrom(target.notes, invalidSyntax, note)
  putByUrn(target, meant.text, input, isOutermost)
}

function putExtension(target: Target, extension: ExtensionFields, input: unknown): void {
  if (input === null || input === undefined || input === '' || (Array.isArray(input) && input.length === 0)) return
  const given = isJsonObject(input) ? input : readJsonText(input)
  if (!isJsonObject(given)) throw invalidValue(`"${extension.schema.id}" must be an object with its attributes.`)
  if (given !== input) tolerate(target.notes, 'json-text', extension.schema.id, input)
  for (const key of Object.keys(given)) {
    const field = findField(extension.fields, key)
    if (field === undefined) putIn(target, extension.fields, key, `${extension.schema.id}:${key}`, given[key])
    else put(target, field, given[key])
  }
}

/** A key that is no core attribute: `name.givenName`, or an extension's attribute without its URN. */
function putUnqualified(target: Target, key: string, input: unknown): void {
  const name = key.includes('.') ? key.slice(0, key.indexOf('.')) : key
  if (findField(target.fields.core, name) !== undefined) return putIn(target, target.fields.core, key, key, input)
  for (const schema of target.model.extensions) {
    const table = findExtension(target.fields, schema.id)?.fields
    if (table === undefined || findField(table, name) === undefined) continue
    if (input !== null) {
      if (target.notes.strict) ignoreUnknown(target.notes, key)
      const code = 'unqualified-extension-attribute'
      target.notes.add({ step: 'parse', code, path: shown(key), taken: `${schema.id}:${name}` })
    }
    return putIn(target, table, key, key, input)
  }
  putIn(target, undefined, key, key, input)
}

/** Puts a value where `name` or `name.sub` stands in a table; without such a place it is ignored with a note. */
function putIn(target: Target, table: FieldTable | undefined, name: string, key: string, input: unknown): void {
  const dot = name.indexOf('.')
  const field = table && findField(table, dot < 0 ? name : name.slice(0, dot))
  if (field !== undefined && dot < 0) {
    if (key !== name && input !== null) tolerateDottedKey(target.notes, key)
    return put(target, field, input)
  }
  const sub = field && findField(field.fields, name.slice(dot + 1))
  if (field === undefined || sub === undefined || field.attribute.multiValued) {
    if (input !== null) ignoreUnknown(target.notes, key)
    return undefined
  }
  const isReadOnly = field.attribute.mutability === 'readOnly' || sub.attribute.mutability === 'readOnly'
  if (isReadOnly) return ignoreReadOnly(target.notes, sub.path)
  if (input !== null) tolerateDottedKey(target.notes, key)
  const value = coerceSingle(sub, input, target.notes)
  if (value === undefined) return undefined
  assign(target, field, { [sub.attribute.name]: value })
}

/** The list itself is worked out from the data; what a client lists is only looked at (it need not be complete). */
function readSchemas(target: Target, input: unknown): void {
  if (!Array.isArray(input)) return
  const { model, notes } = target
  const urns: readonly unknown[] = input
  target.declared = urns
  for (const urn of urns) {
    if (typeof urn === 'string' && (urn === model.core.id || model.schema(urn) !== undefined)) continue
    // What the data under it were taken for is noted with them.
    if (typeof urn === 'string' && !notes.strict && urnMeant(model, urn)?.code === 'former-urn') continue
    const seen = glimpse(urn)
    if (notes.strict)
      throw refusedBecauseStrict(
        notes,
        invalidValue,
        `"schemas" names "${seen}", which is no schema of a ${model.name}.`,
      )
    notes.add({ step: 'parse', code: 'unknown-schema', path: 'schemas', expected: model.name, seen })
  }
}

/** A resource that does not say which schemas it follows is taken for one of its kind. Throws invalidSyntax when strict. */
function noteUndeclared({ model, notes }: Target): void {
  if (notes.strict)
    throw refusedBecauseStrict(
      notes,
      invalidSyntax,
      '"schemas" must list the URIs of the schemas that the resource follows (RFC 7643 §3).',
    )
  notes.add({ step: 'parse', code: 'message-schema-missing', path: 'schemas', expected: model.core.id })
}

/** Entra sends the data of custom extensions without listing their URN. */
function checkDeclared({ declared, notes }: Target, urns: Iterable<string>): void {
  if (declared === undefined) return
  for (const urn of urns) {
    const lower = urn.toLowerCase()
    const isDeclared = (each: string) =>
      each === lower || (urn === enterpriseUserSchemaUrn && formerEnterpriseUserUrns.has(each))
    if (declared.some((each) => each === urn || (typeof each === 'string' && isDeclared(each.toLowerCase())))) continue
    departFrom(notes, invalidSyntax, { step: 'parse', code: 'extension-not-declared', path: urn })
  }
}
