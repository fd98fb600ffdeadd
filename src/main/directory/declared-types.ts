import { shown, type Notes } from '../../scim/note.ts'
import { kinds, type ResourceKind, type ResourceName } from '../store/resources/resource-kind.ts'

/** By the id of a member: what a client says that it is (`members.type`), and what it is. */
export type DeclaredWrongly = Map<string, { readonly declared: string; readonly actual: ResourceName }>

/** Keeps a member in mind that is called something else than it is; undefined says nothing of it. */
export function compareType(
  wrongly: DeclaredWrongly,
  member: { readonly id: string; readonly kind: ResourceKind },
  declared: string | undefined,
): void {
  if (declared === undefined) return
  const actual = member.kind === kinds.User ? 'User' : 'Group'
  if (declared.toLowerCase() !== actual.toLowerCase()) wrongly.set(member.id, { declared, actual })
}

/** Tells in the trace who was called something else than they are; the ids counted. The first is named, all are counted. */
export function noteDeclaredWrongly(notes: Notes, wrongly: DeclaredWrongly): void {
  for (const [id, { declared, actual }] of wrongly) {
    const path = `members[value eq "${id}"].type`
    const seen = shown(declared)
    notes.add({ step: 'rule', code: 'member-type-differs', path, seen, taken: actual, count: wrongly.size })
    return
  }
}
