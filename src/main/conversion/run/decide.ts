import { fold } from '../../../scim/text/fold.ts'
import { unreachable } from '../../../scim/unreachable.ts'
import { Refusal } from '../../administration/refusal.ts'
import type { Connection } from '../../store/file/open-database.ts'
import { type NewFix, preparePlanFixes } from '../../store/plan/fix-plan.ts'
import { preparePlanMeta, type PlanCounts } from '../../store/plan/plan-meta.ts'
import type { PlanRow } from '../../store/plan/plan-row.ts'
import type { Direction } from '../targets/conversion-options.ts'
import { targetProblem } from '../targets/derive-target.ts'
import { possibleFixes } from '../plan/planned-user.ts'
import type { Plan } from '../plan/plans.ts'
import { reasonSentence } from '../reasons.ts'

/** What the admin decides about one user of a preview; `none` takes a decision back. */
export type Decision =
  | { readonly kind: 'address'; readonly target: string }
  | { readonly kind: 'skip' }
  | { readonly kind: 'merge' }
  | { readonly kind: 'none' }

function refusalOf(row: PlanRow): Refusal {
  const possible = possibleFixes(row)
  return new Refusal(
    possible.length === 0
      ? `Nothing can be decided about "${row.user_name}". ${reasonSentence(row.reason ?? '')}`
      : `That cannot be decided about "${row.user_name}". Possible are: ${possible.join(', ')}.`,
  )
}

/** What a decision makes of a user's row. Throws `Refusal` where it cannot be made. */
function fixOf(row: PlanRow, decision: Decision, direction: Direction): NewFix {
  if (decision.kind !== 'none' && !possibleFixes(row).includes(decision.kind)) throw refusalOf(row)
  switch (decision.kind) {
    case 'address': {
      const target = decision.target.trim()
      const problem = targetProblem(direction, target)
      if (problem) throw new Refusal(`"${target}" cannot be used. ${reasonSentence(problem)}`)
      return { fix: 'address', target, target_key: fold(target), rival: null }
    }
    case 'skip':
      return { fix: 'skip', target: row.derived, target_key: null, rival: null }
    case 'merge':
      return { fix: 'merge', target: row.target, target_key: null, rival: row.rival }
    case 'none': {
      const isRename = row.basis === 'rename' && row.derived !== null
      return { fix: null, target: row.derived, target_key: isRename ? fold(row.derived) : null, rival: null }
    }
    default:
      return unreachable(decision)
  }
}

function recount(counts: PlanCounts, before: readonly PlanRow[], after: readonly PlanRow[]): PlanCounts {
  const result = { ...counts }
  for (const { outcome } of before) result[outcome] -= 1
  for (const { outcome } of after) result[outcome] += 1
  return result
}

/**
 * Makes a decision in a plan, with all that follows from it for others; returns false where so much follows that the plan has to be settled
 * anew. Throws `Refusal` where the decision cannot be made.
 */
export function applyDecision(connection: Connection, plan: Plan, row: PlanRow, decision: Decision): boolean {
  const { head } = plan
  const direction = head.purpose === 'conversion' ? head.options.direction : 'to-short-name'
  const fixes = preparePlanFixes(connection)
  const rival = decision.kind === 'merge' && row.rival !== null ? fixes.bySeq(row.rival) : undefined
  if (rival?.is_hidden === 1)
    throw new Refusal(`"${row.user_name}" cannot be merged into a local administrator. Choose another address.`)
  const before = fixes.apply(row, fixOf(row, decision, direction))
  const after = before?.flatMap(({ seq }) => fixes.bySeq(seq) ?? [])
  const meta = preparePlanMeta(connection)
  if (before && after) meta.set('counts', recount(plan.counts, before, after))
  meta.set('fixes', plan.fixes + (row.fix === null ? 1 : 0) - (decision.kind === 'none' ? 1 : 0))
  return before !== undefined
}
