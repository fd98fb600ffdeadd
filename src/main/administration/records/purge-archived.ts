import { type AdministrationScope, directoryIdOf } from '../administration-scope.ts'
import { purgeGroup } from './archived-groups.ts'
import { purgeUser } from './archived-users.ts'
import { purgeBudget } from './purge-budget.ts'

/** The `seq` of the users whom integrations act as; a purge of many leaves them. */
function actorsOf({ store }: AdministrationScope): ReadonlySet<number> {
  return new Set(store.integrations.all().map((each) => each.administrator_seq))
}

export interface PurgedUsers {
  readonly purged: readonly { readonly id: string; readonly userName: string }[]
  /** Of those that were dealt with, the users that an integration acts as; they stay. */
  readonly kept: number
  /** So many of the ids, from the first on, have been dealt with; the others are for the next time. */
  readonly done: number
}

/** Removes archived users for good, as many of them as there is time for. One who is not archived any more is left out. */
export function purgeUsers(
  scope: AdministrationScope,
  { directory, ids }: { readonly directory: string; readonly ids: readonly string[] },
): PurgedUsers {
  const directoryId = directoryIdOf(scope, directory)
  const actors = actorsOf(scope)
  const budget = purgeBudget(scope)
  const purged: { readonly id: string; readonly userName: string }[] = []
  let [kept, done] = [0, 0]
  for (const id of ids) {
    if (done > 0 && budget.isSpent(done)) break
    done += 1
    const user = scope.store.users.any(directoryId, id)
    if (!user || user.archived_at === null) continue
    if (actors.has(user.seq)) kept += 1
    else purged.push(purgeUser(scope, { directory, who: id }))
  }
  return { purged, kept, done }
}

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
  const actors = actorsOf(scope)
  const budget = purgeBudget(scope)
  let [users, groups] = [0, 0]
  const isOver = () => users + groups === limit || (users + groups > 0 && budget.isSpent(users + groups))
  for (const { id, seq } of store.rosters.archivedUserIds(directoryId, limit + actors.size)) {
    if (isOver()) break
    if (actors.has(seq)) continue
    purgeUser(scope, { directory, who: id })
    users += 1
  }
  if (!isOver())
    for (const id of store.rosters.archivedGroupIds(directoryId, limit - users)) {
      // One of many members takes several of these steps.
      if (isOver() || purgeGroup(scope, { directory, which: id }, budget).hasMore) break
      groups += 1
    }
  const kept = [...actors].filter((seq) => {
    const user = store.users.bySeq(seq)
    return user !== undefined && user.archived_at !== null && user.directory_id === directoryId
  }).length
  // To count all that is left, step by step, took longer than to purge it.
  const hasMore =
    store.rosters.archivedUserIds(directoryId, kept + 1).length > kept ||
    store.rosters.archivedGroupIds(directoryId, 1).length > 0
  return { users, groups, kept, hasMore }
}
