import { departFrom } from '../normalize/departure.ts'
import { invalidValue } from '../error.ts'
import { findField, type Field, type FieldTable } from '../model/field.ts'
import { isJsonObject } from '../json/json.ts'
import { shown, type Notes } from '../note.ts'

/** The members that the value of an operation without a path is made of. */
export interface BareMembers {
  readonly field: Field
  readonly list: readonly unknown[]
}

/**
 * Reads `[{"value":"id"}]`, or one such object, as members of the group; undefined for anything else. No group has an attribute "value", so
 * that nothing else can be meant.
 */
export function bareMembersOf(core: FieldTable, value: unknown): BareMembers | undefined {
  const list: readonly unknown[] = Array.isArray(value) ? value : [value]
  if (list.length === 0) return undefined
  const field = findField(core, 'members')
  return field?.isMembers === true && list.every((each) => isMember(field, each)) ? { field, list } : undefined
}

function isMember({ fields }: Field, item: unknown): boolean {
  if (!isJsonObject(item)) return false
  let isNamed = false
  for (const key of Object.keys(item)) {
    const field = findField(fields, key)
    if (field === undefined) return false
    isNamed ||= field.attribute.name === 'value'
  }
  return isNamed
}

/** Accepts members that are added without a path. To replace by them, nobody may guess at: it might take everybody else out. */
export function acceptBareMembers(op: 'add' | 'replace', { field }: BareMembers, index: number, notes: Notes): void {
  if (op === 'replace')
    throw invalidValue(`Operation ${index + 1} (replace) has members for its "value"; it needs "path": "members".`)
  departFrom(notes, invalidValue, { step: 'parse', code: 'members-without-path', path: shown(field.path) })
}
