import type { Resource } from '../../../scim/json/json.ts'
import { normalizeResource } from '../../../scim/normalize/normalize.ts'
import { applyPatch } from '../../../scim/patch/apply-patch.ts'
import type { PatchOperation } from '../../../scim/patch/operation.ts'
import { parsePatch } from '../../../scim/patch/parse-patch.ts'
import { kinds } from '../../store/resources/resource-kind.ts'
import type { UserRow } from '../../store/resources/users.ts'
import { userAnswer } from '../read/answer-resource.ts'
import type { Answer } from '../read/answer.ts'
import { settlePatched, settleReplaced } from '../drift.ts'
import { isNamedIn } from './named-in-body.ts'
import { noteManager } from './note-manager.ts'
import { missing, requireAllowed, requirePreconditions } from './preconditions.ts'
import { recordChange } from './record-change.ts'
import type { Viewpoint } from '../read/represent.ts'
import type { ScimWrite } from './scim-write.ts'
import { insertUser, outgoingResource, refuseTakenUserName, updateUser, userResource } from './user-record.ts'
import type { WriteScope } from './write-scope.ts'

function viewOf(scope: WriteScope): Viewpoint {
  return { integrationId: scope.integrationId ?? 0, base: scope.base, seesGroups: scope.policy.groups }
}

/**
 * RFC 7644 §3.3. Who is here already is answered with 409 also where nobody may be created: clients such as authentik begin with a POST and
 * match only after that.
 */
export function createUser(scope: WriteScope, write: ScimWrite): Answer {
  const resource = normalizeResource(scope.models.user, write.body, { notes: scope.notes, purpose: 'create' })
  if (!scope.policy.create) refuseTakenUserName(scope, resource)
  requireAllowed(scope, 'User', 'create')
  noteManager(scope, resource)
  const row = insertUser(scope, resource, { source: 'scim', role: 'user' })
  return userAnswer(scope.store, row, 201, write.projection, viewOf(scope))
}

function findUser(scope: WriteScope, write: ScimWrite): UserRow {
  const id = write.id ?? ''
  const row = scope.store.users.any(scope.directoryId, id)
  if (!row || row.archived_at !== null || row.hidden === 1) return missing(scope.notes, 'User', id, row)
  requirePreconditions(scope, write, row)
  return row
}

/** What a PUT leaves out and must not lose: whether the user is active, and the client's own id for it, which null clears. */
function keepUnsaid(before: Resource, sent: Resource, saysExternalId: boolean): Resource {
  return {
    ...sent,
    ...(sent['active'] === undefined ? { active: before['active'] } : {}),
    ...(before['externalId'] === undefined || saysExternalId ? {} : { externalId: before['externalId'] }),
  }
}

/** RFC 7644 §3.5.1. */
export function replaceUser(scope: WriteScope, write: ScimWrite): Answer {
  const before = findUser(scope, write)
  requireAllowed(scope, 'User', 'update')
  const sent = normalizeResource(scope.models.user, write.body, { notes: scope.notes, purpose: 'replace' })
  const stored = outgoingResource(scope, before)
  const resource = keepUnsaid(stored, sent, isNamedIn(write.body, scope.models.user.core, 'externalId'))
  noteManager(scope, resource)
  const after = updateUser(scope, before, resource, 'replace', stored)
  settleReplaced(scope, kinds.User, before.seq, (name) => name === 'active' && sent['active'] === undefined)
  return answerUpdate(scope, before, after, write, 200)
}

/**
 * Nobody is neither active nor not: what was to be cleared stays, so that a client cannot let a deactivated user in by clearing it.
 * An earlier operation of the same request may have set it.
 */
function keepActive(
  scope: WriteScope,
  stored: Resource,
  patched: Resource,
  operations: readonly PatchOperation[],
): Resource {
  const set = operations.findLast(({ path, value }) => path.field.path === 'active' && typeof value === 'boolean')
  const active = (set?.value ?? stored['active']) !== false
  scope.notes.add({ step: 'rule', code: 'active-kept', path: 'active', taken: String(active) })
  return { ...patched, active }
}

/** RFC 7644 §3.5.2. */
export function patchUser(scope: WriteScope, write: ScimWrite): Answer {
  const before = findUser(scope, write)
  requireAllowed(scope, 'User', 'update')
  const operations = parsePatch(scope.models.user, write.body, scope.notes)
  const stored = userResource(before, scope.integrationId)
  const patched = applyPatch(scope.models.user, stored, operations, scope.notes)
  const resource = patched['active'] === undefined ? keepActive(scope, stored, patched, operations) : patched
  const status = write.wantsBody ? 200 : scope.policy.userPatchStatus
  noteManager(scope, resource, stored)
  const after = updateUser(scope, before, resource, 'patch', stored)
  settlePatched(scope, kinds.User, before.seq, stored, resource, operations)
  return answerUpdate(scope, before, after, write, status)
}

function answerUpdate(scope: WriteScope, before: UserRow, after: UserRow, write: ScimWrite, status: number): Answer {
  if (after === before) scope.notes.add({ step: 'change', code: 'unchanged', seen: before.id })
  return userAnswer(scope.store, after, status, write.projection, viewOf(scope))
}

/** RFC 7644 §3.6. The user is archived, not lost: `rollcall users restore` brings it back with its memberships. */
export function deleteUser(scope: WriteScope, write: ScimWrite): Answer {
  const row = findUser(scope, write)
  requireAllowed(scope, 'User', 'delete')
  if (scope.policy.neverDelete) {
    scope.notes.add({ step: 'rule', code: 'deactivated-instead', seen: row.id })
    const stored = userResource(row, scope.integrationId)
    updateUser(scope, row, { ...stored, active: false }, 'patch', stored)
    scope.store.drift.remove(kinds.User, row.seq, 'active')
  } else archiveUser(scope, row)
  return { status: 204, body: undefined, resourceId: row.id }
}

/** Takes a user out of sight and out of its groups, both to be undone by a restore. */
export function archiveUser(scope: WriteScope, row: UserRow): void {
  const { store, directoryId, now } = scope
  for (const groupSeq of store.memberships.groupSeqsOf(kinds.User, row.seq)) store.groups.touch(groupSeq, now, null)
  store.memberships.setAside(kinds.User, row.seq)
  store.users.setArchived(row.seq, now, now, recordChange(scope, kinds.User, row, 'archive', undefined))
  if (row.hidden === 0) store.positions.count(directoryId, kinds.User, row.seq, -1)
}
