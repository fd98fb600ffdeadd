import { z } from 'zod'
import { moment } from './moment.ts'
import { procedure } from './procedure.ts'
import { savedFile } from './saved-file.ts'
import { streamOf, subscription } from './stream.ts'

const amounts = {
  users: z.int().min(1),
  groups: z.int().min(0),
  /** Leaves what was made, and deprovisions nobody. */
  keep: z.boolean(),
}

const seed = z.int().min(0)
const idp = z.string().max(40)
const check = z.object({ kind: z.literal('check') })

/** What is done at an endpoint: `check` goes through the RFCs, `simulation` plays an identity provider. */
export const endpointTest = z.discriminatedUnion('kind', [
  check,
  z.object({ kind: z.literal('simulation'), idp, ...amounts, seed }),
])

/** The same as somebody asks for it. */
export const wantedTest = z.discriminatedUnion('kind', [
  check,
  z.object({
    kind: z.literal('simulation'),
    idp,
    ...amounts,
    /** The same gives the same people and requests; null for a new one. */
    seed: seed.nullable(),
  }),
])

const look = z.enum(['passed', 'failed', 'warning'])

/** What a run is about. */
const subject = {
  id: z.uuid(),
  /** The SCIM URL. */
  url: z.string(),
  test: endpointTest,
  /** Who is played; null for a check. */
  idpName: z.string().nullable(),
  startedAt: moment,
}

/** A test that is under way, or was. */
export const testRun = z.object({
  ...subject,
  /** How the names of all that it makes begin. */
  names: z.string(),
  /** `removing`: what was made is being taken away. `done`: there is a result. `unusable`: nothing could be found out. */
  state: z.enum(['running', 'removing', 'done', 'unusable', 'broken']),
  isCancelled: z.boolean(),
  /** What is going on. */
  phase: z.string(),
  done: z.int(),
  /** 0 while that is not known. */
  all: z.int(),
  /** So far. */
  requests: z.int(),
  failures: z.int(),
  /** Why there is no result: a sentence. */
  problem: z.string().nullable(),
})

/** What there is of a kind of test: its last result, until the server is restarted. */
export const testSummary = z.object({
  ...subject,
  /** `check`, or the id of the identity provider. */
  name: z.string(),
  endedAt: moment,
  look,
})

export const testStanding = z.object({
  /** The test under way, or the last one; null before the first since the start of the server. */
  run: testRun.nullable(),
  /** The newest first. */
  results: z.array(testSummary),
})

/** As text; the token is replaced in it, and it is cut off where it is long. */
const exchange = z.object({ request: z.string(), answer: z.string() })

const checkedPoint = z.object({
  id: z.string(),
  /** What is so where it passes. */
  title: z.string(),
  /** Who demands it. */
  basis: z.string(),
  weight: z.enum(['must', 'should', 'may']),
  look: z.enum(['passed', 'failed', 'warning', 'skipped']),
  /** Of one that is failed or a warning. */
  expected: z.string().nullable(),
  seen: z.string().nullable(),
  exchange: exchange.nullable(),
  /** Why it was left out. */
  reason: z.string().nullable(),
})

const simulationProblem = z.object({
  /** The kind of request. */
  kind: z.string(),
  /** How often it happened. */
  times: z.int(),
  /** The first request to which it happened. */
  request: z.string(),
  /** What came back. */
  seen: z.string(),
  /** What the identity provider would do about it. */
  consequence: z.string(),
})

const kindFigures = z.object({
  kind: z.string(),
  count: z.int(),
  failures: z.int(),
  medianMs: z.number(),
  p95Ms: z.number(),
  slowestMs: z.number(),
})

const outcome = {
  ...subject,
  endedAt: moment,
  look,
  /** A sentence. */
  verdict: z.string(),
  /** What could not be removed. */
  leftBehind: z.array(
    z.object({
      endpoint: z.string(),
      /** Null where it is not known whether it is there. */
      id: z.string().nullable(),
      name: z.string(),
      reason: z.string(),
    }),
  ),
  moreLeftBehind: z.int(),
}

export const testResult = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('check'),
    ...outcome,
    counts: z.object({ passed: z.int(), failed: z.int(), warnings: z.int(), skipped: z.int() }),
    groups: z.array(z.object({ subject: z.string(), checks: z.array(checkedPoint) })),
  }),
  z.object({
    kind: z.literal('simulation'),
    ...outcome,
    requests: z.array(kindFigures),
    /** How often the endpoint asked to wait. */
    waits: z.int(),
    problems: z.array(simulationProblem),
    moreProblems: z.int(),
    /** How many resources were left, as asked. */
    kept: z.int(),
  }),
])

/** What can be asked for. */
const testChoices = z.object({
  /** Who can be played. */
  idps: z.array(z.object({ id: z.string(), name: z.string() })),
  mostUsers: z.int(),
  mostGroups: z.int(),
  /** A seed is below this. */
  seeds: z.int(),
  usualUsers: z.int(),
  usualGroups: z.int(),
})

const runId = z.object({ id: z.uuid() })

/** Tests of any SCIM endpoint: a check against the RFCs, and identity providers that are played. One at a time goes on. */
export const endpointTests = {
  /** What can be asked for. */
  choices: procedure.output(testChoices),
  /** Begins a test, which goes on when nobody looks. The token is used for it, and neither kept nor told. */
  begin: procedure
    .input(
      z.object({
        url: z.string().trim().max(2000, 'A SCIM URL has at most 2,000 characters.'),
        token: z.string().max(20_000),
        test: wantedTest,
      }),
    )
    .output(runId),
  /** How tests stand: now, and whenever that changes. */
  follow: procedure.input(z.object({ subscription })).output(streamOf(testStanding)),
  /** Ends the test under way. What it has made is removed first. */
  cancel: procedure.output(z.void()),
  /** What came of a test that is the last of its kind. */
  result: procedure.input(runId).output(testResult),
  /** The report of a check, as the file that `rollcall check --report` writes. */
  saveReport: procedure.input(runId).output(savedFile),
}

export type EndpointTestView = z.infer<typeof endpointTest>
export type WantedTest = z.infer<typeof wantedTest>
export type TestRunView = z.infer<typeof testRun>
export type TestSummary = z.infer<typeof testSummary>
export type TestStanding = z.infer<typeof testStanding>
export type TestResult = z.infer<typeof testResult>
export type CheckTestResult = Extract<TestResult, { readonly kind: 'check' }>
export type SimulationTestResult = Extract<TestResult, { readonly kind: 'simulation' }>
export type CheckedPoint = z.infer<typeof checkedPoint>
export type SimulationProblem = z.infer<typeof simulationProblem>
export type TestChoices = z.infer<typeof testChoices>
