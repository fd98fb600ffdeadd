import { isList, ownValue } from '../../../scim/path/attribute-path.ts'
import { fold } from '../../../scim/text/fold.ts'
import type { JsonObject } from '../../../scim/json/json.ts'
import { Refusal, type FieldProblem } from '../../administration/refusal.ts'
import { resourceProblems } from '../../administration/records/resource-problems.ts'
import { userDocument } from '../../directory/user-document.ts'
import type { Engine } from '../../engine.ts'
import { modelsOf } from '../rosters/models.ts'

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

function emailValues(resource: JsonObject): readonly (readonly [n: number, value: string])[] {
  const emails = resource['emails']
  if (!isList(emails)) return []
  return emails.flatMap((each, n) => {
    const value = ownValue(each, 'value')
    return typeof value === 'string' ? [[n, value] as const] : []
  })
}

/** An address inside a network may have a domain of one label. */
const emailShape = /^[^\s@]+@[^\s@]+$/u

/** RFC 7643 §4.1.2 says that values should be addresses, so of an IdP or a file anything is taken; a person who types one can be told. What was there before stays. */
function wrongEmails(engine: Engine, { resource, id, directoryId }: Edit): readonly FieldProblem[] {
  const row = id === undefined ? undefined : engine.reads.users.any(directoryId, id)
  const stored = row && userDocument(row)
  const before = new Set(stored && emailValues(stored).map(([, value]) => value))
  return emailValues(resource)
    .filter(([, value]) => value !== '' && !before.has(value) && !emailShape.test(value.trim()))
    .map(([n, value]) => ({
      path: `emails[${n}].value`,
      problem: `"${value.slice(0, 100)}" is no e-mail address such as ana@example.com.`,
    }))
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
  refuse([...problems, ...wrongEmails(engine, edit), ...takenUserName(engine, edit)])
}

/** Throws `Refusal` with every field of a group in which something is wrong. */
export function requireGoodGroup(engine: Engine, edit: Edit): void {
  const problems = resourceProblems(modelsOf(engine, edit.directoryId).group, edit.resource)
  refuse([...problems, ...takenDisplayName(engine, edit)])
}
