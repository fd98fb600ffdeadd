import type { Resource } from '../../../scim/json/json.ts'
import { normalizeResource } from '../../../scim/normalize/normalize.ts'
import { applyPatch } from '../../../scim/patch/apply-patch.ts'
import { isMembersOperation, memberChange, namedMembers, type MemberChange } from '../../../scim/patch/member-change.ts'
import { parsePatch } from '../../../scim/patch/parse-patch.ts'
import type { GroupRow } from '../../store/resources/groups.ts'
import { kinds } from '../../store/resources/resource-kind.ts'
import { groupAnswer } from '../read/answer-resource.ts'
import type { Answer } from '../read/answer.ts'
import { settleMembers, settlePatched, settleReplaced } from '../drift.ts'
import { groupResource, insertGroup, refuseTakenDisplayName, updateGroup } from './group-record.ts'
import { noteDeclaredWrongly } from '../declared-types.ts'
import { changeMembers, concludeMembership, emptyTally, type MembershipTally } from '../membership.ts'
import { groupsAreOff } from './groups-off.ts'
import { isNamedIn } from './named-in-body.ts'
import { missing, requireAllowed, requirePreconditions } from './preconditions.ts'
import { recordChange } from './record-change.ts'
import type { Viewpoint } from '../read/represent.ts'
import type { ScimWrite } from './scim-write.ts'
import type { WriteScope } from './write-scope.ts'

function viewOf(scope: WriteScope): Viewpoint {
  return { integrationId: scope.integrationId ?? 0, base: scope.base, seesGroups: scope.policy.groups }
}

/** RFC 7644 §3.3. A group that is here already is answered with 409 also where none may be created, as a user is. */
export function createGroup(scope: WriteScope, write: ScimWrite): Answer {
  const resource = normalizeResource(scope.models.group, write.body, { notes: scope.notes, purpose: 'create' })
  if (scope.policy.groups && !scope.policy.create) refuseTakenDisplayName(scope, resource)
  requireAllowed(scope, 'Group', 'create')
  const row = insertGroup(scope, resource, 'scim')
  const tally = emptyTally()
  changeMembers(scope, row, { kind: 'add', ...namedMembers(resource['members']) }, tally)
  noteDeclaredWrongly(scope.notes, tally.declaredWrongly)
  // The first members are part of the creation: version 1 has them.
  if (tally.added.size > 0)
    scope.notes.add({ step: 'change', code: 'members-added', seen: row.id, count: tally.added.size })
  return groupAnswer(scope.store, row, 201, write.projection, viewOf(scope), write.mostMembers)
}

function findGroup(scope: WriteScope, write: ScimWrite): GroupRow {
  const id = write.id ?? ''
  if (!scope.policy.groups) return groupsAreOff(scope.notes)
  const row = scope.store.groups.listed(scope.directoryId, id)
  if (!row) return missing(scope.notes, 'Group', id, scope.store.groups.any(scope.directoryId, id))
  requirePreconditions(scope, write, row)
  return row
}

/** A PUT that does not name the members leaves them (decision 6). Some clients mean that nobody is left, so it is told. */
function keepMembers(scope: WriteScope, group: GroupRow): void {
  if (scope.store.memberships.hasMoreThan(group.seq, 0))
    scope.notes.add({ step: 'rule', code: 'members-kept', path: 'members' })
}

/** RFC 7644 §3.5.1. */
export function replaceGroup(scope: WriteScope, write: ScimWrite): Answer {
  const before = findGroup(scope, write)
  requireAllowed(scope, 'Group', 'update')
  const { core } = scope.models.group
  const sent = normalizeResource(scope.models.group, write.body, { notes: scope.notes, purpose: 'replace' })
  const stored = groupResource(before, scope.integrationId)
  const resource: Resource =
    stored['externalId'] === undefined || isNamedIn(write.body, core, 'externalId')
      ? sent
      : { ...sent, externalId: stored['externalId'] }
  const tally = emptyTally()
  const replaced = updateGroup(scope, before, resource, 'replace', stored)
  settleReplaced(scope, kinds.Group, before.seq, () => false)
  if (isNamedIn(write.body, core, 'members')) {
    const change: MemberChange = { kind: 'replace', ...namedMembers(sent['members']) }
    changeMembers(scope, before, change, tally)
    settleMembers(scope, before, [change], tally)
  } else keepMembers(scope, before)
  return conclude(scope, before, replaced, tally, write, 200)
}

/** RFC 7644 §3.5.2. Operations on members are carried out row by row, so that a big group costs what a small one costs. */
export function patchGroup(scope: WriteScope, write: ScimWrite): Answer {
  const before = findGroup(scope, write)
  requireAllowed(scope, 'Group', 'update')
  const operations = parsePatch(scope.models.group, write.body, scope.notes)
  const tally = emptyTally()
  const others = operations.filter((operation) => !isMembersOperation(operation))
  let after = before
  if (others.length > 0) {
    const stored = groupResource(before, scope.integrationId)
    const patched = applyPatch(scope.models.group, stored, others, scope.notes)
    after = updateGroup(scope, before, patched, 'patch', stored)
    settlePatched(scope, kinds.Group, before.seq, stored, patched, others)
  }
  const changes = operations.filter(isMembersOperation).map(memberChange)
  for (const change of changes) changeMembers(scope, before, change, tally)
  settleMembers(scope, before, changes, tally)
  return conclude(scope, before, after, tally, write, write.wantsBody ? 200 : scope.policy.groupPatchStatus)
}

function conclude(
  scope: WriteScope,
  before: GroupRow,
  updated: GroupRow,
  tally: MembershipTally,
  write: ScimWrite,
  status: number,
): Answer {
  noteDeclaredWrongly(scope.notes, tally.declaredWrongly)
  const after = concludeMembership(scope, updated, tally)
  if (after === before) scope.notes.add({ step: 'change', code: 'unchanged', seen: before.id })
  return groupAnswer(scope.store, after, status, write.projection, viewOf(scope), write.mostMembers)
}

/** RFC 7644 §3.6. The group is archived with its members remembered. */
export function deleteGroup(scope: WriteScope, write: ScimWrite): Answer {
  const row = findGroup(scope, write)
  requireAllowed(scope, 'Group', 'delete')
  archiveGroup(scope, row)
  return { status: 204, body: undefined, resourceId: row.id }
}

/** Takes a group out of sight and out of the groups it is in, both to be undone by a restore. */
export function archiveGroup(scope: WriteScope, row: GroupRow): void {
  const { store, directoryId, now } = scope
  for (const groupSeq of store.memberships.groupSeqsOf(kinds.Group, row.seq)) store.groups.touch(groupSeq, now, null)
  store.memberships.setAside(kinds.Group, row.seq)
  store.groups.setArchived(row.seq, now, now, recordChange(scope, kinds.Group, row, 'archive', undefined))
  store.positions.count(directoryId, kinds.Group, row.seq, -1)
}
