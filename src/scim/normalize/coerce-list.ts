import { coerceElement } from './coerce-complex.ts'
import { coerceScalars, itemsOf } from './coerce-scalars.ts'
import { coerceMembers } from './coerce-members.ts'
import { tolerate } from './lenience.ts'
import type { Field } from '../model/field.ts'
import type { JsonObject, JsonValue } from '../json/json.ts'
import { readJsonText } from '../json/json-text.ts'
import type { Notes } from '../note.ts'
import { tidyElements } from './tidy-elements.ts'

/** Coerces what was given for a multi-valued attribute; undefined when no element remains. */
export function coerceList(field: Field, input: unknown, notes: Notes): readonly JsonValue[] | undefined {
  const list = unwrapText(field, input, notes)
  if (field.isMembers) return coerceMembers(field, list, notes)
  if (field.attribute.type !== 'complex') return coerceScalars(field, list, notes)
  const elements: JsonObject[] = []
  for (const item of itemsOf(field, list, notes)) {
    const element = coerceElement(field, item, notes)
    if (element === undefined) continue
    if (isValueless(element)) {
      notes.add({ step: 'parse', code: 'valueless-element', path: field.path })
    } else {
      elements.push(element)
    }
  }
  return elements.length === 0 ? undefined : tidyElements(field, elements, notes)
}

/** Whether an element says what kind of value it holds, and holds none. */
export function isValueless(element: JsonObject): boolean {
  for (const key of Object.keys(element)) if (key !== 'type' && key !== 'primary') return false
  return true
}

/** The list that was given as JSON text; anything else as it is. */
export function unwrapText(field: Field, input: unknown, notes: Notes): unknown {
  if (typeof input !== 'string') return input
  const parsed = readJsonText(input)
  if (!Array.isArray(parsed)) return input
  tolerate(notes, 'json-text', field.path, input)
  return parsed
}
