import { randomBytes, randomUUID } from 'node:crypto'
import type { TroubleCode } from '../../idp/simulated/trouble.ts'
import type { Secret } from '../secret.ts'
import { testName, type EndpointTest, type SimulationTest, type TestName } from './endpoint-test.ts'
import type { KeptResult } from './kept-result.ts'
import type { SimulationReport } from './simulation/run-simulation.ts'
import { UnusableEndpoint } from './unusable-endpoint.ts'
import { wait } from './wait.ts'

export interface TestOrder {
  /** The SCIM URL without a slash at its end. */
  readonly url: string
  readonly token: Secret
  readonly test: EndpointTest
}

/** How far a test is. */
export interface TestProgress {
  /** What is going on. */
  readonly phase: string
  readonly done: number
  /** 0 until it is known. */
  readonly all: number
  readonly requests: number
  readonly failures: number
  /** What was made is being removed. */
  readonly isRemoving: boolean
}

export type TestEnd =
  | { readonly kind: 'done' }
  /** Nothing could be found out about the endpoint. A sentence says why, and what to do. */
  | { readonly kind: 'unusable'; readonly problem: string }
  /** A bug. */
  | { readonly kind: 'broken'; readonly error: unknown }

/** A test that is under way, or was. */
export interface TestRun {
  readonly id: string
  readonly url: string
  readonly test: EndpointTest
  /** How the names of all that it makes begin. */
  readonly names: string
  /** Ms since the epoch. */
  readonly startedAt: number
  readonly progress: TestProgress
  /** Somebody has cancelled it. */
  readonly isCancelled: boolean
  readonly end: TestEnd | undefined
}

/** What came of a run. */
export interface FinishedTest {
  readonly id: string
  readonly url: string
  readonly test: EndpointTest
  readonly startedAt: number
  readonly endedAt: number
  readonly result: KeptResult
}

/** Tests of endpoints that go on when whoever began them looks away: one at a time. Nothing of them outlives the process. */
export interface EndpointTests {
  /** Begins a test; undefined while another one is under way. */
  begin(order: TestOrder): TestRun | undefined
  /** The one under way, or the last one; undefined before the first. */
  run(): TestRun | undefined
  /** The last result of each kind, the newest first. */
  finished(): readonly FinishedTest[]
  /** Ends the one under way, which then removes what it has made. */
  cancel(): void
  /** Cancels it and waits until it has cleaned up, but not for long. */
  close(): Promise<void>
}

interface EndpointTestsOptions {
  readonly clock: () => number
  /** Of Rollcall, for reports. */
  readonly version: string
  /** So long does the end of the server wait for the clean-up, in ms. */
  readonly closingMs?: number
}

/** A server answers others meanwhile: what it reads at once is less than what a command would read. */
const mostBytes = 8 * 1024 * 1024
const usualClosingMs = 5000

type Runners = typeof import('./runners.ts')

const beginning: TestProgress = { phase: 'beginning', done: 0, all: 0, requests: 0, failures: 0, isRemoving: false }

/** Troubles in a connection test of which the whole of the rest follows. */
const hopeless: ReadonlySet<TroubleCode> = new Set(['no-answer', 'not-scim', 'unauthorised', 'redirected'])

function whyUnusable({ outcome, problems }: SimulationReport): string | undefined {
  if (outcome !== 'stopped at the connection test') return undefined
  return problems.find(({ code }) => hopeless.has(code))?.seen
}

export function createEndpointTests(options: EndpointTestsOptions): EndpointTests {
  const { clock, version, closingMs = usualClosingMs } = options
  const finished = new Map<TestName, FinishedTest>()
  let run: TestRun | undefined
  let stop = new AbortController()
  const abandoned = new AbortController()
  let underWay: Promise<void> | undefined

  function note(progress: TestProgress): void {
    if (run) run = { ...run, progress }
  }

  async function check(
    { runCheck, keptCheckResult }: Runners,
    { url, token }: TestOrder,
    { names, startedAt }: TestRun,
  ): Promise<KeptResult> {
    const report = await runCheck({
      url,
      token,
      marker: names,
      signal: stop.signal,
      abandoned: abandoned.signal,
      mostBytes,
      progress: ({ title, ...rest }) => note({ phase: title, ...rest }),
    })
    return keptCheckResult(report, { url, at: startedAt, version })
  }

  async function simulate(
    { runSimulation, keptSimulationResult }: Runners,
    { url, token }: TestOrder,
    test: SimulationTest,
  ): Promise<KeptResult> {
    const { idp, users, groups, seed, keep } = test
    const report = await runSimulation({
      idp,
      url,
      token,
      users,
      groups,
      seed,
      keep,
      signal: stop.signal,
      abandoned: abandoned.signal,
      mostBytes,
      progress: ({ troubles, ...rest }) => note({ ...rest, failures: troubles }),
    })
    const problem = whyUnusable(report)
    if (problem !== undefined) throw new UnusableEndpoint(problem)
    return keptSimulationResult(report)
  }

  async function endOf(order: TestOrder, begun: TestRun): Promise<TestEnd> {
    const { test, url } = order
    try {
      const runners = await import('./runners.ts')
      const result = test.kind === 'check' ? await check(runners, order, begun) : await simulate(runners, order, test)
      const name = testName(test)
      finished.delete(name)
      finished.set(name, { id: begun.id, url, test, startedAt: begun.startedAt, endedAt: clock(), result })
      return { kind: 'done' }
    } catch (error) {
      return error instanceof UnusableEndpoint
        ? { kind: 'unusable', problem: error.message }
        : { kind: 'broken', error }
    }
  }

  async function carryOut(order: TestOrder, begun: TestRun): Promise<void> {
    const end = await endOf(order, begun)
    if (run) run = { ...run, end }
    underWay = undefined
  }

  return {
    begin(order) {
      if (underWay) return undefined
      const { url, test } = order
      stop = new AbortController()
      const begun: TestRun = {
        id: randomUUID(),
        url,
        test,
        names: test.kind === 'check' ? `rollcall-check-${randomBytes(5).toString('hex')}` : `sim-${test.seed}`,
        startedAt: clock(),
        progress: beginning,
        isCancelled: false,
        end: undefined,
      }
      run = begun
      underWay = carryOut(order, begun)
      return begun
    },
    run: () => run,
    finished: () => [...finished.values()].toReversed(),
    cancel() {
      if (!underWay) return
      stop.abort()
      if (run) run = { ...run, isCancelled: true }
    },
    async close() {
      if (!underWay) return
      stop.abort()
      const cleaned = new AbortController()
      const ending = underWay.finally(() => cleaned.abort())
      await wait(closingMs, cleaned.signal)
      abandoned.abort()
      await ending
    },
  }
}
