import { amount } from '../../text/amount.ts'
import type { CheckReport } from './run-check.ts'
import { summarise } from './summary.ts'

export interface CheckVerdict {
  readonly look: 'passed' | 'failed' | 'warning'
  readonly sentence: string
}

/** What came of a check of an endpoint, in a sentence or two. */
export function checkVerdict(report: CheckReport): CheckVerdict {
  const { ok, failed, warnings } = summarise(report)
  if (report.interrupted) return { look: 'warning', sentence: 'Interrupted before the end.' }
  if (report.fellSilent)
    return { look: 'failed', sentence: 'The endpoint stopped answering before the end: the rest was not tried.' }
  if (!ok) return { look: 'failed', sentence: `The endpoint fails ${amount(failed, 'check')} that it must pass.` }
  return {
    look: 'passed',
    sentence:
      warnings === 0
        ? 'The endpoint does what it must, and what it should.'
        : `The endpoint does what it must. It fails ${amount(warnings, 'check')} that it should or may pass.`,
  }
}
