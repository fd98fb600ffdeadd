import { coerceScalar } from './coerce-scalar.ts'
import { scalarKey } from '../element-identity.ts'
import { tolerate } from './lenience.ts'
import type { Field } from '../model/field.ts'
import { isJsonObject, type JsonValue } from '../json/json.ts'
import type { Notes } from '../note.ts'

/** Coerces the values of a simple multi-valued attribute; undefined when there are none. Of equal values the first is kept. */
export function coerceScalars(field: Field, input: unknown, notes: Notes): readonly JsonValue[] | undefined {
  const values = new Map<string, string | number | boolean>()
  let given = 0
  for (const item of itemsOf(field, input, notes)) {
    const value = coerceScalar(field, unwrapped(field, item, notes), notes)
    if (value === undefined) continue
    given++
    const key = scalarKey(field, value)
    if (!values.has(key)) values.set(key, value)
  }
  if (values.size < given) noteDuplicates(field, given - values.size, notes)
  return values.size === 0 ? undefined : [...values.values()]
}

/** The elements of what was given for a multi-valued attribute, which may be one that stands outside an array. */
export function itemsOf(field: Field, input: unknown, notes: Notes): readonly unknown[] {
  if (Array.isArray(input)) return input
  if (input === null || input === undefined || input === '') return []
  tolerate(notes, 'single-for-array', field.path, input)
  return [input]
}

export function noteDuplicates(field: Field, count: number, notes: Notes): void {
  notes.add({ step: 'parse', code: 'duplicate-values', path: field.path, count })
}

function unwrapped(field: Field, item: unknown, notes: Notes): unknown {
  if (!isJsonObject(item) || !Object.hasOwn(item, 'value')) return item
  tolerate(notes, 'wrapped-scalar', field.path, item, item['value'])
  return item['value']
}
