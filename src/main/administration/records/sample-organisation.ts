import { normalizeResource } from '../../../scim/normalize/normalize.ts'
import { groupSchemaUrn } from '../../../scim/urn.ts'
import { insertGroup } from '../../directory/write/group-record.ts'
import { archiveGroup } from '../../directory/write/group-writes.ts'
import { changeMembers, concludeMembership, emptyTally } from '../../directory/membership.ts'
import { insertUser } from '../../directory/write/user-record.ts'
import { archiveUser } from '../../directory/write/user-writes.ts'
import { kinds } from '../../store/resources/resource-kind.ts'
import { type AdministrationScope, directoryIdOf, writeScopeOf } from '../administration-scope.ts'
import { purgeGroup } from './archived-groups.ts'
import { noBudget } from './purge-budget.ts'
import { purgeUser } from './archived-users.ts'
import { Refusal } from '../refusal.ts'
import { sampleGroups, samplePeople, sampleResource } from './sample-people.ts'

interface Which {
  readonly directory: string
}

export interface SampleSize {
  readonly users: number
  readonly groups: number
}

/** Fills a directory with people and groups to look at. Throws `Refusal` when they are there already. */
export function addSample(scope: AdministrationScope, input: Which): SampleSize {
  const directoryId = directoryIdOf(scope, input.directory)
  const { store } = scope
  if (store.samples.ids(directoryId, kinds.User).length > 0)
    throw new Refusal('The sample organisation is there already. Remove it before you add it again.')
  const write = writeScopeOf(scope, directoryId)
  const byDepartment = new Map<string, string[]>()
  for (const [n, person] of samplePeople.entries()) {
    const resource = normalizeResource(write.models.user, sampleResource(person, n + 1), {
      notes: write.notes,
      purpose: 'create',
    })
    const { id } = insertUser(write, resource, { source: 'local', role: 'user' })
    store.samples.add(directoryId, kinds.User, id)
    byDepartment.set(person.department, [...(byDepartment.get(person.department) ?? []), id])
  }
  for (const [displayName, departments] of sampleGroups) {
    const group = insertGroup(write, { schemas: [groupSchemaUrn], displayName }, 'local')
    store.samples.add(directoryId, kinds.Group, group.id)
    const tally = emptyTally()
    const values = departments.flatMap((each) => byDepartment.get(each) ?? [])
    changeMembers(write, group, { kind: 'add', values }, tally)
    concludeMembership(write, group, tally)
  }
  return { users: samplePeople.length, groups: sampleGroups.size }
}

/** Removes the sample for good, archived parts included. What an IdP manages by now, or acts as an administrator, is kept. */
export function removeSample(
  scope: AdministrationScope,
  input: Which,
): SampleSize & {
  /** How many stay, no longer as part of the sample. */
  readonly kept: number
} {
  const directoryId = directoryIdOf(scope, input.directory)
  const { store } = scope
  const write = writeScopeOf(scope, directoryId)
  const removed = { users: 0, groups: 0, kept: 0 }
  for (const id of store.samples.ids(directoryId, kinds.Group)) {
    const group = store.groups.any(directoryId, id)
    if (!group) continue
    if (group.source === 'scim') {
      removed.kept += 1
      continue
    }
    if (group.archived_at === null) archiveGroup(write, group)
    purgeGroup(scope, { directory: input.directory, which: id }, noBudget)
    removed.groups += 1
  }
  for (const id of store.samples.ids(directoryId, kinds.User)) {
    const user = store.users.any(directoryId, id)
    if (!user) continue
    if (user.source === 'scim' || user.role !== 'user') {
      removed.kept += 1
      continue
    }
    if (user.archived_at === null) archiveUser(write, user)
    purgeUser(scope, { directory: input.directory, who: id })
    removed.users += 1
  }
  store.samples.clear(directoryId)
  return removed
}
