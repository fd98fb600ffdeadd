import { withServers } from '../lab.ts'
import { median } from '../load/statistics.ts'
import type { Goal } from './goal.ts'
import { sampleUser } from './sample-user.ts'

const MS = 1000

export const startTime: Goal = {
  id: 'G10',
  subject: '`serve` to listening, 1,000,000 users on disk',
  target: '≤ 1.0 s',
  async measure(lab) {
    const copy = await lab.copyOf(lab.scale.huge)
    const times: number[] = []
    for (let round = 0; round < lab.scale.rounds; round++) {
      const server = await lab.serve(copy)
      // Listening means answering: a server that opens its port before its data fails here.
      await withServers([server], () => sampleUser(server.target, copy.seeded.ids))
      times.push(server.startMs / MS)
    }
    return {
      parts: [
        {
          label: 'from starting the process to its ready line',
          limit: { bound: 'at most', value: 1, unit: 'seconds' },
          value: median(times),
          scale: `${Math.min(...times).toFixed(2)} to ${Math.max(...times).toFixed(2)} s in ${times.length} starts`,
        },
      ],
      wrong: [],
    }
  },
}
