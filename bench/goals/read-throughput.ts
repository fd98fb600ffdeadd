import { withServers } from '../lab.ts'
import { pairedRatio } from '../load/statistics.ts'
import { startBareHttp } from '../peers/start-peer.ts'
import { lookUpUser } from '../workloads/look-up-user.ts'
import { readUser } from '../workloads/read-user.ts'
import { compareLoads, ratesOf, rateText, wrongOf } from './compare-loads.ts'
import type { Finding, Goal, Limit } from './goal.ts'
import { sampleUser } from './sample-user.ts'

const LIMIT: Limit = { bound: 'at least', value: 0.4, unit: 'times' }
const CONNECTIONS = [8, 32]

export const readThroughput: Goal = {
  id: 'G1',
  subject: 'lookup and read (W2, W3), 8 and 32 connections, 100,000 users',
  target: '≥ 0.40 of bare node:http',
  async measure(lab) {
    const users = lab.scale.large
    const copy = await lab.copyOf(users)
    const { ids } = copy.seeded
    const server = await lab.serve(copy)
    const bare = await startBareHttp(await sampleUser(server.target, ids))
    return withServers([server, bare], async () => {
      const findings: Finding[] = []
      for (const workload of [lookUpUser('hit', users), lookUpUser('miss', users), readUser(ids)])
        for (const connections of CONNECTIONS) {
          const rounds = await compareLoads(lab, {
            ours: { target: server.target, workload, connections },
            bare: { target: bare.target, workload, connections },
          })
          const [ours, ceiling] = [rounds.of('ours'), rounds.of('bare')]
          findings.push({
            parts: [
              {
                label: `${workload.name}, ${connections} connections`,
                limit: LIMIT,
                value: pairedRatio(ratesOf(ours), ratesOf(ceiling)),
                scale: `${rateText(ours)}, bare node:http ${rateText(ceiling)}`,
              },
            ],
            wrong: wrongOf(rounds.all()),
          })
        }
      return { parts: findings.flatMap(({ parts }) => parts), wrong: findings.flatMap(({ wrong }) => wrong) }
    })
  },
}
