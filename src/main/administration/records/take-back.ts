import { ScimError } from '../../../scim/error.ts'
import type { Resource } from '../../../scim/json/json.ts'
import type { ResourceModel } from '../../../scim/model/resource-model.ts'
import { idpValueOf, recordMemberDrift } from '../../directory/drift.ts'
import { groupResource, updateGroup } from '../../directory/write/group-record.ts'
import { changeMembers, concludeMembership, emptyTally } from '../../directory/membership.ts'
import { withValue } from '../../directory/resource-values.ts'
import { updateUser, userResource } from '../../directory/write/user-record.ts'
import type { DriftRow } from '../../store/resources/drift.ts'
import { kinds } from '../../store/resources/resource-kind.ts'
import { type AdministrationScope, directoryIdOf, writeScopeOf } from '../administration-scope.ts'
import { presentGroup } from './edit-groups.ts'
import { presentUser } from './edit-users.ts'
import { Refusal } from '../refusal.ts'
import { isActiveAdministrator, requireAdministrator } from './user-standing.ts'

interface Which {
  readonly directory: string
  readonly id: string
  /** As drift names them; `members` are those of a group. Null is all that has drifted. */
  readonly attributes: readonly string[] | null
}

/** Which attributes are again as the IdP wrote them. */
export interface TakenBack {
  readonly attributes: readonly string[]
}

function chosen(rows: readonly DriftRow[], { attributes }: Which): readonly DriftRow[] {
  return attributes === null ? rows : rows.filter((row) => attributes.includes(row.attribute))
}

function asTheIdpHasIt(model: ResourceModel, resource: Resource, rows: readonly DriftRow[]): Resource {
  return rows.reduce((before, row) => withValue(model, before, row.attribute, idpValueOf(row)), resource)
}

/** The IdP's value may not be possible any more: somebody else may have the userName by now. */
function refusedAsSuch<Result>(name: string, run: () => Result): Result {
  try {
    return run()
  } catch (error) {
    if (error instanceof ScimError) throw new Refusal(`The value cannot be taken back for "${name}". ${error.detail}`)
    throw error
  }
}

/** Gives a user again the values that its IdP wrote last. */
export function takeBackUser(scope: AdministrationScope, input: Which): TakenBack {
  const directoryId = directoryIdOf(scope, input.directory)
  const user = presentUser(scope, directoryId, input.id)
  const write = writeScopeOf(scope, directoryId)
  const rows = chosen(scope.store.drift.ofResource(kinds.User, user.seq), input)
  const resource = asTheIdpHasIt(write.models.user, userResource(user, undefined), rows)
  refusedAsSuch(user.user_name, () => updateUser(write, user, resource, 'patch'))
  requireAdministrator(scope, directoryId, isActiveAdministrator(user))
  return { attributes: rows.map((each) => each.attribute) }
}

/** More than this many members are not put back at once. */
const mostMembers = 10_000

/**
 * Gives a group again the values and the members that its IdP wrote last. Members that SCIM does not see any more, archived or local
 * administrators by now, are passed over.
 */
export function takeBackGroup(scope: AdministrationScope, input: Which): TakenBack {
  const directoryId = directoryIdOf(scope, input.directory)
  const group = presentGroup(scope, directoryId, input.id)
  const write = writeScopeOf(scope, directoryId)
  const { drift } = scope.store
  const rows = chosen(drift.ofResource(kinds.Group, group.seq), input)
  const resource = asTheIdpHasIt(write.models.group, groupResource(group, undefined), rows)
  const after = refusedAsSuch(group.display_name, () => updateGroup(write, group, resource, 'patch'))
  const taken = rows.map((each) => each.attribute)
  if (input.attributes !== null && !input.attributes.includes('members')) return { attributes: taken }
  const members = drift.members(group.seq, mostMembers)
  const isSeen = (id: string) => scope.store.memberships.find(directoryId, id)?.hidden === 0
  const idsOf = (wasMember: number) =>
    members.flatMap(({ id, was_member: was }) => (was === wasMember && id !== null && isSeen(id) ? id : []))
  const tally = emptyTally()
  refusedAsSuch(group.display_name, () => {
    changeMembers(write, after, { kind: 'remove', values: idsOf(0) }, tally)
    changeMembers(write, after, { kind: 'add', values: idsOf(1) }, tally)
  })
  recordMemberDrift(write, after, tally)
  concludeMembership(write, after, tally)
  return { attributes: members.length === 0 ? taken : [...taken, 'members'] }
}
