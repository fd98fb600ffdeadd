import type { Verdict, Weight } from './check/check.ts'
import { lookOf, type Look } from './check/report/check-section.ts'
import { answerText, requestText } from './check/report/exchange-text.ts'
import { reportPage, type ReportFacts } from './check/report/report-page.ts'
import type { CheckReport, CheckResult } from './check/run-check.ts'
import { summarise, type Summary } from './check/summary.ts'
import { checkVerdict } from './check/verdict.ts'
import type { Exchange, ShownRequest } from './exchange.ts'
import type { LeftBehind } from './made-resources.ts'
import type { KindFigures } from './simulation/request-figures.ts'
import type { SimulationReport } from './simulation/run-simulation.ts'
import { simulationVerdict } from './simulation/verdict.ts'

/** A request and its answer as text, cut off where they are long. */
export interface KeptExchange {
  readonly request: string
  readonly answer: string
}

export interface KeptCheck {
  readonly id: string
  readonly title: string
  readonly basis: string
  readonly weight: Weight
  readonly look: Look
  /** Of one that has failed. */
  readonly expected: string | undefined
  readonly seen: string | undefined
  /** Why it was left out. */
  readonly reason: string | undefined
  /** The exchange that shows what is not as expected. */
  readonly exchange: KeptExchange | undefined
}

export interface KeptProblem {
  readonly kind: string
  readonly times: number
  readonly request: string
  readonly seen: string
  readonly consequence: string
}

interface KeptOutcome {
  readonly look: 'passed' | 'failed' | 'warning'
  readonly verdict: string
  /** At most so many as a person can go through. */
  readonly leftBehind: readonly LeftBehind[]
  readonly moreLeftBehind: number
}

export interface KeptCheckResult extends KeptOutcome {
  readonly kind: 'check'
  readonly counts: Omit<Summary, 'ok'>
  readonly groups: readonly { readonly subject: string; readonly checks: readonly KeptCheck[] }[]
  /** The report for others, as a file. */
  readonly page: string
}

export interface KeptSimulationResult extends KeptOutcome {
  readonly kind: 'simulation'
  readonly requests: readonly KindFigures[]
  readonly waits: number
  readonly problems: readonly KeptProblem[]
  readonly moreProblems: number
  /** How many resources were left on purpose. */
  readonly kept: number
}

/** What the engine keeps in its memory of a test that is over: some MB at most, whatever an endpoint answers. */
export type KeptResult = KeptCheckResult | KeptSimulationResult

/** In characters. */
const longestMessage = 12 * 1024
const longestSentence = 2048
const longestHeader = 4096
const longestPage = 8 * 1024 * 1024
const mostProblems = 100
const mostLeftBehind = 200

function cut(text: string, most: number): string {
  return text.length > most ? `${text.slice(0, most)}\n… shortened here` : text
}

function keptExchange(exchange: Exchange): KeptExchange {
  return { request: cut(requestText(exchange), longestMessage), answer: cut(answerText(exchange), longestMessage) }
}

function keptLeftBehind(left: readonly LeftBehind[]): Pick<KeptOutcome, 'leftBehind' | 'moreLeftBehind'> {
  return {
    leftBehind: left.slice(0, mostLeftBehind).map(({ endpoint, id, name, reason }) => ({
      endpoint,
      id: id === undefined ? undefined : cut(id, longestSentence),
      name: cut(name, longestSentence),
      reason: cut(reason, longestSentence),
    })),
    moreLeftBehind: Math.max(0, left.length - mostLeftBehind),
  }
}

function keptCheck(result: CheckResult): KeptCheck {
  const { id, title, basis, weight, verdict, evidence } = result
  return {
    id,
    title,
    basis,
    weight,
    look: lookOf(result),
    expected: verdict.outcome === 'failed' ? cut(verdict.expected, longestSentence) : undefined,
    seen: verdict.outcome === 'failed' ? cut(verdict.seen, longestSentence) : undefined,
    reason: verdict.outcome === 'skipped' ? cut(verdict.reason, longestSentence) : undefined,
    exchange: evidence && keptExchange(evidence),
  }
}

function shortExchange({ request, answer, ...rest }: Exchange): Exchange {
  return {
    ...rest,
    request: { ...request, url: cut(request.url, longestSentence), headers: shortHeaders(request.headers) },
    answer: answer && { ...answer, headers: shortHeaders(answer.headers) },
  }
}

function shortHeaders(headers: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, cut(value, longestHeader)]))
}

function shortVerdict(verdict: Verdict): Verdict {
  if (verdict.outcome !== 'failed') return verdict
  const { outcome, expected, seen } = verdict
  return { outcome, expected: cut(expected, longestSentence), seen: cut(seen, longestSentence) }
}

/** The report with everything in it cut off that is longer than anybody reads. */
function shortReport(report: CheckReport): CheckReport {
  return {
    ...report,
    leftBehind: keptLeftBehind(report.leftBehind).leftBehind,
    groups: report.groups.map(({ subject, results }) => ({
      subject,
      results: results.map((each) => {
        // The report marks the one that is the evidence.
        const shown = new Map(each.exchanges.map((one) => [one, shortExchange(one)]))
        return {
          ...each,
          verdict: shortVerdict(each.verdict),
          exchanges: [...shown.values()],
          evidence: each.evidence && shown.get(each.evidence),
        }
      }),
    })),
  }
}

/** The same report without the exchanges of some of its checks. */
function withoutExchanges(report: CheckReport, isMeant: (result: CheckResult) => boolean): CheckReport {
  return {
    ...report,
    groups: report.groups.map(({ subject, results }) => ({
      subject,
      results: results.map((each) => (isMeant(each) ? { ...each, exchanges: [] } : each)),
    })),
  }
}

/** The whole report, unless its exchanges would make it too large to be kept: then those of what has passed are left out, then all. */
function keptPage(long: CheckReport, facts: ReportFacts): string {
  const report = shortReport(long)
  const whole = reportPage(report, facts)
  if (whole.length <= longestPage) return whole
  const short = reportPage(
    withoutExchanges(report, ({ verdict }) => verdict.outcome !== 'failed'),
    facts,
  )
  return short.length <= longestPage
    ? short
    : reportPage(
        withoutExchanges(report, () => true),
        facts,
      )
}

export function keptCheckResult(report: CheckReport, facts: ReportFacts): KeptCheckResult {
  const { look, sentence } = checkVerdict(report)
  const { passed, failed, warnings, skipped } = summarise(report)
  return {
    kind: 'check',
    look,
    verdict: sentence,
    counts: { passed, failed, warnings, skipped },
    groups: report.groups.map(({ subject, results }) => ({ subject, checks: results.map(keptCheck) })),
    page: keptPage(report, facts),
    ...keptLeftBehind(report.leftBehind),
  }
}

function sentText(request: ShownRequest): string {
  return requestText({ request, answer: undefined, problem: undefined, ms: 0 })
}

export function keptSimulationResult(report: SimulationReport): KeptSimulationResult {
  const { outcome, requests, waits, problems, kept } = report
  return {
    kind: 'simulation',
    look: outcome === 'passed' ? 'passed' : outcome === 'interrupted' ? 'warning' : 'failed',
    verdict: simulationVerdict(report),
    requests,
    waits,
    problems: problems.slice(0, mostProblems).map(({ kind, times, request, seen, consequence }) => ({
      kind,
      times,
      request: cut(sentText(request), longestMessage),
      seen: cut(seen, longestSentence),
      consequence,
    })),
    moreProblems: Math.max(0, problems.length - mostProblems),
    kept,
    ...keptLeftBehind(report.leftBehind),
  }
}
