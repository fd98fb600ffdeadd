import { coerceElement, elementInText } from '../normalize/coerce-complex.ts'
import { coerceScalar } from '../normalize/coerce-scalar.ts'
import { unwrapText } from '../normalize/coerce-list.ts'
import { itemsOf } from '../normalize/coerce-scalars.ts'
import { coerce, coerceSingle } from '../normalize/coerce.ts'
import { departFrom } from '../normalize/departure.ts'
import { invalidSyntax, invalidValue } from '../error.ts'
import { findField, type Field } from '../model/field.ts'
import { isJsonObject, type JsonObject, type JsonValue } from '../json/json.ts'
import { readJsonText } from '../json/json-text.ts'
import { ignoreReadOnly, ignoreUnknown, tolerate } from '../normalize/lenience.ts'
import type { Notes } from '../note.ts'
import type { PatchOperation } from './operation.ts'

/** An operation whose value is still as the client sent it. */
export type Draft = Omit<PatchOperation, 'value'>

/** Adds an operation with its value coerced. Adds none when there is nothing to do: adding nothing, removing no elements. */
export function addOperations(operations: PatchOperation[], draft: Draft, input: unknown, notes: Notes): void {
  const { op, path } = draft
  const { field, filter, sub } = path
  if (op === 'remove') return addRemove(operations, draft, input, notes)
  if (sub !== undefined) return addSub(operations, draft, sub, input, notes)
  if (filter !== undefined) {
    const isComplex = field.attribute.type === 'complex'
    return push(operations, draft, isComplex ? coercePart(field, input, notes) : coerceSingle(field, input, notes))
  }
  const isPlain = field.attribute.multiValued || field.attribute.type !== 'complex'
  if (isPlain) return push(operations, draft, coerce(field, input, notes))
  if (field.value === undefined) addParts(operations, draft, input, notes)
  else addWhole(operations, draft, input, notes)
}

function push(operations: PatchOperation[], draft: Draft, value: JsonValue | undefined): void {
  if (value !== undefined || draft.op === 'replace') operations.push({ ...draft, value })
}

/** Entra's SingleAppRoleAssignment writes a whole element, as JSON text, where the `value` of one is meant. */
function addSub(operations: PatchOperation[], draft: Draft, sub: Field, input: unknown, notes: Notes): void {
  const { field, filter } = draft.path
  const { multiValued } = field.attribute
  const holdsOne = sub === field.value && (filter !== undefined || !multiValued)
  const element = holdsOne ? elementInText(field, input, notes) : undefined
  if (element === undefined) return push(operations, draft, coerceSub(sub, input, notes))
  tolerate(notes, 'json-text', sub.path, input, element['value'])
  const path = { ...draft.path, sub: undefined }
  push(operations, { ...draft, op: multiValued ? 'add' : draft.op, path }, element)
}

function coerceSub(sub: Field, input: unknown, notes: Notes): JsonValue | undefined {
  return sub.attribute.multiValued ? coerce(sub, input, notes) : coerceSingle(sub, input, notes)
}

/** An element, or a part of one, that is merged into those that the filter finds; a null clears a sub-attribute. */
function coercePart(field: Field, input: unknown, notes: Notes): JsonObject | undefined {
  const items: readonly unknown[] = Array.isArray(input) ? input : [input]
  if (items.length > 1) throw invalidValue(`"${field.path}" with a filter takes one value; got ${items.length}.`)
  const item = items[0]
  const element = coerceElement(field, item, notes)
  if (!isJsonObject(item)) return element
  const cleared: Record<string, JsonValue> = {}
  for (const key of Object.keys(item)) {
    const sub = item[key] === null || item[key] === '' ? findField(field.fields, key) : undefined
    if (sub !== undefined && sub.attribute.mutability !== 'readOnly') cleared[sub.attribute.name] = null
  }
  return { ...cleared, ...element }
}

/** With a list of values a remove takes away only those (Entra, JumpCloud, authentik); C# clients write null for no list. */
function addRemove(operations: PatchOperation[], draft: Draft, input: unknown, notes: Notes): void {
  const { field, filter, sub } = draft.path
  const isWhole = input === undefined || input === null || filter !== undefined || sub !== undefined
  if (isWhole || !field.attribute.multiValued) {
    operations.push({ ...draft, value: undefined })
    return
  }
  departFrom(notes, invalidSyntax, { step: 'parse', code: 'values-remove', path: field.path })
  const isComplex = field.attribute.type === 'complex'
  const values: JsonValue[] = []
  for (const item of itemsOf(field, unwrapText(field, input, notes), notes)) {
    const value = isComplex
      ? coerceElement(field, item, notes)
      : coerceScalar(field, isJsonObject(item) ? item['value'] : item, notes)
    if (value !== undefined) values.push(value)
  }
  if (values.length > 0) operations.push({ ...draft, value: values })
}

/** A complex attribute that its `value` identifies, such as manager, is replaced as one: nothing of the old one may stay. */
function addWhole(operations: PatchOperation[], draft: Draft, input: unknown, notes: Notes): void {
  const value = coerce(draft.path.field, input, notes)
  const saysNothing = isJsonObject(input) && !Object.values(input).some((each) => each === null || each === '')
  if (value !== undefined || !saysNothing) push(operations, draft, value)
}

/** Only the sub-attributes that are given change (RFC 7644 §3.5.2.3). */
function addParts(operations: PatchOperation[], draft: Draft, input: unknown, notes: Notes): void {
  const { field, text } = draft.path
  const items: readonly unknown[] = Array.isArray(input) ? input : [input]
  const item = items[0]
  if (item === undefined || item === null || item === '') return push(operations, draft, undefined)
  const object = isJsonObject(item) ? item : readJsonText(item)
  if (items.length > 1 || !isJsonObject(object)) {
    throw invalidValue(`"${field.path}" must be an object with its sub-attributes.`)
  }
  if (object !== input) tolerate(notes, object === item ? 'array-for-single' : 'json-text', field.path, input)
  for (const key of Object.keys(object)) {
    const sub = findField(field.fields, key)
    const given = object[key]
    if (sub === undefined) {
      if (given !== null) ignoreUnknown(notes, `${field.path}.${key}`)
    } else if (sub.attribute.mutability === 'readOnly') {
      ignoreReadOnly(notes, sub.path)
    } else {
      const path = { text, field, filter: undefined, sub }
      push(operations, { ...draft, path }, coerceSub(sub, given, notes))
    }
  }
}
