import { withServers } from '../lab.ts'
import { pairedRatio } from '../load/statistics.ts'
import { createUser } from '../workloads/create-user.ts'
import { lookUpUser } from '../workloads/look-up-user.ts'
import { patchUser } from '../workloads/patch-user.ts'
import { readUser } from '../workloads/read-user.ts'
import { compareLoads, ratesOf, rateText, wrongOf } from './compare-loads.ts'
import type { Goal, Limit, Part } from './goal.ts'

const LIMIT: Limit = { bound: 'at most', value: 5, unit: 'percent' }
const CONNECTIONS = 32
/** Long enough that the journal's batches fall into the window and not only behind it. */
const LONGER = 2

export const trackingCost: Goal = {
  id: 'G13',
  subject: 'telling cycles from traffic (W1 to W4), 32 connections, the journal on in both cases',
  target: '≤ 5 % of throughput',
  async measure(lab) {
    const users = lab.scale.large
    const copy = await lab.copyOf(users)
    const withTracking = await lab.serve(copy)
    const without = await lab.serve(await lab.copyOf(users, 'without-tracking'), { tracking: 'off' })
    const { ids } = copy.seeded
    return withServers([withTracking, without], async () => {
      const parts: Part[] = []
      const wrong: string[] = []
      for (const workload of [
        createUser(lab.newcomers, users),
        lookUpUser('hit', users),
        readUser(ids),
        patchUser(ids),
      ]) {
        const load = { workload, connections: CONNECTIONS, seconds: lab.scale.seconds * LONGER }
        const rounds = await compareLoads(lab, {
          on: { ...load, target: withTracking.target },
          off: { ...load, target: without.target },
        })
        const [on, off] = [rounds.of('on'), rounds.of('off')]
        wrong.push(...wrongOf(rounds.all()))
        parts.push({
          label: `${workload.name}, ${CONNECTIONS} connections`,
          limit: LIMIT,
          value: 100 * (1 - pairedRatio(ratesOf(on), ratesOf(off))),
          scale: `${rateText(on)}, without tracking ${rateText(off)}`,
        })
      }
      return { parts, wrong }
    })
  },
}
