import { changeMembers, concludeMembership, emptyTally } from '../../directory/membership.ts'
import { archiveUser } from '../../directory/write/user-writes.ts'
import type { WriteScope } from '../../directory/write/write-scope.ts'
import type { JobRow } from '../../store/jobs/jobs.ts'
import type { UserRow } from '../../store/resources/users.ts'
import type { ItemOutcome } from './run-batch.ts'
import type { MergeTarget } from './run-item.ts'

interface Merge {
  readonly write: WriteScope
  readonly job: JobRow
}

/** Why a user cannot be merged into another, if so. */
function mergeProblem(
  { store }: WriteScope,
  user: UserRow,
  into: UserRow | undefined,
  planned: MergeTarget | null,
): string | undefined {
  if (!into || into.archived_at !== null || into.hidden === 1 || into.seq === user.seq) return 'merge-target-gone'
  // A purged user's place in the store is given to the next one, who is a stranger.
  if (into.id !== planned?.id) return 'merge-target-gone'
  // Whoever has another userName by now, or did not get the planned one, may be somebody else than the admin took it for.
  if (into.user_name !== planned.userName) return 'merge-target-changed'
  // Whoever administers something would take that with it.
  if (user.role !== 'user' || store.integrations.all().some((each) => each.administrator_seq === user.seq))
    return 'merge-has-role'
  return undefined
}

/** The groups that a user is a member of itself. */
function ownGroups({ store, directoryId }: WriteScope, user: UserRow) {
  return store.memberships
    .groupsOfUser(user.seq)
    .filter((each) => each.direct === 1)
    .flatMap(({ id }) => store.groups.listed(directoryId, id) ?? [])
}

/**
 * Merges a user into another one: that one joins its groups and is found by its userName; the user itself is archived. Attributes of the
 * other one stay as they are.
 */
export function mergeUser({ write, job }: Merge, user: UserRow, planned: MergeTarget | null): ItemOutcome {
  const { store } = write
  const into = planned ? store.users.bySeq(planned.seq) : undefined
  const problem = mergeProblem(write, user, into, planned)
  if (problem !== undefined || !into) return { kind: 'failed', reason: problem ?? 'merge-target-gone' }
  const joined: string[] = []
  for (const group of ownGroups(write, user)) {
    const tally = emptyTally()
    changeMembers(write, group, { kind: 'add', values: [into.id] }, tally)
    concludeMembership(write, group, tally)
    if (tally.added.has(into.id)) joined.push(group.id)
  }
  archiveUser(write, user)
  store.aliases.add({
    job_id: job.id,
    user_seq: user.seq,
    directory_id: job.directory_id,
    user_name: user.user_name,
    user_name_key: user.user_name_key,
    person_seq: into.seq,
    renamed_to: null,
    joined_groups: JSON.stringify(joined),
  })
  return { kind: 'done', count: 'merged' }
}

/** Takes the other user out of the groups that a merge had added it to. */
export function undoJoins(write: WriteScope, intoSeq: number, groupIds: readonly string[]): void {
  const into = write.store.users.bySeq(intoSeq)
  if (!into) return
  for (const id of groupIds) {
    const group = write.store.groups.listed(write.directoryId, id)
    if (!group) continue
    const tally = emptyTally()
    changeMembers(write, group, { kind: 'remove', values: [into.id] }, tally)
    concludeMembership(write, group, tally)
  }
}
