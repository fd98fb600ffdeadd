import { styleText } from 'node:util'
import { unreachable } from '../../scim/unreachable.ts'
import type { CheckReport, CheckResult } from '../../main/diagnosis/check/run-check.ts'
import type { Exchange } from '../../main/diagnosis/exchange.ts'
import { isFailure, summarise } from '../../main/diagnosis/check/summary.ts'
import { checkVerdict } from '../../main/diagnosis/check/verdict.ts'
import { amount } from '../../main/text/amount.ts'
import { leftBehindLines } from './left-behind.ts'
import { printable } from '../terminal/printable.ts'

function exchangeJson({ request, answer, problem, ms }: Exchange): object {
  const seen = answer && { status: answer.status, headers: answer.headers, text: answer.text }
  return { request, answer: seen, problem, ms }
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
        ...verdict,
        // The exchange that shows it; --report has all of them.
        ...(evidence ? { exchange: exchangeJson(evidence) } : {}),
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
      return unreachable(verdict)
  }
}

function verdictLine(report: CheckReport): string {
  const { look, sentence } = checkVerdict(report)
  if (report.interrupted) return sentence
  return `${look === 'passed' ? styleText('green', '✓') : styleText('red', '✗')} ${sentence}`
}

/** For a person: a line for each check by subject, then how many, then what follows. */
export function checkLines(report: CheckReport, file: string | undefined): readonly string[] {
  const { passed, failed, warnings, skipped } = summarise(report)
  return [
    ...report.groups.flatMap(({ subject, results }) => [
      styleText('bold', subject),
      ...results.flatMap(resultLines),
      '',
    ]),
    `${passed} passed, ${failed} failed, ${amount(warnings, 'warning')}, ${skipped} skipped.`,
    ...leftBehindLines(report.leftBehind),
    ...(file === undefined ? [] : [`The report is in ${file}.`]),
    verdictLine(report),
  ]
}
