import { ScimError } from '../../scim/error.ts'
import type { JsonValue, Resource } from '../../scim/json/json.ts'
import { createNotes } from '../../scim/note.ts'
import { applyPatch } from '../../scim/patch/apply-patch.ts'
import type { MemberChange } from '../../scim/patch/member-change.ts'
import type { PatchOperation } from '../../scim/patch/operation.ts'
import { sameResource } from '../../scim/resource-equality.ts'
import type { ResourceModel } from '../../scim/model/resource-model.ts'
import type { DriftRow } from '../store/resources/drift.ts'
import type { GroupRow } from '../store/resources/groups.ts'
import { kinds, type ResourceKind } from '../store/resources/resource-kind.ts'
import { knownId, type MembershipTally } from './membership.ts'
import { valuesOf, withValue } from './resource-values.ts'
import type { WriteScope } from './write/write-scope.ts'

/*
 * Drift is what a person changed of a resource that an IdP manages and that the IdP has not written since. With it is kept what the IdP
 * knows, so that it can be taken back, and so that a value that comes to be the same by whatever way drifts no more.
 */

/** What the IdP knows of an attribute that has drifted; undefined for nothing. */
export function idpValueOf({ idp_value: text }: Pick<DriftRow, 'idp_value'>): JsonValue | undefined {
  if (text === null) return undefined
  // `textOf` below wrote it.
  return JSON.parse(text) as JsonValue
}

function textOf(value: JsonValue | undefined): string | null {
  return value === undefined ? null : JSON.stringify(value)
}

function modelOf(scope: WriteScope, kind: ResourceKind): ResourceModel {
  return kind === kinds.User ? scope.models.user : scope.models.group
}

/** Notes what a person has changed. What is again as the IdP knows it drifts no more. */
export function recordDrift(
  scope: WriteScope,
  kind: ResourceKind,
  seq: number,
  before: Resource,
  after: Resource,
): void {
  const { drift } = scope.store
  const model = modelOf(scope, kind)
  const [old, fresh] = [valuesOf(model, before), valuesOf(model, after)]
  for (const attribute of new Set([...old.keys(), ...fresh.keys()])) {
    const [from, to] = [old.get(attribute), fresh.get(attribute)]
    if (sameResource(from, to)) continue
    const known = drift.idpValue(kind, seq, attribute)
    if (known !== undefined && sameResource(idpValueOf({ idp_value: known }), to)) drift.remove(kind, seq, attribute)
    else drift.put(kind, seq, { attribute, idp_value: textOf(from), at: scope.now, actor: scope.actor })
  }
}

/** The IdP has said what the whole resource is, but for the attributes that are named. */
export function settleReplaced(
  scope: WriteScope,
  kind: ResourceKind,
  seq: number,
  isUnsaid: (attribute: string) => boolean,
): void {
  for (const { attribute } of scope.store.drift.ofResource(kind, seq))
    if (!isUnsaid(attribute)) scope.store.drift.remove(kind, seq, attribute)
}

/**
 * The IdP has changed parts of a resource. The same operations are applied to what it knows of the attributes that have drifted: where
 * the outcome is the same as that of the resource, both agree.
 */
export function settlePatched(
  scope: WriteScope,
  kind: ResourceKind,
  seq: number,
  stored: Resource,
  patched: Resource,
  operations: readonly PatchOperation[],
): void {
  const { drift } = scope.store
  const rows = drift.ofResource(kind, seq)
  if (rows.length === 0) return
  const model = modelOf(scope, kind)
  const written = new Set(operations.map((each) => each.path.field.path))
  const known = rows.reduce((resource, row) => withValue(model, resource, row.attribute, idpValueOf(row)), stored)
  const knownAfter = valuesOf(model, appliedTo(model, known, operations) ?? patched)
  const now = valuesOf(model, patched)
  for (const { attribute } of rows) {
    if (!written.has(attribute)) continue
    const value = knownAfter.get(attribute)
    if (sameResource(value, now.get(attribute))) drift.remove(kind, seq, attribute)
    else drift.setIdpValue(kind, seq, attribute, textOf(value))
  }
}

/** Undefined where an operation finds no target in what the IdP knows, although it finds one in what is stored. */
function appliedTo(
  model: ResourceModel,
  resource: Resource,
  operations: readonly PatchOperation[],
): Resource | undefined {
  try {
    return applyPatch(model, resource, operations, createNotes())
  } catch (error) {
    if (error instanceof ScimError) return undefined
    throw error
  }
}

/** A job has given a user another userName, which is no edit by hand; where the IdP knows the user by it, both agree again. */
export function settleRenamed(scope: WriteScope, seq: number, userName: string): void {
  const { drift } = scope.store
  if (drift.idpValue(kinds.User, seq, 'userName') === textOf(userName)) drift.remove(kinds.User, seq, 'userName')
}

/** Notes whom a person has put into a group of an IdP, or taken out of it. */
export function recordMemberDrift(scope: WriteScope, group: GroupRow, tally: MembershipTally): void {
  const { drift, memberships } = scope.store
  const note = (ids: Iterable<string>, wasMember: 0 | 1) => {
    for (const id of ids) {
      const member = memberships.find(scope.directoryId, id)
      if (!member) continue
      if (drift.idpMember(group.seq, member.kind, member.seq) === undefined)
        drift.putMember(group.seq, {
          kind: member.kind,
          member_seq: member.seq,
          was_member: wasMember,
          at: scope.now,
          actor: scope.actor,
        })
      // It was the other way round before, and is now again as the IdP has it.
      else drift.removeMember(group.seq, member.kind, member.seq)
    }
  }
  note(tally.removed, 1)
  note(tally.added, 0)
}

/** The IdP has written members of a group: of all, or of those that it names. */
export function settleMembers(
  scope: WriteScope,
  group: GroupRow,
  changes: readonly MemberChange[],
  tally: MembershipTally,
): void {
  const { drift, memberships } = scope.store
  if (changes.length === 0 || drift.memberCount(group.seq) === 0) return
  if (changes.some(({ kind }) => kind === 'replace' || kind === 'removeAll')) return drift.removeMembers(group.seq)
  const named = changes.flatMap((each) => (each.kind === 'add' || each.kind === 'remove' ? each.values : []))
  for (const id of new Set([...named, ...tally.added, ...tally.removed])) {
    const member = memberships.find(scope.directoryId, knownId(scope, id))
    if (member) drift.removeMember(group.seq, member.kind, member.seq)
  }
}
