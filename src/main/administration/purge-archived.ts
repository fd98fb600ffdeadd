import { kinds } from '../store/resource-kind.ts'
import { type AdministrationScope, directoryIdOf } from './administration-scope.ts'
import { purgeGroup } from './archived-groups.ts'
import { purgeUser } from './archived-users.ts'

export interface PurgedArchive {
  readonly users: number
  readonly groups: number
  /** Archived users that an integration acts as; they stay. */
  readonly kept: number
  readonly hasMore: boolean
}

/** Removes archived users and groups for good, so many at most: one short transaction of a long work. */
export function purgeArchived(
  scope: AdministrationScope,
  input: { readonly directory: string; readonly limit: number },
): PurgedArchive {
  const { directory, limit } = input
  const directoryId = directoryIdOf(scope, directory)
  const { store } = scope
  const actors = new Set(store.integrations.all().map((each) => each.administrator_seq))
  const users = store.rosters.archivedUserIds(directoryId, limit + actors.size)
  const going = users.filter((each) => !actors.has(each.seq)).slice(0, limit)
  for (const { id } of going) purgeUser(scope, { directory, who: id })
  const groups = store.rosters.archivedGroupIds(directoryId, limit - going.length)
  for (const id of groups) purgeGroup(scope, { directory, which: id })
  const archive = store.rosters.archiveSize(directoryId)
  const kept = [...actors].filter((seq) => {
    const user = store.users.bySeq(seq)
    return user !== undefined && user.archived_at !== null && user.directory_id === directoryId
  }).length
  return {
    users: going.length,
    groups: groups.length,
    kept,
    hasMore: archive[kinds.User] > kept || archive[kinds.Group] > 0,
  }
}
