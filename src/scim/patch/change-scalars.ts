import { isList } from '../path/attribute-path.ts'
import { departFrom } from '../normalize/departure.ts'
import { scalarKey } from '../element-identity.ts'
import { noTarget } from '../error.ts'
import type { Field } from '../model/field.ts'
import { createMatcher } from '../filter/evaluate.ts'
import type { JsonValue } from '../json/json.ts'
import { shown, type Notes } from '../note.ts'
import type { PatchOperation } from './operation.ts'
import { refuseClearingNothing } from './clearing-nothing.ts'
import { comparisonsIn, type WorkBudget } from './work-budget.ts'

/** Applies an operation to the values of a simple multi-valued attribute (RFC 7644 §3.5.2.1 to §3.5.2.3). */
export function changeScalars(
  values: readonly JsonValue[],
  operation: PatchOperation,
  notes: Notes,
  budget: WorkBudget,
): readonly JsonValue[] {
  const { op, value, path } = operation
  if (path.filter !== undefined) {
    budget.spend(values.length * comparisonsIn(path.filter))
    return changeThoseMeant(values, operation, notes)
  }
  const given = isList(value) ? value : []
  budget.spend(values.length + given.length)
  if (op === 'replace') return given
  if (op === 'add') return [...values, ...without(path.field, given, values)]
  return value === undefined ? [] : without(path.field, values, given)
}

/** `tags[value eq "a"]`: a filter that finds none lets `add` and `replace` make the value, as one on a complex attribute does. */
function changeThoseMeant(values: readonly JsonValue[], operation: PatchOperation, notes: Notes): readonly JsonValue[] {
  const { op, value, path } = operation
  if (path.filter === undefined) return values
  const matches = createMatcher(path.filter)
  const isMeant = (each: JsonValue) => matches({ value: each })
  if (op === 'remove' || value === undefined) {
    const kept = values.filter((each) => !isMeant(each))
    if (kept.length === values.length) refuseClearingNothing(operation, notes)
    return kept
  }
  if (op === 'replace' && values.some(isMeant)) {
    const replaced = new Map<string, JsonValue>()
    for (const each of values) {
      const kept = isMeant(each) ? value : each
      const key = scalarKey(path.field, kept)
      if (!replaced.has(key)) replaced.set(key, kept)
    }
    return [...replaced.values()]
  }
  if (op === 'replace')
    departFrom(notes, noTarget, { step: 'change', code: 'seeded-from-filter', path: shown(path.text) })
  return [...values, ...without(path.field, [value], values)]
}

function without(field: Field, values: readonly JsonValue[], others: readonly JsonValue[]): readonly JsonValue[] {
  const keys = new Set(others.map((each) => scalarKey(field, each)))
  return values.filter((each) => !keys.has(scalarKey(field, each)))
}
