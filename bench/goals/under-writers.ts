import { withServers, type Lab } from '../lab.ts'
import { interleave } from '../load/interleave.ts'
import { measureUnderLoad } from '../load/measure-under-load.ts'
import { median, pairedRatio } from '../load/statistics.ts'
import { measureWindow, type WindowResult, type Workload } from '../load/window.ts'
import type { RollcallServer } from '../servers/rollcall.ts'
import { untilQuiet } from '../servers/until-quiet.ts'
import { createUser } from '../workloads/create-user.ts'
import { lookUpUser } from '../workloads/look-up-user.ts'
import { readUser } from '../workloads/read-user.ts'
import { ratesOf, rateText, wrongOf } from './compare-loads.ts'
import type { Goal } from './goal.ts'

/** Longer windows than elsewhere: a 99th percentile needs requests to be taken from. */
const LONGER = 2
const COMMIT_DELAY_MS = 2

interface UnderWriters {
  readonly alone: readonly WindowResult[]
  readonly together: readonly WindowResult[]
  readonly writes: readonly WindowResult[]
  readonly wrong: readonly string[]
}

/** Measures reads alone and while writers create users as fast as they are let, interleaved. */
async function readUnderWriters(
  lab: Lab,
  { target }: RollcallServer,
  reads: { readonly workload: Workload; readonly connections: number },
  writers: number,
): Promise<UnderWriters> {
  const load = { target, ...reads, seconds: lab.scale.seconds * LONGER }
  // Without an end of its own: the writers must not stop before the reads do.
  const background = { target, workload: createUser(lab.newcomers, Number.POSITIVE_INFINITY), connections: writers }
  const writes: WindowResult[] = []
  const together = async (): Promise<WindowResult> => {
    const measured = await measureUnderLoad(load, background)
    writes.push(measured.background)
    return measured.result
  }
  const cases = new Map([
    ['alone', () => measureWindow(load)],
    ['together', together],
  ])
  for (const warmUp of cases.values()) await warmUp()
  writes.length = 0
  const rounds = await interleave(cases, lab.scale.rounds, () => untilQuiet([target.pid]))
  return {
    alone: rounds.of('alone'),
    together: rounds.of('together'),
    writes,
    wrong: wrongOf([...rounds.all(), ...writes]),
  }
}

export const lookupLatencyUnderWriters: Goal = {
  id: 'G11',
  subject: 'p99 of lookups (W2, 8 connections) while creates (W1, 32 connections) run at full speed, 100,000 users',
  target: '≤ 4 times its p99 alone',
  async measure(lab) {
    const users = lab.scale.large
    const server = await lab.serve(await lab.copyOf(users))
    return withServers([server], async () => {
      const reads = { workload: lookUpUser('hit', users), connections: 8 }
      const { alone, together, writes, wrong } = await readUnderWriters(lab, server, reads, 32)
      const [p99, p99Alone] = [together.map((result) => result.p99Ms), alone.map((result) => result.p99Ms)]
      return {
        parts: [
          {
            label: 'p99 of W2 beside W1',
            limit: { bound: 'at most', value: 4, unit: 'times' },
            value: pairedRatio(p99, p99Alone),
            scale: `${median(p99).toFixed(2)} ms, alone ${median(p99Alone).toFixed(2)} ms; ${rateText(together)} lookups beside ${rateText(writes)} creates`,
          },
        ],
        wrong,
      }
    })
  },
}

export const readsOnSlowDisk: Goal = {
  id: 'G12',
  subject: 'reads (W3, 4 connections) while 8 connections create, every commit 2 ms slower',
  target: '≥ 0.35 of the reads alone',
  async measure(lab) {
    const copy = await lab.copyOf(lab.scale.large)
    const server = await lab.serve(copy, { commitDelayMs: COMMIT_DELAY_MS })
    return withServers([server], async () => {
      const reads = { workload: readUser(copy.seeded.ids), connections: 4 }
      const { alone, together, writes, wrong } = await readUnderWriters(lab, server, reads, 8)
      return {
        parts: [
          {
            label: 'rate of W3 beside W1',
            limit: { bound: 'at least', value: 0.35, unit: 'times' },
            value: pairedRatio(ratesOf(together), ratesOf(alone)),
            scale: `${rateText(together)}, alone ${rateText(alone)}; beside ${rateText(writes)} creates`,
          },
        ],
        wrong,
      }
    })
  },
}
