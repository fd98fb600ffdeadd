import { unreachable } from '../../scim/unreachable.ts'
import { enterpriseUserSchemaUrn } from '../../scim/urn.ts'
import { changeAndReadBack } from './change-and-read-back.ts'
import { idOf } from './answer-content.ts'
import { findsExactly, findsNobody } from './judge-lookup.ts'
import { isCreated, isUpdated, refusal, shows, showsActive } from './judge-resource.ts'
import { oktaRequests as okta, userPath, type OktaProfile } from './okta-requests.ts'
import type { SimulatedPerson } from './organisation.ts'
import type { ExistingPerson } from './existing.ts'
import type { KnownIds } from './known-ids.ts'
import { changeOf, renamed } from './planned-change.ts'
import type { Conversation, Turn } from './turn.ts'

/** An app made with the wizard knows PUT alone; a catalogue app sets `active` by PATCH. Both are tried, person by person. */
function isOfWizardApp(person: SimulatedPerson): boolean {
  return person.index % 2 === 1
}

export function* provisionUser(known: KnownIds, person: SimulatedPerson): Conversation {
  const { userName } = person
  const judge = findsNobody('userName', userName)
  const found = yield { kind: 'look up user', request: okta.lookUpUser(userName), judge }
  if (judge(found) !== undefined) return
  const isMade = isCreated(userName)
  const created = yield {
    kind: 'create user',
    request: okta.createUser(person),
    judge: isMade,
    creates: { endpoint: '/Users', name: userName },
  }
  const id = idOf(created)
  if (isMade(created) !== undefined || id === undefined) return
  known.linkUser(person.index, id)
  yield { kind: 'look up user again', request: okta.lookUpUser(userName), judge: findsExactly(id) }
}

function* pushProfile(
  { person, id }: ExistingPerson,
  changed: OktaProfile,
  judge: Turn['judge'],
  ...more: readonly Turn[]
): Conversation {
  const read = okta.read(userPath(id))
  yield { kind: 'read user', request: read, judge: (answer) => refusal(answer, 200) }
  yield* changeAndReadBack(
    {
      kind: 'push profile (PUT)',
      request: okta.replaceUser(id, person, changed),
    },
    { kind: 'read change back', request: read, judge },
    ...more,
  )
}

function changeTitle(subject: ExistingPerson): Conversation {
  const title = `Senior ${subject.person.title}`
  const isThere = shows(
    { path: ['title'], value: title },
    { path: ['name', 'givenName'], value: subject.person.givenName },
  )
  return pushProfile(subject, { title }, isThere)
}

function rename(subject: ExistingPerson): Conversation {
  const userName = renamed(subject.person)
  const isThere = shows(
    { path: ['userName'], value: userName, ignoresCase: true },
    { path: ['name', 'familyName'], value: 'Renamed' },
  )
  const request = okta.lookUpUser(userName)
  const isFound = findsExactly(subject.id)
  return pushProfile(subject, { userName, familyName: 'Renamed' }, isThere, {
    kind: 'look up user again',
    request,
    judge: isFound,
  })
}

function setManager(known: KnownIds, subject: ExistingPerson): Conversation | undefined {
  const manager = known.user(0)
  if (manager === undefined || manager === subject.id) return undefined
  const isThere = shows({ path: [enterpriseUserSchemaUrn, 'manager', 'value'], value: manager })
  return pushProfile(subject, { manager }, isThere)
}

/** The userName that the person has after the changes of this run. */
function currentName(person: SimulatedPerson): string {
  return changeOf(person) === 'rename' ? renamed(person) : person.userName
}

function* setActive({ person, id }: ExistingPerson, active: boolean): Conversation {
  const verb = active ? 'reactivate user' : 'deactivate user'
  if (isOfWizardApp(person))
    yield {
      kind: `${verb} (PUT)`,
      request: okta.replaceUser(id, person, { active, userName: currentName(person) }),
      judge: isUpdated,
    }
  else yield { kind: `${verb} (PATCH)`, request: okta.patchActive(id, active), judge: isUpdated }
  yield { kind: 'read active back', request: okta.read(userPath(id)), judge: showsActive(active) }
}

function* deactivate(subject: ExistingPerson): Conversation {
  yield* setActive(subject, false)
  yield {
    kind: 'look up inactive user',
    request: okta.lookUpUser(subject.person.userName),
    judge: findsExactly(subject.id),
  }
}

function* deactivateAndReactivate(subject: ExistingPerson): Conversation {
  yield* deactivate(subject)
  yield* setActive(subject, true)
}

/** What happens to a user after the first assignment; undefined for one to whom nothing does. */
export function updateUser(known: KnownIds, subject: ExistingPerson): Conversation | undefined {
  const change = changeOf(subject.person)
  switch (change) {
    case 'attributes':
      return changeTitle(subject)
    case 'rename':
      return rename(subject)
    case 'manager':
      return setManager(known, subject)
    case 'disable':
      return deactivate(subject)
    case 'disable and restore':
      return deactivateAndReactivate(subject)
    case 'leave a group':
    case 'nothing':
      return undefined
    default:
      return unreachable(change)
  }
}

/** Okta never deletes a user: who is unassigned becomes inactive. */
export function unassignUser(subject: ExistingPerson): Conversation {
  return setActive(subject, false)
}
