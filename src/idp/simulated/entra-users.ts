import { idOf } from './answer-content.ts'
import type { EntraRequests, Operation } from './entra-requests.ts'
import type { ExistingPerson } from './existing.ts'
import { findsExactly, findsNobody } from './judge-lookup.ts'
import { isCreated, isGone, isUpdated, refusal, showsActive } from './judge-resource.ts'
import type { KnownIds } from './known-ids.ts'
import type { SimulatedPerson } from './organisation.ts'
import type { Conversation } from './turn.ts'

export function* provisionUser(entra: EntraRequests, known: KnownIds, person: SimulatedPerson): Conversation {
  const { userName } = person
  const judge = findsNobody('userName', userName)
  const found = yield { kind: 'look up user', request: entra.lookUpUser(userName), judge }
  if (judge(found) !== undefined) return
  const isMade = isCreated(userName)
  const created = yield {
    kind: 'create user',
    request: entra.createUser(person),
    judge: isMade,
    creates: { endpoint: '/Users', name: userName },
  }
  const id = idOf(created)
  if (isMade(created) !== undefined || id === undefined) return
  known.linkUser(person.index, id)
  yield { kind: 'look up user again', request: entra.lookUpUser(userName), judge: findsExactly(id) }
}

/** Entra sends the text "False" unless the tenant URL carries aadOptscim062020. */
const activeText = (isActive: boolean): Operation => ({
  op: 'Replace',
  path: 'active',
  value: isActive ? 'True' : 'False',
})

/** Disables or restores a user, and looks whether that is so. */
export function* setActive(entra: EntraRequests, id: string, isActive: boolean): Conversation {
  yield {
    kind: isActive ? 'restore user' : 'disable user',
    request: entra.patch(`/Users/${encodeURIComponent(id)}`, activeText(isActive)),
    judge: isUpdated,
  }
  yield { kind: 'read active back', request: entra.readUser(id), judge: showsActive(isActive) }
}

/** Soft delete first; the DELETE follows when the user is purged, thirty days later. */
export function* deprovisionUser(entra: EntraRequests, { id }: ExistingPerson): Conversation {
  yield* setActive(entra, id, false)
  const path = `/Users/${encodeURIComponent(id)}`
  yield { kind: 'delete user', request: entra.remove(path), judge: (answer) => refusal(answer, 204, 200) }
  yield { kind: 'read deleted user', request: entra.readUser(id), judge: isGone, provesGone: id }
}
