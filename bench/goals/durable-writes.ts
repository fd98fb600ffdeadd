import { withServers } from '../lab.ts'
import { interleave } from '../load/interleave.ts'
import { pairedRatio } from '../load/statistics.ts'
import { measureWindow, type Workload } from '../load/window.ts'
import { openSqliteCommits } from '../peers/sqlite-commit.ts'
import { untilQuiet } from '../servers/until-quiet.ts'
import { createUser } from '../workloads/create-user.ts'
import { patchUser } from '../workloads/patch-user.ts'
import { ratesOf, rateText, warmUp, wrongOf } from './compare-loads.ts'
import type { Goal, GoalId, Limit } from './goal.ts'
import { sampleUser } from './sample-user.ts'

/** Creates and PATCHes against SQLite's own rate of one row a commit: at one connection the sync to the disk is the floor, at 32 the commits are shared. */
function durableWrites(goal: { readonly id: GoalId; readonly connections: number; readonly atLeast: number }): Goal {
  const { id, connections, atLeast } = goal
  const limit: Limit = { bound: 'at least', value: atLeast, unit: 'times' }
  const at = connections === 1 ? '1 connection' : `${connections} connections`
  return {
    id,
    subject: `create and PATCH (W1, W4), ${at}`,
    target: `≥ ${atLeast.toFixed(2)} of SQLite's single-row durable commit rate`,
    async measure(lab) {
      const { large: users, seconds, rounds } = lab.scale
      const copy = await lab.copyOf(users)
      const server = await lab.serve(copy)
      const { target } = server
      return withServers([server], async () => {
        const sqlite = openSqliteCommits(lab.folder, await sampleUser(target, copy.seeded.ids))
        const writes = [createUser(lab.newcomers, users), patchUser(copy.seeded.ids)]
        const measure = (workload: Workload) => () => measureWindow({ target, workload, connections, seconds })
        for (const workload of writes) await warmUp({ target, workload, connections })
        const cases = new Map<string, () => Promise<{ readonly perSecond: number; readonly wrong: readonly string[] }>>(
          writes.map((workload) => [workload.name, measure(workload)]),
        )
        cases.set('sqlite', async () => ({ perSecond: sqlite.measure(seconds), wrong: [] }))
        const results = await interleave(cases, rounds, () => untilQuiet([target.pid]))
        sqlite.close()
        const commits = results.of('sqlite')
        return {
          parts: writes.map(({ name }) => ({
            label: `${name}, ${at}`,
            limit,
            value: pairedRatio(ratesOf(results.of(name)), ratesOf(commits)),
            scale: `${rateText(results.of(name))}, SQLite ${rateText(commits)}`,
          })),
          wrong: wrongOf(results.all()),
        }
      })
    },
  }
}

export const writesOneByOne = durableWrites({ id: 'G2', connections: 1, atLeast: 0.4 })
export const writesTogether = durableWrites({ id: 'G3', connections: 32, atLeast: 1.8 })
