import { withServers } from '../lab.ts'
import { pairedRatio } from '../load/statistics.ts'
import { startScimmy } from '../peers/start-peer.ts'
import { provisionPerson } from '../workloads/provision-person.ts'
import { compareLoads, ratesOf, rateText, wrongOf } from './compare-loads.ts'
import type { Goal } from './goal.ts'

const CONNECTIONS = 32
/** The peer finishes so few people a second that a window of the usual length would hardly hold one round of its connections. */
const LONGER = 3

export const provisioningCycle: Goal = {
  id: 'G4',
  subject: "Entra's cycle per person (W7), 32 connections, 100,000 users",
  target: '≥ 25 times tuned SCIMMY',
  async measure(lab) {
    const users = lab.scale.large
    const [server, scimmy] = [await lab.serve(await lab.copyOf(users)), await startScimmy(users)]
    return withServers([server, scimmy], async () => {
      const workload = provisionPerson(lab.newcomers, users)
      const load = { workload, connections: CONNECTIONS, seconds: lab.scale.seconds * LONGER }
      const rounds = await compareLoads(lab, {
        ours: { ...load, target: server.target },
        scimmy: { ...load, target: scimmy.target },
      })
      const [ours, theirs] = [rounds.of('ours'), rounds.of('scimmy')]
      return {
        parts: [
          {
            label: `${workload.name}, ${CONNECTIONS} connections`,
            limit: { bound: 'at least', value: 25, unit: 'times' },
            value: pairedRatio(ratesOf(ours), ratesOf(theirs)),
            scale: `${rateText(ours)} people, SCIMMY ${rateText(theirs)} (3 requests each)`,
          },
        ],
        wrong: wrongOf(rounds.all()),
      }
    })
  },
}
