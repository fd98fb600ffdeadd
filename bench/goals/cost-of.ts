import { withServers, type Lab } from '../lab.ts'
import { pairedRatio } from '../load/statistics.ts'
import { createUser } from '../workloads/create-user.ts'
import { lookUpUser } from '../workloads/look-up-user.ts'
import { patchUser } from '../workloads/patch-user.ts'
import { readUser } from '../workloads/read-user.ts'
import { compareLoads, ratesOf, rateText, wrongOf } from './compare-loads.ts'
import type { Finding, Limit, Part } from './goal.ts'

const CONNECTIONS = 32
/** Long enough that the journal's batches fall into the window and not only behind it. */
const LONGER = 2

/** What one part of the server costs, in percent of the throughput of W1 to W4: two servers that differ in nothing else, side by side. */
export async function costOf(lab: Lab, part: 'journal' | 'tracking', limit: Limit): Promise<Finding> {
  const users = lab.scale.large
  const copy = await lab.copyOf(users)
  const complete = await lab.serve(copy)
  const without = await lab.serve(await lab.copyOf(users, `without-${part}`), { [part]: 'off' })
  const { ids } = copy.seeded
  return withServers([complete, without], async () => {
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
        on: { ...load, target: complete.target },
        off: { ...load, target: without.target },
      })
      const [on, off] = [rounds.of('on'), rounds.of('off')]
      wrong.push(...wrongOf(rounds.all()))
      parts.push({
        label: `${workload.name}, ${CONNECTIONS} connections`,
        limit,
        value: 100 * (1 - pairedRatio(ratesOf(on), ratesOf(off))),
        scale: `${rateText(on)}, without ${part} ${rateText(off)}`,
      })
    }
    return { parts, wrong }
  })
}
