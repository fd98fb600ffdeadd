import { expect, test } from 'vitest'
import type { CheckReport } from './check/run-check.ts'
import type { Exchange } from './exchange.ts'
import { keptCheckResult, keptSimulationResult } from './kept-result.ts'

const long = '"'.repeat(64 * 1024)
const mib = 1024 * 1024

function longExchange(): Exchange {
  return {
    request: { method: 'GET', url: `https://example.com/${long}`, headers: { 'x-long': long }, body: long },
    answer: { status: 400, headers: { 'x-long': long }, contentType: '', text: long, body: undefined },
    problem: undefined,
    ms: 1,
  }
}

/** A report in which everything is as long as an endpoint could make it. */
function longReport(outcome: 'passed' | 'failed'): CheckReport {
  return {
    interrupted: false,
    fellSilent: false,
    leftBehind: Array.from({ length: 5000 }, () => ({ endpoint: '/Users', id: long, name: long, reason: long })),
    groups: [
      {
        subject: 'Users',
        results: Array.from({ length: 110 }, (_, n) => ({
          id: `check-${n}`,
          title: 'A title',
          basis: 'RFC 7644',
          weight: 'must',
          verdict: outcome === 'passed' ? { outcome } : { outcome, expected: 'less', seen: long },
          exchanges: [longExchange(), longExchange()],
          evidence: outcome === 'passed' ? undefined : longExchange(),
        })),
      },
    ],
  }
}

const facts = { url: 'https://example.com', at: 0, version: '1.2.3' }

test.each(['passed', 'failed'] as const)(
  'whatever an endpoint answers, no more than some MB is kept: %s',
  (outcome) => {
    const { page, ...rest } = keptCheckResult(longReport(outcome), facts)
    expect(page.length).toBeLessThan(9 * mib)
    expect(JSON.stringify(rest).length).toBeLessThan(8 * mib)
    expect(rest).toMatchObject({ moreLeftBehind: 4800 })
    expect(page).toContain('A title')
  },
)

test('of a simulation neither', () => {
  const { problems, moreProblems } = keptSimulationResult({
    displayName: 'Entra ID',
    outcome: 'failed',
    requests: [],
    waits: 0,
    kept: 0,
    leftBehind: [],
    problems: Array.from({ length: 300 }, () => ({
      kind: 'create user',
      code: 'rejected',
      request: longExchange().request,
      seen: long,
      consequence: 'It tries again.',
      times: 1,
    })),
  })
  expect([problems.length, moreProblems]).toEqual([100, 200])
  expect(JSON.stringify(problems).length).toBeLessThan(4 * mib)
})
