import { withServers, type WorkingCopy } from '../lab.ts'
import { pairedRatio } from '../load/statistics.ts'
import type { Workload } from '../load/window.ts'
import { createUser } from '../workloads/create-user.ts'
import { lookUpUser } from '../workloads/look-up-user.ts'
import { patchUser } from '../workloads/patch-user.ts'
import { readUser } from '../workloads/read-user.ts'
import { compareLoads, ratesOf, rateText, wrongOf } from './compare-loads.ts'
import type { Goal, Limit, Part } from './goal.ts'

const LIMIT: Limit = { bound: 'at most', value: 1.5, unit: 'times' }
const CONNECTIONS = 8

export const directoryGrowth: Goal = {
  id: 'G6',
  subject: 'create, lookup, read, PATCH (W1 to W4) at 1,000,000 users',
  target: '≤ 1.5 times the time at 1,000',
  async measure(lab) {
    const { small, huge } = lab.scale
    const [few, many] = [await lab.copyOf(small, 'growth'), await lab.copyOf(huge)]
    const [atFew, atMany] = [await lab.serve(few), await lab.serve(many)]
    return withServers([atFew, atMany], async () => {
      const parts: Part[] = []
      const wrong: string[] = []
      // Both windows of W1 are as short as the small directory demands: a longer one would meet more checkpoints.
      const pairs: readonly (readonly [Workload, Workload])[] = [
        [createUser(lab.newcomers, small), createUser(lab.newcomers, small)],
        [lookUpUser('hit', small), lookUpUser('hit', huge)],
        [lookUpUser('miss', small), lookUpUser('miss', huge)],
        [readUser(idsOf(few)), readUser(idsOf(many))],
        [patchUser(idsOf(few)), patchUser(idsOf(many))],
      ]
      for (const [workloadAtFew, workloadAtMany] of pairs) {
        const rounds = await compareLoads(lab, {
          few: { target: atFew.target, workload: workloadAtFew, connections: CONNECTIONS },
          many: { target: atMany.target, workload: workloadAtMany, connections: CONNECTIONS },
        })
        const [fast, slow] = [rounds.of('few'), rounds.of('many')]
        wrong.push(...wrongOf(rounds.all()))
        parts.push({
          label: `${workloadAtMany.name}, ${CONNECTIONS} connections`,
          limit: LIMIT,
          // At a fixed number of connections the time of a request is the inverse of the rate.
          value: pairedRatio(ratesOf(fast), ratesOf(slow)),
          scale: `${rateText(slow)}, at ${small.toLocaleString('en')} users ${rateText(fast)}`,
        })
      }
      return { parts, wrong }
    })
  },
}

function idsOf(copy: WorkingCopy): readonly string[] {
  return copy.seeded.ids
}
