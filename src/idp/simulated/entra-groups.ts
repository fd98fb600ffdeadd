import { memberReferences, type EntraRequests } from './entra-requests.ts'
import { changeAndReadBack } from './change-and-read-back.ts'
import { idOf } from './answer-content.ts'
import { findsExactly, findsNobody, findsReference } from './judge-lookup.ts'
import { hidesMembers, showsMembers } from './judge-members.ts'
import { isCreated, isGone, isUpdated, refusal, shows } from './judge-resource.ts'
import type { SimulatedGroup } from './organisation.ts'
import type { ExistingGroup } from './existing.ts'
import type { KnownIds } from './known-ids.ts'
import { changeOf } from './planned-change.ts'
import type { Organisation } from './organisation.ts'
import type { Conversation } from './turn.ts'

/** Entra publishes no number; other vendors have trouble above a hundred. */
const membersInOnePatch = 100
/** A larger group is not read whole; its last member is looked for. */
const largestReadWhole = 1000

function* addMembers(entra: EntraRequests, id: string, members: readonly string[]): Conversation {
  for (let start = 0; start < members.length; start += membersInOnePatch)
    yield {
      kind: 'add members',
      request: entra.patch(`/Groups/${encodeURIComponent(id)}`, {
        op: 'Add',
        path: 'members',
        value: memberReferences(members.slice(start, start + membersInOnePatch)),
      }),
      judge: isUpdated,
    }
  const last = members.at(-1)
  if (last === undefined) return
  yield {
    kind: 'check membership',
    request: entra.isMember(id, last),
    judge: findsReference(true, 'members-not-shown'),
  }
  if (members.length <= largestReadWhole)
    yield { kind: 'read members back', request: entra.readGroup(id), judge: showsMembers(members) }
}

export function* provisionGroup(entra: EntraRequests, known: KnownIds, group: SimulatedGroup): Conversation {
  const judge = findsNobody('displayName', group.displayName)
  const found = yield { kind: 'look up group', request: entra.lookUpGroup(group.displayName), judge }
  if (judge(found) !== undefined) return
  const isMade = isCreated(group.displayName)
  const created = yield {
    kind: 'create group',
    request: entra.createGroup(group),
    judge: isMade,
    creates: { endpoint: '/Groups', name: group.displayName },
  }
  const id = idOf(created)
  if (isMade(created) !== undefined || id === undefined) return
  known.linkGroup(group.index, id)
  yield { kind: 'look up group again', request: entra.lookUpGroup(group.displayName), judge: findsExactly(id) }
  yield* addMembers(entra, id, known.members(group))
  yield { kind: 'read group without members', request: entra.readGroupWithoutMembers(id), judge: hidesMembers }
}

function* removeMember(entra: EntraRequests, id: string, leaver: string, others: readonly string[]): Conversation {
  yield {
    kind: 'remove member',
    // The members to remove stand in the value, which RFC 7644 §3.5.2.2 does not know.
    request: entra.patch(`/Groups/${encodeURIComponent(id)}`, {
      op: 'Remove',
      path: 'members',
      value: memberReferences([leaver]),
    }),
    judge: isUpdated,
  }
  yield {
    kind: 'check membership',
    request: entra.isMember(id, leaver),
    judge: findsReference(false, 'member-not-removed'),
  }
  if (others.length <= largestReadWhole)
    yield { kind: 'read members back', request: entra.readGroup(id), judge: showsMembers(others, leaver) }
}

/** What an incremental cycle sends about a group: a new name, and one member less where somebody leaves. */
export function* updateGroup(
  entra: EntraRequests,
  known: KnownIds,
  organisation: Organisation,
  { group, id }: ExistingGroup,
): Conversation {
  const leaver = group.members.find((index) => changeOf(organisation.person(index)) === 'leave a group')
  const leaverId = leaver === undefined ? undefined : known.user(leaver)
  const others = known.members(group).filter((each) => each !== leaverId)
  if (leaverId !== undefined) yield* removeMember(entra, id, leaverId, others)
  const displayName = `${group.displayName} (renamed)`
  yield* changeAndReadBack(
    {
      kind: 'rename group',
      request: entra.patch(`/Groups/${encodeURIComponent(id)}`, {
        op: 'Replace',
        path: 'displayName',
        value: displayName,
      }),
    },
    {
      kind: 'read change back',
      request: entra.readGroupWithoutMembers(id),
      judge: shows({ path: ['displayName'], value: displayName }),
    },
  )
  const last = others.at(-1)
  if (last !== undefined)
    yield { kind: 'check membership', request: entra.isMember(id, last), judge: findsReference(true, 'members-lost') }
}

export function* deleteGroup(entra: EntraRequests, { id }: ExistingGroup): Conversation {
  const path = `/Groups/${encodeURIComponent(id)}`
  yield { kind: 'delete group', request: entra.remove(path), judge: (answer) => refusal(answer, 204, 200) }
  yield { kind: 'read deleted group', request: entra.readGroupWithoutMembers(id), judge: isGone, provesGone: id }
}
