import type { Scale } from '../scale.ts'
import type { Machine } from './machine.ts'
import { verdictOf, type Outcome } from './outcome.ts'

/** The run as data, for `--json FILE`. */
export function reportData(machine: Machine, scale: Scale, outcomes: readonly Outcome[]): unknown {
  return {
    machine,
    scale,
    goals: outcomes.map((outcome) => ({
      id: outcome.goal.id,
      subject: outcome.goal.subject,
      target: outcome.goal.target,
      verdict: verdictOf(outcome),
      ...(outcome.kind === 'measured' ? outcome.finding : { reason: outcome.reason }),
    })),
  }
}
