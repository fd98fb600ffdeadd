import { entraConsequences } from './entra-consequences.ts'
import { deleteGroup, provisionGroup, updateGroup } from './entra-groups.ts'
import { entraRequests, type EntraRequests } from './entra-requests.ts'
import { updateUser } from './entra-user-updates.ts'
import { deprovisionUser, provisionUser } from './entra-users.ts'
import { findsNobody } from './judge-lookup.ts'
import type { Organisation } from './organisation.ts'
import { each, everybody, everyGroup, existingGroups, existingPeople } from './existing.ts'
import { createKnownIds } from './known-ids.ts'
import type { SimulatedIdp } from './simulated-idp.ts'
import type { Conversation } from './turn.ts'

function* probe(entra: EntraRequests, guid: string): Conversation {
  yield { kind: 'probe users', request: entra.probeUsers(guid), judge: findsNobody('userName', guid) }
}

function* testConnection(entra: EntraRequests, guid: string): Conversation {
  yield* probe(entra, guid)
  yield { kind: 'probe groups', request: entra.probeGroups(guid), judge: findsNobody('displayName', guid) }
}

/** Every activity begins with about three look-ups of somebody who is not there. */
function startOfActivity(entra: EntraRequests, organisation: Organisation, from: number): readonly Conversation[] {
  return [0, 1, 2].map((number) => probe(entra, organisation.strangeGuid(from + number)))
}

/** Entra ID with an app whose Tenant URL carries no flag. */
export function simulateEntra(organisation: Organisation): SimulatedIdp {
  const entra = entraRequests(organisation)
  const known = createKnownIds()
  const people = () => existingPeople(organisation, known)
  const groups = () => existingGroups(organisation, known)

  function* userUpdates(): Generator<Conversation> {
    for (const subject of people()) {
      const update = updateUser(entra, known, organisation.groups, subject)
      if (update) yield update
    }
  }

  return {
    displayName: 'Entra ID',
    headers: entra.headers,
    consequences: entraConsequences,
    phases: [
      {
        name: 'connection test',
        isGate: true,
        conversations: [testConnection(entra, organisation.strangeGuid(1))],
        most: 1,
      },
      { name: 'initial cycle', conversations: startOfActivity(entra, organisation, 2), most: 3 },
      {
        name: 'initial cycle: users',
        conversations: each(everybody(organisation), (person) => provisionUser(entra, known, person)),
        most: organisation.users,
      },
      {
        name: 'initial cycle: groups',
        conversations: each(everyGroup(organisation), (group) => provisionGroup(entra, known, group)),
        most: organisation.groups,
      },
      { name: 'incremental cycle', conversations: startOfActivity(entra, organisation, 5), most: 3 },
      { name: 'incremental cycle: users', conversations: userUpdates(), most: organisation.users },
      {
        name: 'incremental cycle: groups',
        conversations: each(groups(), (group) => updateGroup(entra, known, organisation, group)),
        most: organisation.groups,
      },
    ],
    deprovisioning: [
      {
        name: 'deprovisioning: users',
        conversations: each(people(), (subject) => deprovisionUser(entra, subject)),
        most: organisation.users,
      },
      {
        name: 'deprovisioning: groups',
        conversations: each(groups(), (group) => deleteGroup(entra, group)),
        most: organisation.groups,
      },
    ],
  }
}
