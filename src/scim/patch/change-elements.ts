import { departFrom } from '../normalize/departure.ts'
import { isValueless } from '../normalize/coerce-list.ts'
import { mutability, noTarget } from '../error.ts'
import type { Field } from '../model/field.ts'
import { createMatcher } from '../filter/evaluate.ts'
import { isJsonObject, type JsonObject, type JsonValue } from '../json/json.ts'
import { shown, type Notes } from '../note.ts'
import type { Departure } from '../normalize/refused-departure.ts'
import { isPrimary } from '../primary-element.ts'
import { sameResource } from '../resource-equality.ts'
import { distinctElements, withOtherPrimariesFalse } from '../normalize/tidy-elements.ts'
import { refuseClearingNothing } from './clearing-nothing.ts'
import { omit } from './omit.ts'
import type { PatchOperation, PatchTarget } from './operation.ts'
import { seedOf } from './seed.ts'

/**
 * Applies an operation whose path has a value filter or a sub-attribute to the elements that it finds.
 * Where the filter finds none, `add` and `replace` make the element that it describes: RFC 7644 §3.5.2.3 would have
 * 400 noTarget, at which Entra fails the user in every cycle.
 */
export function changeElements(
  elements: readonly JsonObject[],
  operation: PatchOperation,
  notes: Notes,
): readonly JsonObject[] {
  const { path, value } = operation
  const isMeantBy = path.filter === undefined ? undefined : createMatcher(path.filter)
  const kept = replacesWhole(operation) ? seedNames(path) : undefined
  const result: JsonObject[] = []
  let found = 0
  let firstPrimary: number | undefined
  for (const element of elements) {
    const isMeant = isMeantBy === undefined || isMeantBy(element)
    const changed = isMeant ? changeElement(element, operation, kept) : element
    if (isMeant) found++
    if (changed === undefined) continue
    if (isMeant && setsPrimary(operation)) firstPrimary ??= result.length
    result.push(changed)
  }
  if (found === 0) {
    if (operation.op === 'remove' || value === undefined) {
      refuseClearingNothing(operation, notes)
      return elements
    }
    const created = createElement(path, value)
    if (created === undefined) return elements
    noteCreated(operation, notes)
    if (isPrimary(created)) firstPrimary = result.length
    result.push(created)
  }
  return distinctElements(firstPrimary === undefined ? result : withOtherPrimariesFalse(result, firstPrimary))
}

/** Only a replace departs from the RFC in this. Without a filter there was nothing to find: what does not exist is added. */
function noteCreated({ op, path }: PatchOperation, notes: Notes): void {
  if (path.filter === undefined) return
  const note: Departure = { step: 'change', code: 'seeded-from-filter', path: shown(path.text) }
  if (op === 'replace') departFrom(notes, noTarget, note)
  else notes.add(note)
}

function setsPrimary({ path: { sub }, value }: PatchOperation): boolean {
  if (sub !== undefined) return sub.attribute.name === 'primary' && value === true
  return value !== undefined && isPrimary(value)
}

function createElement({ text, field, filter, sub }: PatchTarget, value: JsonValue): JsonObject | undefined {
  const seed = filter === undefined ? {} : seedOf(field, filter)
  if (seed === undefined) throw noTarget(`"${shown(text)}" finds no value, and none can be made from its filter.`)
  if (sub !== undefined) return { ...seed, [sub.attribute.name]: value }
  const given = isJsonObject(value) ? merge(seed, value) : seed
  return isValueless(given) ? undefined : given
}

/** A replace of what a value filter finds replaces those values (RFC 7644 §3.5.2.3); an add adds to them. */
function replacesWhole({ op, path }: PatchOperation): boolean {
  return op === 'replace' && path.filter !== undefined && path.sub === undefined
}

/** The names that the filter equates. What it says of the old value holds for the new one: `emails[type eq "work"]` stays of that type. */
function seedNames({ field, filter }: PatchTarget): readonly string[] {
  return Object.keys((filter && seedOf(field, filter)) ?? {})
}

function pick(element: JsonObject, names: readonly string[]): JsonObject {
  const result: Record<string, JsonValue> = {}
  for (const name of names) {
    const value = element[name]
    if (value !== undefined) result[name] = value
  }
  return result
}

/**
 * A new value beside what is kept of the old one. What brings no value of its own, such as `{primary: true}`, is set on the old one, also
 * where the filter names the value: `emails[value eq "a@b.c"]`.
 */
function replaceElement(
  { field }: PatchTarget,
  element: JsonObject,
  value: JsonObject,
  kept: readonly string[],
): JsonObject {
  const brought = merge({}, value)
  const bringsValue = field.value === undefined ? !isValueless(brought) : Object.hasOwn(brought, 'value')
  return bringsValue ? merge(pick(element, kept), value) : merge(element, value)
}

/** The element after the operation, of which a whole replace keeps the `kept` names; undefined when nothing of it is left. */
function changeElement(
  element: JsonObject,
  { op, path, value }: PatchOperation,
  kept: readonly string[] | undefined,
): JsonObject | undefined {
  const { field, sub } = path
  if (sub === undefined) {
    if (op === 'remove' || value === undefined) return undefined
    if (!isJsonObject(value)) return element
    checkImmutable(field, element, value)
    const changed = kept === undefined ? merge(element, value) : replaceElement(path, element, value, kept)
    return remainder(changed, value['value'] === null)
  }
  const { name } = sub.attribute
  if (sub.attribute.mutability === 'immutable' && Object.hasOwn(element, name) && !sameResource(element[name], value)) {
    throw mutability(`"${sub.path}" cannot be changed once it is set.`)
  }
  if (op !== 'remove' && value !== undefined) return { ...element, [name]: value }
  return Object.hasOwn(element, name) ? remainder(omit(element, name), name === 'value') : element
}

function checkImmutable(field: Field, element: JsonObject, value: JsonObject): void {
  for (const name of Object.keys(value)) {
    const isFixed = field.fields.get(name)?.attribute.mutability === 'immutable' && Object.hasOwn(element, name)
    if (isFixed && !sameResource(element[name], value[name])) {
      throw mutability(`"${field.path}.${name}" cannot be changed once it is set.`)
    }
  }
}

/** Sets what `value` names; a null clears. */
function merge(element: JsonObject, value: JsonObject): JsonObject {
  let result: JsonObject = { ...element, ...value }
  for (const name of Object.keys(value)) if (value[name] === null) result = omit(result, name)
  return result
}

/** An element from which something was cleared is dropped when only what described its value is left. */
function remainder(element: JsonObject, isValueCleared: boolean): JsonObject | undefined {
  for (const name of Object.keys(element)) {
    if (name !== 'type' && name !== 'primary' && !(isValueCleared && name === 'display')) return element
  }
  return undefined
}
