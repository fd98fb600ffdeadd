import { styleText } from 'node:util'
import type { SimulatedIdpId } from '../../idp/simulated/simulated-idps.ts'
import type { FoundProblem } from '../../main/diagnosis/simulation/found-problems.ts'
import type { SimulationReport } from '../../main/diagnosis/simulation/run-simulation.ts'
import { simulationVerdict } from '../../main/diagnosis/simulation/verdict.ts'
import { amount } from '../../main/text/amount.ts'
import { leftBehindLines } from './left-behind.ts'
import { printable } from '../terminal/printable.ts'
import { tableLines } from '../terminal/table.ts'

/** More are counted, not shown. */
const mostProblems = 20
const longestBody = 300

interface Simulated {
  readonly idp: SimulatedIdpId
  readonly url: string
  readonly users: number
  readonly groups: number
  readonly seed: number
}

/** The one object that `--json` prints. */
export function simulationJson(simulated: Simulated, report: SimulationReport): unknown {
  const { outcome, requests, waits, problems, leftBehind, kept } = report
  return {
    ok: outcome === 'passed',
    outcome,
    ...simulated,
    requests,
    waits,
    problems: problems.slice(0, mostProblems),
    moreProblems: Math.max(0, problems.length - mostProblems),
    leftBehind,
    kept,
  }
}

function shortened(text: string): string {
  return text.length > longestBody ? `${text.slice(0, longestBody)}…` : text
}

function problemLines(problem: FoundProblem, number: number): readonly string[] {
  const { kind, times, request, seen, consequence } = problem
  return [
    styleText('bold', `${number}. ${kind}${times > 1 ? `, ${times} times` : ''}`),
    `   sent      ${printable(request.method)} ${printable(request.url)}`,
    ...(request.body === undefined ? [] : [`             ${printable(shortened(request.body))}`]),
    `   got       ${printable(seen)}`,
    `   therefore ${consequence}`,
    '',
  ]
}

function verdictLine(report: SimulationReport): string {
  const sentence = simulationVerdict(report)
  if (report.outcome === 'interrupted') return sentence
  return `${report.outcome === 'passed' ? styleText('green', '✓') : styleText('red', '✗')} ${sentence}`
}

function figureLines({ requests }: SimulationReport): readonly string[] {
  const ms = (value: number) => `${value} ms`
  const rows = requests.map(({ kind, count, failures, medianMs, p95Ms, slowestMs }) => [
    kind,
    String(count),
    String(failures),
    ms(medianMs),
    ms(p95Ms),
    ms(slowestMs),
  ])
  return tableLines(['REQUEST', 'COUNT', 'FAILED', 'MEDIAN', 'P95', 'SLOWEST'], rows)
}

/** For a person: what was sent, what was wrong with the answers, and what follows. */
export function simulationLines(report: SimulationReport): readonly string[] {
  const { problems, waits, kept, leftBehind } = report
  return [
    '',
    ...figureLines(report),
    '',
    ...problems.slice(0, mostProblems).flatMap((problem, n) => problemLines(problem, n + 1)),
    ...(problems.length > mostProblems ? [`… and ${problems.length - mostProblems} more.`, ''] : []),
    ...(waits > 0 ? [`The endpoint asked to wait ${amount(waits, 'time')}, and that was done.`] : []),
    ...(kept > 0 ? [`Left at the endpoint, as asked: ${amount(kept, 'resource')}.`] : []),
    ...leftBehindLines(leftBehind),
    verdictLine(report),
  ]
}
