import { randomInt } from 'node:crypto'
import type {
  EndpointTestView,
  TestResult,
  TestRunView,
  TestStanding,
  TestSummary,
  WantedTest,
} from '../../contract/endpoint-tests.ts'
import { idps } from '../../idp/catalogue.ts'
import { simulatedIdpIds } from '../../idp/simulated/simulated-idps.ts'
import { unreachable } from '../../scim/unreachable.ts'
import { Refusal } from '../administration/refusal.ts'
import { parseEndpointUrl, tokenProblem } from '../diagnosis/endpoint-access.ts'
import { isSimulatedIdp, testName, type EndpointTest } from '../diagnosis/endpoint-test.ts'
import type { EndpointTests, FinishedTest, TestRun } from '../diagnosis/endpoint-tests.ts'
import type { KeptCheck, KeptResult } from '../diagnosis/kept-result.ts'
import type { LeftBehind } from '../diagnosis/made-resources.ts'
import {
  mostSimulatedGroups,
  simulationSeeds,
  usualSimulatedGroups,
  usualSimulatedUsers,
} from '../diagnosis/simulation/simulation-limits.ts'
import type { Download } from '../downloads.ts'
import { Secret } from '../secret.ts'
import { api } from './api.ts'
import type { ApiParts } from './api-context.ts'
import { creditWindow } from './streams/credit-window.ts'
import { giveFile } from './streams/give-file.ts'
import { NotFound } from './problems/not-found.ts'
import { pause } from './streams/pause.ts'
import { toldProblem } from './problems/told-problem.ts'

/** How often is looked how far a test is, in ms. */
const lookEveryMs = 150
/** The thread that plays serves the endpoint as well; larger ones are for the command line. */
const mostUsers = 10_000

const gone = 'This result is not kept any more: a newer one has taken its place, or the server was restarted.'

/** Throws `Refusal`, with the field that is wrong. */
function urlOf(text: string): string {
  const parsed = parseEndpointUrl(text)
  if (!parsed.ok) throw new Refusal(parsed.problem, 'other', [{ path: 'url', problem: parsed.problem }])
  return parsed.value
}

function tokenOf(text: string): Secret {
  const problem = text === '' ? 'Paste the token of the endpoint.' : tokenProblem(text)
  if (problem !== undefined) throw new Refusal(problem, 'other', [{ path: 'token', problem }])
  return new Secret(text)
}

function refuseAbove(path: string, value: number, most: number, problem: string): void {
  if (value > most) throw new Refusal(problem, 'other', [{ path, problem }])
}

function testOf(wanted: WantedTest): EndpointTest {
  if (wanted.kind === 'check') return wanted
  const { idp, users, groups, keep } = wanted
  if (!isSimulatedIdp(idp)) throw new Refusal(`"${idp}" cannot be played.`)
  refuseAbove('users', users, mostUsers, `From here at most ${mostUsers} people; the command line can do with more.`)
  refuseAbove('groups', groups, mostSimulatedGroups, `At most ${mostSimulatedGroups} groups.`)
  const seed = wanted.seed ?? randomInt(1, simulationSeeds)
  refuseAbove('seed', seed, simulationSeeds - 1, `A seed is a whole number below ${simulationSeeds}.`)
  return { kind: 'simulation', idp, users, groups, seed, keep }
}

/** What a run is about, for people. */
function subjectOf({ id, url, test, startedAt }: Pick<TestRun, 'id' | 'url' | 'test' | 'startedAt'>) {
  const view: EndpointTestView = { ...test }
  return { id, url, test: view, idpName: test.kind === 'check' ? null : idps[test.idp].displayName, startedAt }
}

function stateOf({ end, progress }: TestRun): TestRunView['state'] {
  if (end) return end.kind
  return progress.isRemoving ? 'removing' : 'running'
}

function problemOf(parts: ApiParts, { end }: TestRun): string | null {
  switch (end?.kind) {
    case undefined:
    case 'done':
      return null
    case 'unusable':
      return end.problem
    case 'broken':
      return toldProblem(parts, end.error)
    default:
      return unreachable(end)
  }
}

function runView(parts: ApiParts, run: TestRun): TestRunView {
  const { phase, done, all, requests, failures } = run.progress
  return {
    ...subjectOf(run),
    names: run.names,
    state: stateOf(run),
    isCancelled: run.isCancelled,
    phase,
    done,
    all,
    requests,
    failures,
    problem: problemOf(parts, run),
  }
}

function summaryView(finished: FinishedTest): TestSummary {
  const { test, endedAt, result } = finished
  return { ...subjectOf(finished), name: testName(test), endedAt, look: result.look }
}

function standingView(parts: ApiParts): TestStanding {
  const { endpointTests: tests } = parts.engine
  const run = tests.run()
  return { run: run ? runView(parts, run) : null, results: tests.finished().map(summaryView) }
}

function leftView({ endpoint, id, name, reason }: LeftBehind) {
  return { endpoint, id: id ?? null, name, reason }
}

function pointView({ expected, seen, exchange, reason, ...rest }: KeptCheck) {
  return {
    ...rest,
    expected: expected ?? null,
    seen: seen ?? null,
    exchange: exchange ? { ...exchange } : null,
    reason: reason ?? null,
  }
}

function resultView(finished: FinishedTest): TestResult {
  const { endedAt, result } = finished
  const { look, verdict, leftBehind, moreLeftBehind } = result
  const outcome = {
    ...subjectOf(finished),
    endedAt,
    look,
    verdict,
    leftBehind: leftBehind.map(leftView),
    moreLeftBehind,
  }
  return { ...outcome, ...contentView(result) }
}

function contentView(result: KeptResult) {
  switch (result.kind) {
    case 'check': {
      const { kind, counts, groups } = result
      return {
        kind,
        counts,
        groups: groups.map(({ subject, checks }) => ({ subject, checks: checks.map(pointView) })),
      }
    }
    case 'simulation': {
      const { kind, requests, waits, problems, moreProblems, kept } = result
      return { kind, requests: [...requests], waits, problems: [...problems], moreProblems, kept }
    }
    default:
      return unreachable(result)
  }
}

/** Throws `NotFound`. */
function finishedTest(tests: EndpointTests, id: string): FinishedTest {
  const found = tests.finished().find((each) => each.id === id)
  if (!found) throw new NotFound(gone)
  return found
}

/** `scim-check-scim.example.com-2026-03-04-16-05.html`, in UTC. */
function reportFile({ url, startedAt, result }: FinishedTest): Download {
  if (result.kind !== 'check') throw new Refusal('There is a report of checks alone.')
  const at = new Date(startedAt).toISOString().slice(0, 16).replaceAll(/[T:]/g, '-')
  const { page } = result
  return {
    name: `scim-check-${new URL(url).hostname}-${at}.html`,
    type: 'text/html; charset=utf-8',
    async *open() {
      yield await Promise.resolve(page)
    },
  }
}

export const endpointTests = {
  choices: api.endpointTests.choices.handler(() => ({
    idps: simulatedIdpIds.map((id) => ({ id, name: idps[id].displayName })),
    mostUsers,
    mostGroups: mostSimulatedGroups,
    seeds: simulationSeeds,
    usualUsers: usualSimulatedUsers,
    usualGroups: usualSimulatedGroups,
  })),
  begin: api.endpointTests.begin.handler(({ input, context: { parts } }) => {
    const order = { url: urlOf(input.url), token: tokenOf(input.token.trim()), test: testOf(input.test) }
    const begun = parts.engine.endpointTests.begin(order)
    if (!begun) throw new Refusal('Another test is under way. Wait for its end, or cancel it first.')
    return { id: begun.id }
  }),
  follow: api.endpointTests.follow.handler(async function* ({ input, signal, context: { parts } }) {
    let sent = ''
    yield* creditWindow<TestStanding>({
      subscription: input.subscription,
      signal,
      from: 0,
      read(position) {
        const item = standingView(parts)
        const text = JSON.stringify(item)
        if (text === sent) return Promise.resolve({ items: [], position, dropped: 0 })
        sent = text
        return Promise.resolve({ items: [item], position: position + 1, dropped: 0 })
      },
      untilNews: (ended) => pause(lookEveryMs, ended),
    })
  }),
  cancel: api.endpointTests.cancel.handler(({ context: { parts } }) => parts.engine.endpointTests.cancel()),
  result: api.endpointTests.result.handler(({ input, context: { parts } }) =>
    resultView(finishedTest(parts.engine.endpointTests, input.id)),
  ),
  saveReport: api.endpointTests.saveReport.handler(({ input, signal, context }) =>
    giveFile(context, reportFile(finishedTest(context.parts.engine.endpointTests, input.id)), signal),
  ),
}
