import { tolerate } from './lenience.ts'
import { noteDuplicates } from './coerce-scalars.ts'
import type { Field } from '../model/field.ts'
import type { JsonObject } from '../json/json.ts'
import type { Notes } from '../note.ts'
import { identityOf, valueKey, wholeKey } from '../element-identity.ts'
import { sameResource } from '../resource-equality.ts'

/** Up to here comparing each with each is faster than building keys. */
const few = 12

/**
 * The elements of a multi-valued attribute, of which none has the value and the type of another, and one at most is primary (RFC 7643 §2.4):
 * the first one stays, completed by what the others say besides. Returns the same array when there is nothing to tidy.
 */
export function tidyElements(field: Field, elements: readonly JsonObject[], notes: Notes): readonly JsonObject[] {
  if (elements.length < 2) return elements
  const distinct = oneOfEachValue(field, distinctElements(elements))
  if (distinct.length < elements.length) noteDuplicates(field, elements.length - distinct.length, notes)
  return withOnePrimary(field, distinct, notes)
}

/** The elements without repetitions; the same array when there are none. */
export function distinctElements(elements: readonly JsonObject[]): readonly JsonObject[] {
  return elements.length <= few ? distinctOfFew(elements) : distinctOfMany(elements)
}

/** An element that has no value, such as an address, is compared as a whole alone. */
function oneOfEachValue(field: Field, elements: readonly JsonObject[]): readonly JsonObject[] {
  const places = new Map<string, number>()
  let kept: JsonObject[] | undefined
  for (const [index, element] of elements.entries()) {
    const identity = valueKey(field, element) === undefined ? undefined : identityOf(field, element)
    const place = identity === undefined ? undefined : places.get(identity)
    if (place !== undefined) {
      kept ??= elements.slice(0, index)
      kept[place] = completed(kept[place], element)
      continue
    }
    if (identity !== undefined) places.set(identity, kept?.length ?? index)
    kept?.push(element)
  }
  return kept ?? elements
}

/** What `first` says counts, but that either of them is the preferred value. */
function completed(first: JsonObject | undefined, other: JsonObject): JsonObject {
  const both = { ...other, ...first }
  return other['primary'] === true ? { ...both, primary: true } : both
}

function withOnePrimary(field: Field, elements: readonly JsonObject[], notes: Notes): readonly JsonObject[] {
  let primaries = 0
  for (const each of elements) if (each['primary'] === true) primaries++
  if (primaries < 2) return elements
  tolerate(notes, 'several-primary', field.path, `${primaries} primary values`, 'the first')
  const first = elements.findIndex((each) => each['primary'] === true)
  return withOtherPrimariesFalse(elements, first)
}

/** Sets `primary` to false on every element that has it, save the one at `index`. */
export function withOtherPrimariesFalse(elements: readonly JsonObject[], index: number): readonly JsonObject[] {
  return elements.map((each, at) => (at !== index && each['primary'] === true ? { ...each, primary: false } : each))
}

function distinctOfFew(elements: readonly JsonObject[]): readonly JsonObject[] {
  for (let index = 1; index < elements.length; index++) {
    for (let before = 0; before < index; before++) {
      if (sameResource(elements[before], elements[index])) {
        return elements.filter((each, at) => !elements.slice(0, at).some((earlier) => sameResource(earlier, each)))
      }
    }
  }
  return elements
}

function distinctOfMany(elements: readonly JsonObject[]): readonly JsonObject[] {
  const byKey = new Map<string, JsonObject>()
  for (const each of elements) {
    const key = wholeKey(each)
    if (!byKey.has(key)) byKey.set(key, each)
  }
  return byKey.size === elements.length ? elements : [...byKey.values()]
}
