import type { JsonObject, JsonValue } from '../../../../contract/resource.ts'
import type { Schema, SchemaAttribute } from '../../../../contract/schemas.ts'

/** A resource while it is edited: what a person has typed, as text, until the engine takes it. */
export type Draft = JsonObject

/** Where a value stands in a draft: `['emails', 1, 'value']`. */
export type DraftPath = readonly (string | number)[]

function isList(value: JsonValue | undefined): value is readonly JsonValue[] {
  return Array.isArray(value)
}

function isObject(value: JsonValue | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

export function valueAt(draft: JsonValue | undefined, path: DraftPath): JsonValue | undefined {
  const [step, ...rest] = path
  if (step === undefined) return draft
  if (typeof step === 'number') return isList(draft) ? valueAt(draft[step], rest) : undefined
  return isObject(draft) ? valueAt(draft[step], rest) : undefined
}

function changedAt(value: JsonValue | undefined, path: DraftPath, next: JsonValue | undefined): JsonValue | undefined {
  const [step, ...rest] = path
  if (step === undefined) return next
  if (typeof step === 'string') {
    const before = isObject(value) ? value : {}
    return { ...before, [step]: changedAt(before[step], rest, next) }
  }
  const list = isList(value) ? value : []
  const inner = changedAt(list[step], rest, next)
  if (inner === undefined) return list.toSpliced(step, 1)
  return step < list.length ? list.with(step, inner) : [...list, inner]
}

/** The draft with another value at a place; undefined takes it out. */
export function withValueAt(draft: Draft, path: DraftPath, next: JsonValue | undefined): Draft {
  const changed = changedAt(draft, path, next)
  return isObject(changed) ? changed : draft
}

/** How the engine names a place: `emails[1].value`, `urn:…:User:department`. */
export function pathText(path: DraftPath, extensions: readonly string[]): string {
  const [first, ...rest] = path
  let text = String(first ?? '')
  let mark = extensions.includes(text) ? ':' : '.'
  for (const step of rest) {
    text += typeof step === 'number' ? `[${step}]` : `${mark}${step}`
    mark = '.'
  }
  return text
}

function pickAttribute(attribute: SchemaAttribute, value: JsonValue | undefined): JsonValue | undefined {
  if (value === undefined || attribute.subAttributes.length === 0) return value
  const kept = new Set(attribute.subAttributes.filter((each) => each.isWritable).map((each) => each.name))
  const pick = (element: JsonValue): JsonValue =>
    isObject(element) ? Object.fromEntries(Object.entries(element).filter(([name]) => kept.has(name))) : element
  return isList(value) ? value.map(pick) : pick(value)
}

/** What can be edited of a resource. */
export function draftOf(schemas: readonly Schema[], resource: JsonObject): Draft {
  const draft: Record<string, JsonValue | undefined> = {}
  for (const schema of schemas) {
    const holder = schema.kind === 'core' ? resource : resource[schema.urn]
    if (!isObject(holder)) continue
    const values = schema.attributes
      .filter((each) => each.isWritable && holder[each.name] !== undefined)
      .map((each) => [each.name, pickAttribute(each, holder[each.name])] as const)
    if (schema.kind === 'core') Object.assign(draft, Object.fromEntries(values))
    else if (values.length > 0) draft[schema.urn] = Object.fromEntries(values)
  }
  return draft
}

function trimmed(value: JsonValue, known: ReadonlySet<string>): JsonValue {
  if (typeof value === 'string') return known.has(value) ? value : value.trim()
  if (isList(value)) return value.map((each) => trimmed(each, known))
  if (!isObject(value)) return value
  return Object.fromEntries(
    Object.entries(value).flatMap(([name, each]) => (each === undefined ? [] : [[name, trimmed(each, known)]])),
  )
}

function textsOf(value: JsonValue | undefined): readonly string[] {
  if (typeof value === 'string') return [value]
  if (isList(value)) return value.flatMap(textsOf)
  return isObject(value) ? Object.values(value).flatMap(textsOf) : []
}

/** What was typed or pasted without the blanks around it, which nobody sees and no identity provider matches; what stood there before stays. */
export function withoutBlanksAround(draft: Draft, before: Draft): Draft {
  const known = new Set(Object.values(before).flatMap(textsOf))
  return Object.fromEntries(
    Object.entries(draft).map(([name, each]) => [name, each === undefined ? each : trimmed(each, known)]),
  )
}

/** Without what was left empty. Undefined when nothing is left. */
function tidy(value: JsonValue | undefined): JsonValue | undefined {
  if (value === undefined || value === null || value === '') return undefined
  if (isList(value)) {
    const list = value.flatMap((each) => tidy(each) ?? [])
    return list.length === 0 ? undefined : list
  }
  if (!isObject(value)) return value
  const entries = Object.entries(value).flatMap(([name, each]) => {
    const kept = tidy(each)
    return kept === undefined ? [] : [[name, kept] as const]
  })
  return entries.length === 0 ? undefined : Object.fromEntries(entries)
}

/** An element that says only what kind it is, or that it is the primary one, holds nothing. */
function isValueless(value: JsonValue): boolean {
  return isObject(value) && Object.keys(value).every((name) => name === 'type' || name === 'primary')
}

/** What is sent to the engine. Places keep their numbers, so that a problem is found again: an empty element is sent as an empty object. */
export function resourceOf(draft: Draft): JsonObject {
  const result: Record<string, JsonValue | undefined> = {}
  for (const [name, value] of Object.entries(draft)) {
    if (isList(value))
      result[name] = value.map((each) => {
        const kept = tidy(each)
        return kept === undefined || isValueless(kept) ? {} : kept
      })
    else result[name] = tidy(value)
  }
  return result
}
