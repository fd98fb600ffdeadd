/** What follows for a user from itself and the options. `left` is for an undo: it has been changed since. */
export type PlanBasis = 'rename' | 'already' | 'no-address' | 'invalid' | 'protected' | 'left'

/** What the plan does to a user in the end. */
export type PlanOutcome =
  | 'converts'
  | 'merges'
  | 'already'
  | 'no-address'
  | 'invalid'
  | 'conflict'
  | 'protected'
  | 'skipped'
  | 'left'

export const planOutcomes: readonly PlanOutcome[] = [
  'converts',
  'merges',
  'already',
  'no-address',
  'invalid',
  'conflict',
  'protected',
  'skipped',
  'left',
]

/**
 * Why a target cannot be had: another user would get the same; somebody has it, or an archived user had it; who has it would leave it but
 * cannot; too many users wait for each other in a circle.
 */
export type PlanConflict = 'same-target' | 'taken' | 'taken-archived' | 'blocked' | 'long-cycle'

/** What the admin decided about a user: another target, to leave it, or to merge it into the one in its way. */
export type PlanFix = 'address' | 'skip' | 'merge'

/** A row of `plan`. */
export interface PlanRow {
  readonly seq: number
  readonly id: string
  /** The version of the user that was looked at. */
  readonly version: number
  readonly user_name: string
  readonly user_name_key: string | null
  readonly is_scim: number
  readonly is_hidden: number
  readonly basis: PlanBasis
  /** Why there is no target, or none that can be used: a code of the plan's maker. */
  readonly reason: string | null
  /** Where the target comes from: a code of the plan's maker. */
  readonly origin: string | null
  /** The target without a fix. */
  readonly derived: string | null
  readonly fix: PlanFix | null
  /** The target that the admin chose. */
  readonly chosen: string | null
  readonly target: string | null
  readonly target_key: string | null
  readonly outcome: PlanOutcome
  readonly conflict: PlanConflict | null
  /** The user in the way, or the one to be merged into: its `seq`. */
  readonly rival: number | null
}

export const planColumns = `seq, id, version, user_name, user_name_key, is_scim, is_hidden, basis, reason, origin, derived, fix, chosen,
  target, target_key, outcome, conflict, rival`

/** What a plan does to a user as long as nobody is in the way. */
export function undisputedOutcome({ basis, fix }: Pick<PlanRow, 'basis' | 'fix'>): PlanOutcome {
  if (fix === 'skip') return 'skipped'
  if (fix === 'merge') return 'merges'
  if (fix === 'address') return 'converts'
  return basis === 'rename' ? 'converts' : basis
}
