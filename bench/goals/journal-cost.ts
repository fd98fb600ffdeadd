import { withServers } from '../lab.ts'
import { pairedRatio } from '../load/statistics.ts'
import { createUser } from '../workloads/create-user.ts'
import { lookUpUser } from '../workloads/look-up-user.ts'
import { patchUser } from '../workloads/patch-user.ts'
import { readUser } from '../workloads/read-user.ts'
import { compareLoads, ratesOf, rateText, wrongOf } from './compare-loads.ts'
import type { Goal, Limit, Part } from './goal.ts'

const LIMIT: Limit = { bound: 'at most', value: 25, unit: 'percent' }
const CONNECTIONS = 32
/** Long enough that writing the journal's batches falls into the window and not only behind it. */
const LONGER = 2

export const journalCost: Goal = {
  id: 'G8',
  subject: "the journal's whole cost with bodies stored (W1 to W4), 32 connections",
  target: '≤ 25 % of throughput',
  async measure(lab) {
    const users = lab.scale.large
    const copy = await lab.copyOf(users)
    const withJournal = await lab.serve(copy)
    const without = await lab.serve(await lab.copyOf(users, 'without-journal'), { journal: 'off' })
    const { ids } = copy.seeded
    return withServers([withJournal, without], async () => {
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
          on: { ...load, target: withJournal.target },
          off: { ...load, target: without.target },
        })
        const [on, off] = [rounds.of('on'), rounds.of('off')]
        wrong.push(...wrongOf(rounds.all()))
        parts.push({
          label: `${workload.name}, ${CONNECTIONS} connections`,
          limit: LIMIT,
          value: 100 * (1 - pairedRatio(ratesOf(on), ratesOf(off))),
          scale: `${rateText(on)}, without the journal ${rateText(off)}`,
        })
      }
      return { parts, wrong }
    })
  },
}
