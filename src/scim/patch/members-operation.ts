import { coerce } from '../normalize/coerce.ts'
import { departFrom } from '../normalize/departure.ts'
import { invalidSyntax, mutability, noTarget } from '../error.ts'
import type { Field } from '../model/field.ts'
import type { Filter } from '../filter/filter.ts'
import { isJsonObject, type JsonObject, type JsonValue } from '../json/json.ts'
import { ignoreReadOnly } from '../normalize/lenience.ts'
import { shown, type Notes } from '../note.ts'
import { unreachable } from '../unreachable.ts'
import type { PatchOperation } from './operation.ts'
import type { Draft } from './operation-value.ts'

/** Adds an operation on the members of a group. Its value is a list of `{value, type?}`; only a remove keeps a filter. */
export function addMembersOperation(operations: PatchOperation[], draft: Draft, input: unknown, notes: Notes): void {
  const { field, filter, sub } = draft.path
  if (sub !== undefined && sub.attribute.name !== 'value') return addDerived(operations, draft, sub, input, notes)
  const isCleared = draft.op === 'replace' && filter !== undefined && isNothing(input)
  if (draft.op === 'remove' || isCleared) return addRemove(operations, { ...draft, op: 'remove' }, input, notes)
  const path = { ...draft.path, filter: undefined, sub: undefined }
  if (filter === undefined) {
    const value = coerce(field, input, notes)
    if (value !== undefined || draft.op === 'replace') operations.push({ ...draft, path, value })
    return
  }
  const value = membersDescribed(draft, filter, input, notes) ?? membersNamed(draft, filter, input)
  operations.push({ ...draft, op: 'add', path, value })
}

/**
 * Who is to be a member by `members[type eq "User"].value`, into which Microsoft's validator makes what the schema says of members. The type follows
 * from the id, so that the id alone counts. Undefined for any other path.
 */
function membersDescribed(draft: Draft, filter: Filter, input: unknown, notes: Notes): JsonValue | undefined {
  const { text, field, sub } = draft.path
  const isByType = filter.kind === 'compare' && filter.operator === 'eq' && filter.path.attribute?.name === 'type'
  if (sub?.attribute.name !== 'value' || !isByType) return undefined
  const items: readonly unknown[] = Array.isArray(input) ? input : [input]
  const value = coerce(
    field,
    items.map((each) => (typeof each === 'string' && each !== '' ? { value: each } : each)),
    notes,
  )
  if (value !== undefined) departFrom(notes, noTarget, { step: 'parse', code: 'member-by-type', path: shown(text) })
  return value
}

/** What a replace clears by (RFC 7643 §2.5): null, an empty list, and the empty text of IdPs. */
function isNothing(input: unknown): boolean {
  return input === null || input === '' || (Array.isArray(input) && input.length === 0)
}

/** The type and the names of a member follow from its id. Who is named by that, to be given one, is a member from then on. */
function addDerived(operations: PatchOperation[], draft: Draft, sub: Field, input: unknown, notes: Notes): void {
  if (notes.strict) throw mutability(`"${sub.path}" follows from the id of the member; the server sets it.`)
  ignoreReadOnly(notes, sub.path)
  const { filter } = draft.path
  const isGiven = draft.op !== 'remove' && input !== null && input !== ''
  const ids = isGiven && filter !== undefined ? idsMeant(filter) : undefined
  if (ids === undefined) return
  const path = { ...draft.path, filter: undefined, sub: undefined }
  operations.push({ ...draft, op: 'add', path, value: ids.map((value) => ({ value })) })
}

function addRemove(operations: PatchOperation[], draft: Draft, input: unknown, notes: Notes): void {
  const { field, filter, sub } = draft.path
  if (filter !== undefined) {
    operations.push({ ...draft, path: { ...draft.path, sub: undefined }, value: undefined })
    return
  }
  if (input === undefined || input === null) {
    if (sub !== undefined) throw mutability(`"${sub.path}" cannot be removed from its members; remove the members.`)
    operations.push({ ...draft, value: undefined })
    return
  }
  const value = coerce(field, input, notes)
  departFrom(notes, invalidSyntax, { step: 'parse', code: 'members-value-remove', path: field.path })
  if (value !== undefined) operations.push({ ...draft, path: { ...draft.path, sub: undefined }, value })
}

/** Setting something through `members[value eq "id"]` says that this is a member; the id itself cannot be changed. */
function membersNamed(draft: Draft, filter: Filter, input: unknown): readonly JsonObject[] {
  const { text, sub } = draft.path
  const ids = idsMeant(filter)
  if (ids === undefined) throw noTarget(`"${shown(text)}" names no member; use members[value eq "id"].`)
  const named = new Set(ids.map((id) => id.toLowerCase()))
  if (idsIn(input).some((id) => !named.has(id.toLowerCase()))) {
    throw mutability(
      `"${sub?.path ?? 'members.value'}" of a member cannot be changed; remove the member and add another.`,
    )
  }
  return ids.map((value) => ({ value }))
}

/** The ids that a value names: the id itself, an object with it, or several of them. */
function idsIn(input: unknown): readonly string[] {
  if (typeof input === 'string') return input === '' ? [] : [input]
  if (Array.isArray(input)) return input.flatMap(idsIn)
  return isJsonObject(input) ? idsIn(input['value']) : []
}

/** What a condition beside the id of a member may be about: it follows from the id, and so says nothing more. */
const derived: ReadonlySet<string> = new Set(['type', 'display', '$ref'])

function isAboutDerived(filter: Filter): boolean {
  return filter.kind === 'compare' && filter.operator === 'eq' && derived.has(filter.path.attribute?.name ?? '')
}

/** A filter without what says nothing more: of `value eq "a" and type eq "User"` the first. */
function withoutDerived(filter: Filter): Filter {
  if (filter.kind === 'or') return { ...filter, operands: filter.operands.map(withoutDerived) }
  if (filter.kind !== 'and') return filter
  const [named, ...others] = filter.operands.filter((each) => !isAboutDerived(each))
  return named === undefined || others.length > 0 ? filter : withoutDerived(named)
}

/** The ids of whom a filter means, also those who are no members yet; undefined for a filter that names nobody. */
function idsMeant(filter: Filter): readonly string[] | undefined {
  return memberIds(withoutDerived(filter))
}

/** The ids that a filter names one by one: `value eq "a"`, `value eq "a" or value eq "b"`; undefined for any other filter. */
export function memberIds(filter: Filter): readonly string[] | undefined {
  if (filter.kind === 'compare') {
    const { operator, path, value } = filter
    return operator === 'eq' && path.attribute?.name === 'value' && typeof value === 'string' ? [value] : undefined
  }
  if (filter.kind !== 'or') return undefined
  const ids: string[] = []
  for (const operand of filter.operands) {
    const id = operand.kind === 'compare' ? memberIds(operand)?.[0] : undefined
    if (id === undefined) return undefined
    ids.push(id)
  }
  return ids
}

/** The ids of all whom a filter can be true for, as `value eq "a" and type eq "User"` for "a" alone; undefined where it may be anybody. */
export function idsDemanded(filter: Filter): readonly string[] | undefined {
  switch (filter.kind) {
    case 'and':
      return filter.operands.map(idsDemanded).find((ids) => ids !== undefined)
    case 'or': {
      const ids = filter.operands.map(idsDemanded)
      return ids.every((each) => each !== undefined) ? [...new Set(ids.flat())] : undefined
    }
    case 'compare':
      return memberIds(filter)
    case 'not':
    case 'present':
    case 'valuePath':
      return undefined
    default:
      return unreachable(filter)
  }
}
