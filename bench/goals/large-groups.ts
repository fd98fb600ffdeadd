import { withServers } from '../lab.ts'
import { median, pairedRatio } from '../load/statistics.ts'
import type { WindowResult } from '../load/window.ts'
import { changeMembership } from '../workloads/change-membership.ts'
import { compareLoads, wrongOf } from './compare-loads.ts'
import type { Goal, Limit, Part } from './goal.ts'

const LIMIT: Limit = { bound: 'at most', value: 1.5, unit: 'times' }
const LANES = ['add', 'remove']
const CONNECTIONS = [1, 8]

export const largeGroups: Goal = {
  id: 'G5',
  subject: 'add or remove one member (W5) of a group of up to 100,000',
  target: '≤ 1.5 times the time in an empty group',
  async measure(lab) {
    const copy = await lab.copyOf(lab.scale.large, 'groups', lab.scale.groupSizes)
    const { groups, spares } = copy.seeded
    const server = await lab.serve(copy)
    return withServers([server], async () => {
      const parts: Part[] = []
      const wrong: string[] = []
      for (const connections of CONNECTIONS) {
        const rounds = await compareLoads(
          lab,
          Object.fromEntries(
            groups.map((group) => [
              `group of ${group.size}`,
              { target: server.target, workload: changeMembership(group, spares), connections },
            ]),
          ),
        )
        wrong.push(...wrongOf(rounds.all()))
        for (const { size } of groups.filter((group) => group.size > 0))
          for (const lane of LANES) {
            const times = meansOf(rounds.of(`group of ${size}`), lane)
            const inEmpty = meansOf(rounds.of('group of 0'), lane)
            parts.push({
              label: `${lane} in ${size.toLocaleString('en')}, ${connections === 1 ? '1 connection' : `${connections} connections`}`,
              limit: LIMIT,
              value: pairedRatio(times, inEmpty),
              scale: `${median(times).toFixed(2)} ms, in an empty one ${median(inEmpty).toFixed(2)} ms`,
            })
          }
      }
      return { parts, wrong }
    })
  },
}

function meansOf(results: readonly WindowResult[], lane: string): readonly number[] {
  return results.map((result) => result.meanMsByLane.get(lane) ?? Number.NaN)
}
