import { fold } from '../../scim/fold.ts'
import type { JsonObject } from '../../scim/json.ts'
import { Refusal, type FieldProblem } from '../administration/refusal.ts'
import { resourceProblems } from '../administration/resource-problems.ts'
import type { Engine } from '../engine.ts'
import { modelsOf } from './models.ts'

interface Edit {
  readonly directoryId: number
  readonly resource: JsonObject
  /** Of the record that is edited; undefined for a new one. */
  readonly id: string | undefined
}

function takenUserName(engine: Engine, { directoryId, resource, id }: Edit): readonly FieldProblem[] {
  const userName = resource['userName']
  if (typeof userName !== 'string') return []
  const other = engine.reads.users.byUserNameKey(directoryId, fold(userName))
  return !other || other.id === id
    ? []
    : [{ path: 'userName', problem: `"${other.user_name}" is taken already. Choose another one, or edit that person.` }]
}

function takenDisplayName(engine: Engine, { directoryId, resource, id }: Edit): readonly FieldProblem[] {
  const displayName = resource['displayName']
  if (typeof displayName !== 'string') return []
  const other = engine.reads.groups.byDisplayNameKey(directoryId, fold(displayName))
  return !other || other.id === id
    ? []
    : [{ path: 'displayName', problem: `There is a group "${other.display_name}" already. Choose another name.` }]
}

function refuse(fields: readonly FieldProblem[]): void {
  const [first] = fields
  if (!first) return
  const message = fields.length === 1 ? first.problem : `${fields.length} fields have to be mended first.`
  throw new Refusal(message, 'other', fields)
}

/** Throws `Refusal` with every field of a user in which something is wrong. */
export function requireGoodUser(engine: Engine, edit: Edit): void {
  const problems = resourceProblems(modelsOf(engine, edit.directoryId).user, edit.resource)
  refuse([...problems, ...takenUserName(engine, edit)])
}

/** Throws `Refusal` with every field of a group in which something is wrong. */
export function requireGoodGroup(engine: Engine, edit: Edit): void {
  const problems = resourceProblems(modelsOf(engine, edit.directoryId).group, edit.resource)
  refuse([...problems, ...takenDisplayName(engine, edit)])
}
