import { unreachable } from '../../scim/unreachable.ts'
import { enterpriseUserSchemaUrn } from '../../scim/urn.ts'
import { changeAndReadBack } from './change-and-read-back.ts'
import type { EntraRequests } from './entra-requests.ts'
import { setActive } from './entra-users.ts'
import type { ExistingPerson } from './existing.ts'
import { findsExactly, findsReference } from './judge-lookup.ts'
import { refusal, shows } from './judge-resource.ts'
import type { KnownIds } from './known-ids.ts'
import { changeOf, renamed } from './planned-change.ts'
import type { Conversation } from './turn.ts'

const extension = (attribute: string) => `${enterpriseUserSchemaUrn}:${attribute}`

function* readBeforeUpdate(entra: EntraRequests, id: string): Conversation {
  yield { kind: 'read user', request: entra.readUser(id), judge: (answer) => refusal(answer, 200) }
}

function* changeAttributes(entra: EntraRequests, { person, id }: ExistingPerson): Conversation {
  yield* readBeforeUpdate(entra, id)
  const [displayName, title] = [`${person.displayName} II`, `Senior ${person.title}`]
  yield* changeAndReadBack(
    {
      kind: 'change attributes',
      request: entra.patch(
        `/Users/${encodeURIComponent(id)}`,
        { op: 'Replace', path: 'displayName', value: displayName },
        { op: 'Replace', path: 'title', value: title },
        { op: 'Add', path: 'phoneNumbers[type eq "mobile"].value', value: person.phone },
        { op: 'Replace', path: extension('department'), value: 'Board' },
      ),
    },
    {
      kind: 'read change back',
      request: entra.readUser(id),
      judge: shows(
        { path: ['displayName'], value: displayName },
        { path: ['title'], value: title },
        { path: ['phoneNumbers', 'mobile', 'value'], value: person.phone },
        { path: [enterpriseUserSchemaUrn, 'department'], value: 'Board' },
      ),
    },
  )
}

function* rename(entra: EntraRequests, { person, id }: ExistingPerson): Conversation {
  yield* readBeforeUpdate(entra, id)
  const userName = renamed(person)
  yield* changeAndReadBack(
    {
      kind: 'rename user',
      request: entra.patch(
        `/Users/${encodeURIComponent(id)}`,
        { op: 'Replace', path: 'emails[type eq "work"].value', value: userName },
        { op: 'Replace', path: 'name.familyName', value: 'Renamed' },
        { op: 'Replace', path: 'userName', value: userName },
      ),
    },
    {
      kind: 'read change back',
      request: entra.readUser(id),
      judge: shows(
        { path: ['userName'], value: userName, ignoresCase: true },
        { path: ['emails', 'work', 'value'], value: userName, ignoresCase: true },
        { path: ['name', 'familyName'], value: 'Renamed' },
      ),
    },
    { kind: 'look up user again', request: entra.lookUpUser(userName), judge: findsExactly(id) },
  )
}

function* setManager(entra: EntraRequests, known: KnownIds, { id }: ExistingPerson): Conversation {
  const manager = known.user(0)
  if (manager === undefined || manager === id) return
  yield {
    kind: 'check manager',
    request: entra.isManager(id, manager),
    judge: findsReference(false, 'filter-ignored'),
  }
  yield* changeAndReadBack(
    {
      kind: 'set manager',
      // A bare id, not the object of RFC 7643 §4.3.
      request: entra.patch(`/Users/${encodeURIComponent(id)}`, {
        op: 'Add',
        path: extension('manager'),
        value: manager,
      }),
    },
    {
      kind: 'read change back',
      request: entra.readUser(id),
      judge: shows({ path: [enterpriseUserSchemaUrn, 'manager', 'value'], value: manager }),
    },
  )
}

function* disable(entra: EntraRequests, { person, id }: ExistingPerson): Conversation {
  yield* readBeforeUpdate(entra, id)
  yield* setActive(entra, id, false)
  yield { kind: 'look up disabled user', request: entra.lookUpUser(person.userName), judge: findsExactly(id) }
}

function* disableAndRestore(
  entra: EntraRequests,
  known: KnownIds,
  groups: number,
  subject: ExistingPerson,
): Conversation {
  yield* disable(entra, subject)
  yield* setActive(entra, subject.id, true)
  const group = groups === 0 ? undefined : known.group(subject.person.index % groups)
  if (group === undefined) return
  // Memberships are not sent again after a restore.
  yield {
    kind: 'check membership',
    request: entra.isMember(group, subject.id),
    judge: findsReference(true, 'members-lost'),
  }
}

/** What an incremental cycle sends about a user; undefined for one who has not changed. */
export function updateUser(
  entra: EntraRequests,
  known: KnownIds,
  groups: number,
  subject: ExistingPerson,
): Conversation | undefined {
  const change = changeOf(subject.person)
  switch (change) {
    case 'attributes':
      return changeAttributes(entra, subject)
    case 'rename':
      return rename(entra, subject)
    case 'manager':
      return setManager(entra, known, subject)
    case 'disable':
      return disable(entra, subject)
    case 'disable and restore':
      return disableAndRestore(entra, known, groups, subject)
    case 'leave a group':
    case 'nothing':
      return undefined
    default:
      return unreachable(change)
  }
}
