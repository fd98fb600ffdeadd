import { isList } from '../path/attribute-path.ts'
import type { Filter } from '../filter/filter.ts'
import { isJsonObject, type JsonValue } from '../json/json.ts'
import { memberIds } from './members-operation.ts'
import type { PatchOperation } from './operation.ts'

/** Members by their ids. */
export interface NamedMembers {
  readonly values: readonly string[]
  /** What the client says each of `values` is, in the same order; left out when it says so of none. */
  readonly types?: readonly (string | undefined)[]
}

/** What an operation does to the members of a group, as ids. */
export type MemberChange =
  | (NamedMembers & { readonly kind: 'add' | 'remove' | 'replace' })
  | { readonly kind: 'removeWhere'; readonly filter: Filter }
  | { readonly kind: 'removeAll' }

/** Whether an operation is about the members of a group, which the directory changes row by row. */
export function isMembersOperation(operation: PatchOperation): boolean {
  return operation.path.field.isMembers
}

/** Reads an operation for which `isMembersOperation` holds. The ids are distinct; `replace` with none empties the group. */
export function memberChange(operation: PatchOperation): MemberChange {
  const { op, path, value } = operation
  if (op === 'remove' && value === undefined) {
    if (path.filter === undefined) return { kind: 'removeAll' }
    const ids = memberIds(path.filter)
    return ids === undefined
      ? { kind: 'removeWhere', filter: path.filter }
      : { kind: 'remove', values: [...new Set(ids)] }
  }
  return { kind: op, ...namedMembers(value) }
}

/** Who the elements of `members` are, by their ids, and what they are said to be. */
export function namedMembers(members: JsonValue | undefined): NamedMembers {
  const values: string[] = []
  const types: (string | undefined)[] = []
  let hasTypes = false
  for (const member of isList(members) ? members : []) {
    const id = isJsonObject(member) ? member['value'] : undefined
    if (typeof id !== 'string' || !isJsonObject(member)) continue
    const type = typeof member['type'] === 'string' ? member['type'] : undefined
    values.push(id)
    types.push(type)
    if (type !== undefined) hasTypes = true
  }
  return hasTypes ? { values, types } : { values }
}
