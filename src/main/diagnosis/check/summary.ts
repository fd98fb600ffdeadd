import type { CheckReport, CheckResult } from './run-check.ts'

export interface Summary {
  readonly passed: number
  /** Failed checks that the endpoint must pass. */
  readonly failed: number
  /** Failed checks that it should or may pass. */
  readonly warnings: number
  readonly skipped: number
  readonly ok: boolean
}

export function isFailure({ verdict, weight }: CheckResult): boolean {
  return verdict.outcome === 'failed' && weight === 'must'
}

export function isWarning({ verdict, weight }: CheckResult): boolean {
  return verdict.outcome === 'failed' && weight !== 'must'
}

/** An endpoint is as it must be when no `must` has failed and everything was tried. */
export function summarise(report: CheckReport): Summary {
  const all = report.groups.flatMap((each) => each.results)
  const count = (isOne: (result: CheckResult) => boolean) => all.filter(isOne).length
  const failed = count(isFailure)
  return {
    passed: count(({ verdict }) => verdict.outcome === 'passed'),
    failed,
    warnings: count(isWarning),
    skipped: count(({ verdict }) => verdict.outcome === 'skipped'),
    ok: failed === 0 && !report.interrupted && !report.fellSilent,
  }
}
