import type { PlanFix, PlanOutcome, PlanRow } from '../../store/plan/plan-row.ts'

/** A user in a preview, as a person sees it. */
export interface PlannedUser {
  readonly seq: number
  readonly id: string
  readonly userName: string
  readonly outcome: PlanOutcome
  /** What the user ID would become, also where that cannot be. */
  readonly target: string | undefined
  /** Where the target comes from: a source, or `chosen`. */
  readonly origin: string | undefined
  /** Why it is not converted: a code, see reasons.ts. */
  readonly reason: string | undefined
  /** The user in the way, or the one to be merged into. */
  readonly rival: { readonly id: string; readonly userName: string } | undefined
  /** How many others would get the same, where that is in the way; counted up to a thousand. */
  readonly others: number | undefined
  readonly isScimManaged: boolean
  readonly fix: PlanFix | undefined
  /** What can be decided about this user. */
  readonly fixes: readonly PlanFix[]
}

/** Which fixes a user's row allows. */
export function possibleFixes(row: PlanRow): readonly PlanFix[] {
  if (row.basis === 'protected' || row.basis === 'left' || row.is_hidden === 1) return []
  const isOpen = row.basis === 'rename' || row.fix !== null
  const canMerge = row.fix === 'merge' || row.conflict === 'same-target' || row.conflict === 'taken'
  return ['address', ...(isOpen ? (['skip'] as const) : []), ...(canMerge ? (['merge'] as const) : [])]
}

/** What a row leaves open: the user in the way, and how many others want a folded userName. */
interface Lookups {
  rivalOf(seq: number): PlannedUser['rival']
  othersOf(key: string): number
}

/** A row as a person sees it. */
export function plannedUser(row: PlanRow, { rivalOf, othersOf }: Lookups): PlannedUser {
  const reason = row.conflict ?? (row.fix === 'skip' ? 'chosen' : row.fix === null ? row.reason : null)
  return {
    seq: row.seq,
    id: row.id,
    userName: row.user_name,
    outcome: row.outcome,
    target: row.target ?? undefined,
    origin: row.fix === 'address' ? 'chosen' : (row.origin ?? undefined),
    reason: reason ?? undefined,
    rival: row.rival === null ? undefined : rivalOf(row.rival),
    others: row.conflict === 'same-target' && row.target_key !== null ? othersOf(row.target_key) : undefined,
    isScimManaged: row.is_scim === 1,
    fix: row.fix ?? undefined,
    fixes: possibleFixes(row),
  }
}
