import { listOf, memberOf, parseBody } from '../load/answer-body.ts'
import { Connection } from '../load/connection.ts'
import { getRequest, patchRequest } from '../load/scim-request.ts'
import type { Workload } from '../load/window.ts'

const MOST = 2000

export interface GroupOfSize {
  readonly id: string
  readonly size: number
}

/**
 * W5: one operation adds ONE member to a group and removes it again, each timed in a lane of its own, so the group keeps its size.
 * `spares` are users outside the group; connections take different ones in turn.
 */
export function changeMembership(group: GroupOfSize, spares: readonly string[]): Workload {
  const path = `/Groups/${group.id}`
  let next = 0
  return {
    name: `W5 group of ${group.size}`,
    most: MOST,
    async begin(target) {
      return {
        async operate(connection, recorder) {
          const id = spares[next++ % spares.length] ?? ''
          const add = patchRequest(target, path, [{ op: 'Add', path: 'members', value: [{ value: id }] }])
          const remove = patchRequest(target, path, [{ op: 'Remove', path: 'members', value: [{ value: id }] }])
          const addedAt = performance.now()
          const added = await connection.exchange(add)
          recorder.took(performance.now() - addedAt, 'add')
          if (added.status !== 200 && added.status !== 204) recorder.wrong(`adding a member answered ${added.status}`)
          const removedAt = performance.now()
          const removed = await connection.exchange(remove)
          recorder.took(performance.now() - removedAt, 'remove')
          if (removed.status !== 200 && removed.status !== 204)
            recorder.wrong(`removing a member answered ${removed.status}`)
        },
        async finish(recorder) {
          const connection = new Connection(target)
          const answer = await connection.exchange(getRequest(target, path))
          const members = listOf(parseBody(answer), 'members').map((member) => memberOf(member, 'value'))
          connection.close()
          if (new Set(members).size !== group.size)
            recorder.wrong(`the group of ${group.size} has ${members.length} members afterwards`)
        },
      }
    },
  }
}
