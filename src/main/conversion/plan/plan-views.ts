import { fold } from '../../../scim/text/fold.ts'
import { preparePlanMatches } from '../../store/plan/match-plan.ts'
import { type PlanFilter, preparePlanReads } from '../../store/plan/plan-reads.ts'
import type { StoreReads } from '../../store/store-reads.ts'
import { plannedUser, type PlannedUser } from './planned-user.ts'
import { planCsv } from './plan-csv.ts'
import type { Plans } from './plans.ts'
import { suggestTarget } from '../targets/suggest-target.ts'

/** A user whom an identity provider would not ask for; `target` is what it would be called. */
export interface LeftBehind {
  readonly seq: number
  readonly userName: string
  readonly target: string | undefined
}

/** What a person sees of previews. All of it throws `Refusal` for one that is gone. */
export function createPlanViews(reads: StoreReads, plans: Plans) {
  function rivalOf(seq: number): PlannedUser['rival'] {
    const row = reads.users.bySeq(seq)
    return row && { id: row.id, userName: row.user_name }
  }

  /** The users of a preview behind one of them, by `seq`. */
  function users(id: string, filter: PlanFilter, afterSeq: number, limit: number): readonly PlannedUser[] {
    const startsWith = filter.startsWith === undefined ? undefined : fold(filter.startsWith.trim())
    return plans.use(id, 'read', (connection) => {
      const plan = preparePlanReads(connection)
      return plan
        .page({ ...filter, startsWith }, afterSeq, limit)
        .map((row) => plannedUser(row, { rivalOf, othersOf: plan.others }))
    })
  }

  return {
    users,
    user: (id: string, userId: string): PlannedUser | undefined =>
      plans.use(id, 'read', (connection) => {
        const plan = preparePlanReads(connection)
        const row = plan.byId(userId)
        return row && plannedUser(row, { rivalOf, othersOf: plan.others })
      }),
    /** Another target for a user, which nobody has; undefined where there is none to start from, or none near. */
    suggest(id: string, userId: string): string | undefined {
      const { directoryId } = plans.get(id).head
      return plans.use(id, 'read', (connection) => {
        const plan = preparePlanReads(connection)
        const derived = plan.byId(userId)?.derived ?? undefined
        const isFree = (target: string) => {
          const key = fold(target)
          return plan.isFree(key) && reads.users.byUserNameKey(directoryId, key) === undefined
        }
        return derived === undefined ? undefined : suggestTarget(derived, isFree)
      })
    },
    /** UserNames that the identity provider would create anew, behind a folded one. */
    created: (id: string, afterKey: string, limit: number): readonly string[] =>
      plans.use(id, 'read', (connection) => preparePlanMatches(connection).created(afterKey, limit)),
    leftBehind: (id: string, afterSeq: number, limit: number): readonly LeftBehind[] =>
      plans.use(id, 'read', (connection) =>
        preparePlanMatches(connection)
          .leftBehind(afterSeq, limit)
          .map(({ seq, user_name, target }) => ({ seq, userName: user_name, target: target ?? undefined })),
      ),
    /** The lines of a CSV file; no spreadsheet runs what stands in it. */
    csv: (id: string, filter: PlanFilter): Generator<string> =>
      planCsv((afterSeq, limit) => users(id, filter, afterSeq, limit)),
    /** Old user IDs of the admin's list that nobody has: how many, and the first of them. */
    unusedOfList: (id: string): { readonly count: number; readonly first: readonly string[] } =>
      plans.use(id, 'read', (connection) => preparePlanReads(connection).unused(5)),
  }
}
