import { resourcesOf, textOf } from './answer-content.ts'
import { isPageOf } from './judge-lookup.ts'
import { oktaConsequences } from './okta-consequences.ts'
import { pushGroup, unlinkGroup, updateGroup } from './okta-groups.ts'
import { oktaHeaders, oktaRequests as okta } from './okta-requests.ts'
import { provisionUser, unassignUser, updateUser } from './okta-users.ts'
import type { Organisation } from './organisation.ts'
import { each, everybody, everyGroup, existingGroups, existingPeople } from './existing.ts'
import { createKnownIds } from './known-ids.ts'
import type { SimulatedIdp } from './simulated-idp.ts'
import type { Conversation } from './turn.ts'

function* testConnection(hasGroups: boolean): Conversation {
  yield { kind: 'test connection', request: okta.page('/Users', 1, 2), judge: isPageOf(1, 2) }
  if (hasGroups) yield { kind: 'test groups', request: okta.page('/Groups', 1, 100), judge: isPageOf(1, 100) }
}

/** The first two pages of an import; the whole of it would read everybody. */
function* importPages(endpoint: '/Users' | '/Groups'): Conversation {
  const kind = endpoint === '/Users' ? 'import users' : 'import groups'
  const first = yield { kind, request: okta.page(endpoint, 1, 100), judge: isPageOf(1, 100) }
  const seen = resourcesOf(first)
  // The next page begins behind the last one that came: an endpoint may give fewer than were asked for.
  const next = seen.length + 1
  if (seen.length === 0) return
  const ids = new Set(seen.map((one) => textOf(one, 'id') ?? ''))
  yield { kind, request: okta.page(endpoint, next, 100), judge: isPageOf(next, 100, ids) }
}

/** Okta with both kinds of app, by turns: one made with the wizard, and one from the catalogue. */
export function simulateOkta(organisation: Organisation): SimulatedIdp {
  const known = createKnownIds()
  const people = () => existingPeople(organisation, known)
  const groups = () => existingGroups(organisation, known)
  const hasGroups = organisation.groups > 0

  function* userUpdates(): Generator<Conversation> {
    for (const subject of people()) {
      const update = updateUser(known, subject)
      if (update) yield update
    }
  }

  return {
    displayName: 'Okta',
    headers: oktaHeaders,
    consequences: oktaConsequences,
    phases: [
      { name: 'connection test', isGate: true, conversations: [testConnection(hasGroups)], most: 1 },
      {
        name: 'assignments',
        conversations: each(everybody(organisation), (person) => provisionUser(known, person)),
        most: organisation.users,
      },
      {
        name: 'group push',
        conversations: each(everyGroup(organisation), (group) => pushGroup(organisation, known, group)),
        most: organisation.groups,
      },
      { name: 'profile updates', conversations: userUpdates(), most: organisation.users },
      {
        name: 'group updates',
        conversations: each(groups(), (group) => updateGroup(organisation, known, group)),
        most: organisation.groups,
      },
      {
        name: 'import',
        conversations: (hasGroups ? (['/Users', '/Groups'] as const) : (['/Users'] as const)).map(importPages),
        most: hasGroups ? 2 : 1,
      },
    ],
    deprovisioning: [
      { name: 'unassignments', conversations: each(people(), unassignUser), most: organisation.users },
      { name: 'unlinked groups', conversations: each(groups(), unlinkGroup), most: organisation.groups },
    ],
  }
}
