import { isMet, type Finding, type Goal } from '../goals/goal.ts'

/** What came of one goal in this run. */
export type Outcome =
  | { readonly kind: 'measured'; readonly goal: Goal; readonly finding: Finding }
  | { readonly kind: 'not measured'; readonly goal: Goal; readonly reason: string }

export type Verdict = 'met' | 'not met' | 'wrong answers' | 'not measured'

export function verdictOf(outcome: Outcome): Verdict {
  if (outcome.kind === 'not measured') return 'not measured'
  const { parts, wrong } = outcome.finding
  if (wrong.length > 0) return 'wrong answers'
  return parts.length > 0 && parts.every(isMet) ? 'met' : 'not met'
}
