import { withServers } from '../lab.ts'
import { memberOf, listOf, parseBody } from '../load/answer-body.ts'
import { Connection } from '../load/connection.ts'
import { getRequest, type Target } from '../load/scim-request.ts'
import { median, pairedRatio } from '../load/statistics.ts'
import type { WindowResult } from '../load/window.ts'
import { cursorPath, listByCursor, listByIndex, PAGE } from '../workloads/list-page.ts'
import { compareLoads, wrongOf } from './compare-loads.ts'
import type { Goal } from './goal.ts'

/** A deep page lies behind this share of the directory. */
const DEPTH = 0.9
const WALK_PAGE = 1000

export const deepPages: Goal = {
  id: 'G7',
  subject: 'deep page (W6, startIndex 900,001 of 1,000,000)',
  target: '≤ 10 times the first page; by cursor ≤ 1.2 times',
  async measure(lab) {
    const users = lab.scale.huge
    const server = await lab.serve(await lab.copyOf(users))
    const { target } = server
    return withServers([server], async () => {
      const skipped = Math.floor(users * DEPTH)
      const deepest = { startIndex: skipped + 1, lastStart: users - PAGE + 1 }
      const rounds = await compareLoads(lab, {
        first: { target, workload: listByIndex('first page', { startIndex: 1, lastStart: 1 }, users), connections: 1 },
        deep: { target, workload: listByIndex('deep page', deepest, users), connections: 1 },
        cursor: { target, workload: listByCursor(await walkByCursor(target, skipped)), connections: 1 },
      })
      const first = timesOf(rounds.of('first'))
      const parts = [
        { label: 'deep page by index', times: timesOf(rounds.of('deep')), atMost: 10 },
        { label: 'deep page by cursor', times: timesOf(rounds.of('cursor')), atMost: 1.2 },
      ]
      return {
        parts: parts.map(({ label, times, atMost }) => ({
          label,
          limit: { bound: 'at most', value: atMost, unit: 'times' },
          value: pairedRatio(times, first),
          scale: `${median(times).toFixed(2)} ms, first page ${median(first).toFixed(2)} ms`,
        })),
        wrong: wrongOf(rounds.all()),
      }
    })
  },
}

function timesOf(results: readonly WindowResult[]): readonly number[] {
  return results.map((result) => result.medianMs)
}

/** Follows nextCursor (RFC 9865 §2) until so many users are behind, and returns the cursor of the page after them. */
async function walkByCursor(target: Target, skipped: number): Promise<string> {
  const connection = new Connection(target)
  try {
    let cursor = ''
    for (let passed = 0; passed < skipped;) {
      const answer = await connection.exchange(getRequest(target, cursorPath(cursor, WALK_PAGE)))
      const list = parseBody(answer)
      const { length } = listOf(list, 'Resources')
      const next = memberOf(list, 'nextCursor')
      if (answer.status !== 200 || length === 0 || typeof next !== 'string')
        throw new Error(`the walk by cursor ended after ${passed} users with status ${answer.status}`)
      passed += length
      cursor = next
    }
    return cursor
  } finally {
    connection.close()
  }
}
