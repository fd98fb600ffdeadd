import { invalidValue } from '../../scim/error.ts'
import { matches } from '../../scim/filter/evaluate.ts'
import type { Filter } from '../../scim/filter/filter.ts'
import { shown } from '../../scim/note.ts'
import type { MemberChange, NamedMembers } from '../../scim/patch/member-change.ts'
import { idsDemanded } from '../../scim/patch/members-operation.ts'
import { unreachable } from '../../scim/unreachable.ts'
import type { GroupRow } from '../store/resources/groups.ts'
import { kinds, type ResourceKind } from '../store/resources/resource-kind.ts'
import { compareType, type DeclaredWrongly } from './declared-types.ts'
import { recordChange } from './write/record-change.ts'
import { locationOf } from './read/represent.ts'
import type { WriteScope } from './write/write-scope.ts'

/** A member by its row. */
interface MemberRef {
  readonly kind: ResourceKind
  readonly seq: number
  readonly id: string
  /** It is in no group then, but comes back into those it was in when it is restored. */
  readonly isArchived: boolean
}

/** What one request did to a group's members in the end, for the audit and the trace: who was removed and added again is in neither. */
export interface MembershipTally {
  readonly added: Set<string>
  readonly removed: Set<string>
  /** Members whom it calls something else than they are, by their ids. */
  readonly declaredWrongly: DeclaredWrongly
}

export function emptyTally(): MembershipTally {
  return { added: new Set(), removed: new Set(), declaredWrongly: new Map() }
}

/** Who is to be a member, by the ids as they are here, each with the type that the client says, if any. */
type Wanted = ReadonlyMap<string, string | undefined>

function tallyAdded(tally: MembershipTally, id: string): void {
  if (!tally.removed.delete(id)) tally.added.add(id)
}

function tallyRemoved(tally: MembershipTally, id: string): void {
  if (!tally.added.delete(id)) tally.removed.add(id)
}

/** The audit names at most so many members of one request on each side; the counts are always whole. */
const namedInAudit = 1000

/** Ids are written in lower case here; a client that writes them otherwise means the same (`members.value` is not case exact). */
export function knownId(scope: WriteScope, id: string): string {
  const lower = id.toLowerCase()
  if (lower === id || scope.store.memberships.find(scope.directoryId, id)) return id
  return scope.store.memberships.find(scope.directoryId, lower) ? lower : id
}

function findMember(scope: WriteScope, id: string): MemberRef | undefined {
  const found = scope.store.memberships.find(scope.directoryId, id)
  if (!found || found.hidden === 1) return undefined
  return { kind: found.kind, seq: found.seq, id, isArchived: found.archived_at !== null }
}

/** Finds the member to add. A deleted one is passed over with a note, so that one leaver does not spoil a whole push; an unknown one is an error. */
function memberToAdd(
  scope: WriteScope,
  group: GroupRow,
  id: string,
  isAbove: (groupSeq: number) => boolean,
): MemberRef | undefined {
  const member = findMember(scope, id)
  if (member?.isArchived) {
    scope.notes.add({ step: 'rule', code: 'member-archived', path: 'members', seen: id })
    return undefined
  }
  if (!member) {
    scope.notes.add({ step: 'rule', code: 'member-not-here', path: 'members', seen: shown(id) })
    throw invalidValue(`No user and no group has the id "${id.slice(0, 200)}", so it cannot become a member.`)
  }
  if (member.kind === kinds.Group && isAbove(member.seq)) {
    scope.notes.add({ step: 'rule', code: 'group-in-itself', path: 'members', seen: id })
    throw invalidValue(
      `The group ${id} cannot become a member of the group ${group.id}: the group would then contain itself.`,
    )
  }
  return member
}

function add(scope: WriteScope, group: GroupRow, wanted: Wanted, tally: MembershipTally): void {
  // Members that are added change nothing about what the group itself is in, so that is looked up once, and only for a group among them.
  let above: ReadonlySet<number> | undefined
  const isAbove = (seq: number) => (above ??= scope.store.memberships.groupsAbove(group.seq)).has(seq)
  for (const [id, type] of wanted) {
    const member = memberToAdd(scope, group, id, isAbove)
    if (!member) continue
    compareType(tally.declaredWrongly, member, type)
    if (scope.store.memberships.add(group.seq, member.kind, member.seq)) tallyAdded(tally, id)
  }
}

function remove(scope: WriteScope, group: GroupRow, ids: readonly string[], tally: MembershipTally): void {
  for (const id of ids) {
    const member = findMember(scope, id)
    if (!member) continue
    if (member.isArchived) scope.store.memberships.forgetPlace(group.seq, member.kind, member.seq)
    else if (scope.store.memberships.remove(group.seq, member.kind, member.seq)) tallyRemoved(tally, id)
  }
}

/** Every member with its id, read in pages by key: what has been yielded may be removed. */
function* membersOf(scope: WriteScope, group: GroupRow) {
  let after: { readonly kind: number; readonly seq: number } = { kind: -1, seq: 0 }
  for (;;) {
    const page = scope.store.memberships.page(group.seq, after.kind, after.seq, 1000)
    yield* page
    const last = page.at(-1)
    if (!last || page.length < 1000) return
    after = last
  }
}

/** The same page by page, without their names. */
function* referencePages(scope: WriteScope, group: GroupRow) {
  let after: { readonly kind: number; readonly seq: number } = { kind: -1, seq: 0 }
  for (;;) {
    const page = scope.store.memberships.referencePage(group.seq, after.kind, after.seq, 1000)
    yield page
    const last = page.at(-1)
    if (!last || page.length < 1000) return
    after = last
  }
}

/** The members of a group among some ids. */
function* membersAmong(scope: WriteScope, group: GroupRow, ids: readonly string[]) {
  for (const id of ids) {
    const found = findMember(scope, knownId(scope, id))
    // The page that would begin with it.
    const [member] = found ? scope.store.memberships.page(group.seq, found.kind, found.seq - 1, 1) : []
    if (member && member.kind === found?.kind && member.seq === found.seq) yield member
  }
}

/** Looks at all members only where the filter does not say whom alone it can be true for. */
function removeWhere(scope: WriteScope, group: GroupRow, filter: Filter, tally: MembershipTally): void {
  const ids = idsDemanded(filter)
  for (const member of ids === undefined ? membersOf(scope, group) : membersAmong(scope, group, ids)) {
    const type = member.kind === kinds.User ? 'User' : 'Group'
    const element = {
      value: member.id,
      type,
      $ref: locationOf(scope.base, type, member.id),
      ...(member.display === null ? {} : { display: member.display }),
    }
    if (matches(filter, element) && scope.store.memberships.remove(group.seq, member.kind, member.seq))
      tallyRemoved(tally, member.id)
  }
}

function replaceAll(scope: WriteScope, group: GroupRow, wanted: Wanted, tally: MembershipTally): void {
  const { memberships } = scope.store
  const missing = new Map(wanted)
  for (const page of referencePages(scope, group)) {
    // To empty a group of a million one by one took twice as long, for which all other writes waited.
    const areGone = !page.some(({ id }) => missing.has(id)) && memberships.removePage(group.seq, page)
    for (const member of page) {
      const type = missing.get(member.id)
      if (missing.delete(member.id)) compareType(tally.declaredWrongly, member, type)
      else if (areGone || memberships.remove(group.seq, member.kind, member.seq)) tallyRemoved(tally, member.id)
    }
  }
  forgetPlaces(scope, group, missing)
  add(scope, group, missing, tally)
}

/** Who is archived and not among the wanted was taken out of the group all the same, and does not come back with a restoration. */
function forgetPlaces(scope: WriteScope, group: GroupRow, wanted: Wanted): void {
  const { memberships } = scope.store
  const setAside = memberships.setAsideIn(group.seq)
  if (setAside.length === 0) return
  const kept = new Set([...wanted.keys()].map((id) => placeOf(findMember(scope, id))))
  for (const { kind, member_seq } of setAside)
    if (!kept.has(placeOf({ kind, seq: member_seq }))) memberships.forgetPlace(group.seq, kind, member_seq)
}

function placeOf(member: Pick<MemberRef, 'kind' | 'seq'> | undefined): string {
  return member ? `${member.kind} ${member.seq}` : ''
}

/** Carries out one change of members. Throws `ScimError` invalidValue for an unknown member or a cycle. */
export function changeMembers(scope: WriteScope, group: GroupRow, change: MemberChange, tally: MembershipTally): void {
  switch (change.kind) {
    case 'add':
      return add(scope, group, wantedBy(scope, change), tally)
    case 'remove':
      return remove(
        scope,
        group,
        change.values.map((id) => knownId(scope, id)),
        tally,
      )
    case 'replace':
      return replaceAll(scope, group, wantedBy(scope, change), tally)
    case 'removeWhere':
      return removeWhere(scope, group, change.filter, tally)
    case 'removeAll':
      return replaceAll(scope, group, new Map(), tally)
    default:
      return unreachable(change)
  }
}

function wantedBy(scope: WriteScope, { values, types }: NamedMembers): Wanted {
  return new Map(values.map((id, n) => [knownId(scope, id), types?.[n]]))
}

/** Counts the changes of members as a change of the group and records them; returns the group as it now is. */
export function concludeMembership(scope: WriteScope, group: GroupRow, tally: MembershipTally): GroupRow {
  const added = [...tally.added]
  const removed = [...tally.removed]
  if (added.length === 0 && removed.length === 0) return group
  const modifiedAt = Math.max(scope.now, group.modified_at)
  const attributes = JSON.stringify({
    members: [{ removed: removed.slice(0, namedInAudit) }, { added: added.slice(0, namedInAudit) }],
    counts: [removed.length, added.length],
  })
  const change = recordChange(scope, kinds.Group, group, 'members', attributes)
  scope.store.groups.touch(group.seq, modifiedAt, change)
  if (added.length > 0) scope.notes.add({ step: 'change', code: 'members-added', seen: group.id, count: added.length })
  if (removed.length > 0)
    scope.notes.add({ step: 'change', code: 'members-removed', seen: group.id, count: removed.length })
  return { ...group, version: group.version + 1, modified_at: modifiedAt, last_change: change }
}
