import { invalidSyntax } from '../error.ts'
import { findField } from '../model/field.ts'
import { inAnyCase } from '../json/in-any-case.ts'
import { isJsonObject, type JsonObject } from '../json/json.ts'
import { tolerate } from '../normalize/lenience.ts'
import { expandPath, expandValue, type Expansion } from './expand.ts'
import { addMembersOperation } from './members-operation.ts'
import type { PatchOperation } from './operation.ts'

/** What is no attribute to be set, in lower case. */
const envelope: ReadonlySet<string> = new Set(['members', 'schemas', 'meta'])

/**
 * Reads a group's PATCH as SCIM 1.1 wrote it and as OneLogin's documentation still prints it:
 * `{"members":[{"value":"id","operation":"add"},{"value":"id","operation":"delete"}]}`.
 * What `meta.attributes` names is taken away first, `members` for one: those who come along are then all who are in it.
 * Returns false when the body is none of that form.
 */
export function parseScim1Members(expansion: Expansion, body: JsonObject): boolean {
  const { fields, notes, operations } = expansion
  const field = findField(fields.core, 'members')
  const members = inAnyCase(body, 'members')
  if (field === undefined || !field.isMembers || (!Array.isArray(members) && !isJsonObject(members))) return false
  const list: readonly unknown[] = Array.isArray(members) ? members : [members]
  if (notes.strict) throw invalidSyntax('The body of a PATCH must have "Operations"; this is the form of SCIM 1.1.')
  tolerate(notes, 'scim-1-members', 'members', list)
  removeNamed(expansion, inAnyCase(body, 'meta'))
  const rest = Object.entries(body).filter(([key]) => !envelope.has(key.toLowerCase()))
  if (rest.length > 0) expandValue(expansion, 'replace', Object.fromEntries(rest), 0)
  const path = { text: 'members', field, filter: undefined, sub: undefined }
  let index = 0
  for (const run of runsOf(list))
    addMembersOperation(operations, { op: run.op, path, index: index++ }, run.members, notes)
  return true
}

/** SCIM 1.1 §3.3.2: attributes to be removed, before what the body holds is added. */
function removeNamed(expansion: Expansion, meta: unknown): void {
  const named = isJsonObject(meta) ? inAnyCase(meta, 'attributes') : undefined
  if (!Array.isArray(named)) return
  for (const name of new Set<unknown>(named))
    if (typeof name === 'string') expandPath(expansion, 'remove', name, undefined, 0)
}

interface Run {
  readonly op: PatchOperation['op']
  readonly members: unknown[]
}

/** Neighbours with the same operation are one operation, so that the order counts as it does in a list of operations. */
function runsOf(members: readonly unknown[]): readonly Run[] {
  const runs: Run[] = []
  for (const member of members) {
    const op = opOf(member)
    const last = runs.at(-1)
    if (last?.op === op) last.members.push(member)
    else runs.push({ op, members: [member] })
  }
  return runs
}

function opOf(member: unknown): PatchOperation['op'] {
  const operation = isJsonObject(member) ? inAnyCase(member, 'operation') : undefined
  if (operation === undefined || operation === null) return 'add'
  const text = typeof operation === 'string' ? operation.toLowerCase() : ''
  if (text === 'add') return 'add'
  if (text === 'delete' || text === 'remove') return 'remove'
  throw invalidSyntax('The "operation" of a member must be "add" or "delete".')
}
