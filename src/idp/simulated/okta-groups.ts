import { idOf } from './answer-content.ts'
import { findsExactly, findsNobody } from './judge-lookup.ts'
import { showsMembers } from './judge-members.ts'
import { isCreated, isGone, isUpdated, refusal, shows } from './judge-resource.ts'
import { groupPath, oktaRequests as okta, type OktaMember } from './okta-requests.ts'
import type { Organisation, SimulatedGroup } from './organisation.ts'
import type { ExistingGroup } from './existing.ts'
import type { KnownIds } from './known-ids.ts'
import { changeOf } from './planned-change.ts'
import type { Conversation } from './turn.ts'

/** Set for each catalogue app, between 100 and 1000. */
const membersInOnePatch = 100

/** An app made with the wizard replaces the whole group; a catalogue app adds and removes. Both are tried, group by group. */
function isOfWizardApp(group: SimulatedGroup): boolean {
  return group.index % 2 === 1
}

function membersOf(organisation: Organisation, known: KnownIds, group: SimulatedGroup): readonly OktaMember[] {
  return group.members.flatMap((index) => {
    const value = known.user(index)
    return value === undefined ? [] : [{ value, display: organisation.person(index).userName }]
  })
}

function* pushMembers(group: SimulatedGroup, id: string, members: readonly OktaMember[]): Conversation {
  if (isOfWizardApp(group))
    yield { kind: 'push group (PUT)', request: okta.replaceGroup(id, group.displayName, members), judge: isUpdated }
  else
    for (let start = 0; start < members.length; start += membersInOnePatch)
      yield {
        kind: 'add members (PATCH)',
        request: okta.addMembers(id, members.slice(start, start + membersInOnePatch)),
        judge: isUpdated,
      }
  const ids = members.map((each) => each.value)
  yield { kind: 'read members back', request: okta.read(groupPath(id)), judge: showsMembers(ids) }
}

export function* pushGroup(organisation: Organisation, known: KnownIds, group: SimulatedGroup): Conversation {
  const judge = findsNobody('displayName', group.displayName)
  const found = yield { kind: 'look up group', request: okta.lookUpGroup(group.displayName), judge }
  if (judge(found) !== undefined) return
  const isMade = isCreated(group.displayName)
  const created = yield {
    kind: 'create group',
    request: okta.createGroup(group),
    judge: isMade,
    creates: { endpoint: '/Groups', name: group.displayName },
  }
  const id = idOf(created)
  if (isMade(created) !== undefined || id === undefined) return
  known.linkGroup(group.index, id)
  yield { kind: 'look up group again', request: okta.lookUpGroup(group.displayName), judge: findsExactly(id) }
  yield { kind: 'read group', request: okta.read(groupPath(id)), judge: (answer) => refusal(answer, 200) }
  yield* pushMembers(group, id, membersOf(organisation, known, group))
}

/** A member who leaves, and a new name. */
export function* updateGroup(organisation: Organisation, known: KnownIds, { group, id }: ExistingGroup): Conversation {
  const leaver = group.members.find((index) => changeOf(organisation.person(index)) === 'leave a group')
  const leaverId = leaver === undefined ? undefined : known.user(leaver)
  const others = membersOf(organisation, known, group).filter((each) => each.value !== leaverId)
  const displayName = `${group.displayName} (renamed)`
  if (isOfWizardApp(group))
    yield { kind: 'push group (PUT)', request: okta.replaceGroup(id, displayName, others), judge: isUpdated }
  else {
    if (leaverId !== undefined)
      yield { kind: 'remove member (PATCH)', request: okta.removeMember(id, leaverId), judge: isUpdated }
    yield { kind: 'rename group (PATCH)', request: okta.renameGroup(id, displayName), judge: isUpdated }
  }
  const renamed = shows({ path: ['displayName'], value: displayName })
  const kept = showsMembers(
    others.map((each) => each.value),
    leaverId ?? 'nobody',
  )
  yield {
    kind: 'read members back',
    request: okta.read(groupPath(id)),
    judge: (answer) => renamed(answer) ?? kept(answer),
  }
}

/** What unlinking a pushed group does when it is to be deleted in the application. */
export function* unlinkGroup({ id }: ExistingGroup): Conversation {
  yield { kind: 'delete group', request: okta.deleteGroup(id), judge: (answer) => refusal(answer, 204, 200) }
  yield { kind: 'read deleted group', request: okta.read(groupPath(id)), judge: isGone, provesGone: id }
}
