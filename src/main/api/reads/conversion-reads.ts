import type { LeftBehind } from '../../conversion/plan/plan-views.ts'
import type { PlannedUser } from '../../conversion/plan/planned-user.ts'
import type { PlanFilter } from '../../store/plan/plan-reads.ts'
import type { ReadSources } from './read-sources.ts'

interface Behind<After> {
  /** The preview. */
  readonly id: string
  readonly after: After
  readonly limit: number
}

/** Users of a preview behind one of them. Throws `Refusal` for a preview that is gone, as the others do. */
export function plannedUsers(
  { planViews }: ReadSources,
  { id, filter, after, limit }: Behind<number> & { readonly filter: PlanFilter },
): readonly PlannedUser[] {
  return planViews.users(id, filter, after, limit)
}

/** UserNames that an identity provider would create anew, behind a folded one. */
export function soughtAnew({ planViews }: ReadSources, { id, after, limit }: Behind<string>): readonly string[] {
  return planViews.created(id, after, limit)
}

/** Users whom it would leave behind, behind one of them. */
export function leftBehind({ planViews }: ReadSources, { id, after, limit }: Behind<number>): readonly LeftBehind[] {
  return planViews.leftBehind(id, after, limit)
}

/** How many old user IDs a job has left behind that nobody has given back. */
export function countOldUserIds({ reads }: ReadSources, { job }: { readonly job: number }): number {
  return reads.aliases.countOfJob(job)
}
