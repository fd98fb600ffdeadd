import { withServers } from '../lab.ts'
import { measureWindow, type WindowResult } from '../load/window.ts'
import { residentMegabytes } from '../servers/process-figures.ts'
import { createUser } from '../workloads/create-user.ts'
import { listByIndex } from '../workloads/list-page.ts'
import { lookUpUser } from '../workloads/look-up-user.ts'
import { patchUser } from '../workloads/patch-user.ts'
import { readUser } from '../workloads/read-user.ts'
import { rateText, wrongOf } from './compare-loads.ts'
import type { Goal } from './goal.ts'

const CONNECTIONS = 32
const LOOK_EVERY_MS = 100

export const residentMemory: Goal = {
  id: 'G9',
  subject: 'memory at 1,000,000 users under load (W1 to W4 and W6, 32 connections)',
  target: '≤ 300 MB resident',
  async measure(lab) {
    const { huge: users, seconds, rounds } = lab.scale
    const copy = await lab.copyOf(users)
    const { ids } = copy.seeded
    const server = await lab.serve(copy)
    const { target } = server
    return withServers([server], async () => {
      const seen = [residentMegabytes(server.pid)]
      const looking = setInterval(() => seen.push(residentMegabytes(server.pid)), LOOK_EVERY_MS)
      const results: WindowResult[] = []
      const workloads = [
        createUser(lab.newcomers, users),
        lookUpUser('hit', users),
        readUser(ids),
        patchUser(ids),
        listByIndex('pages', { startIndex: 1, lastStart: users / 10 }, users),
      ]
      for (let round = 0; round < rounds; round++)
        for (const workload of workloads)
          results.push(await measureWindow({ target, workload, connections: CONNECTIONS, seconds }))
      clearInterval(looking)
      return {
        parts: [
          {
            label: 'highest resident size seen',
            limit: { bound: 'at most', value: 300, unit: 'megabytes' },
            value: Math.max(...seen),
            scale: `${seen[0]?.toFixed(0)} MB when it began, ${seen.at(-1)?.toFixed(0)} MB at the end, median rate ${rateText(results)}`,
          },
        ],
        wrong: wrongOf(results),
      }
    })
  },
}
