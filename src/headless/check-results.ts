import { styleText } from 'node:util'
import type { Verdict } from '../main/diagnosis/check/check.ts'
import type { CheckReport, CheckResult } from '../main/diagnosis/check/run-check.ts'
import { isFailure, summarise } from '../main/diagnosis/check/summary.ts'
import { amount } from './amount.ts'
import type { CommandContext } from './command-context.ts'
import { sayLeftBehind } from './left-behind.ts'
import { printable } from './printable.ts'

function outcomeJson(verdict: Verdict): object {
  if (verdict.outcome !== 'failed') return verdict
  const { outcome, expected, seen } = verdict
  return { outcome, expected, seen }
}

/** The one object that `--json` prints. */
export function checkJson(report: CheckReport, url: string, file: string | undefined): unknown {
  const { ok, ...counts } = summarise(report)
  return {
    ok,
    url,
    interrupted: report.interrupted,
    ...counts,
    checks: report.groups.flatMap(({ subject, results }) =>
      results.map(({ id, title, basis, weight, verdict, evidence }) => ({
        subject,
        id,
        title,
        basis,
        weight,
        ...outcomeJson(verdict),
        // The exchange that shows it; --report has all of them.
        ...(evidence ? { exchange: evidence } : {}),
      })),
    ),
    leftBehind: report.leftBehind,
    ...(file === undefined ? {} : { report: file }),
  }
}

function resultLines(result: CheckResult): readonly string[] {
  const { title, verdict, weight, basis, evidence } = result
  switch (verdict.outcome) {
    case 'passed':
      return [`  ${styleText('green', '✓')} ${title}`]
    case 'skipped':
      return [`  – ${title} (${printable(verdict.reason)})`]
    case 'failed': {
      const request = evidence?.request
      return [
        `  ${isFailure(result) ? styleText('red', '✗') : styleText('yellow', '!')} ${title} [${weight}: ${basis}]`,
        `      expected  ${printable(verdict.expected)}`,
        `      seen      ${printable(verdict.seen)}`,
        ...(request ? [`      after     ${printable(request.method)} ${printable(request.url)}`] : []),
      ]
    }
    default:
      return verdict satisfies never
  }
}

/** For a person: a line for each check by subject, then how many, then what follows. */
export function printCheck(context: CommandContext, report: CheckReport, file: string | undefined): void {
  for (const { subject, results } of report.groups) {
    context.say(styleText('bold', subject))
    for (const result of results) for (const line of resultLines(result)) context.say(line)
    context.say('')
  }
  const { passed, failed, warnings, skipped, ok } = summarise(report)
  context.say(`${passed} passed, ${failed} failed, ${amount(warnings, 'warning')}, ${skipped} skipped.`)
  sayLeftBehind(context, report.leftBehind)
  if (file !== undefined) context.say(`The report is in ${file}.`)
  if (report.interrupted) return context.say('Interrupted before the end.')
  context.say(
    ok
      ? `${styleText('green', '✓')} The endpoint does what it must.`
      : `${styleText('red', '✗')} The endpoint fails ${amount(failed, 'check')} that it must pass.`,
  )
}
