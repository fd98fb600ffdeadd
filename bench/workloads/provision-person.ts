import { listOf, memberOf, parseBody, resourceId } from '../load/answer-body.ts'
import { Connection } from '../load/connection.ts'
import type { Newcomers } from '../load/newcomers.ts'
import { bodyRequest, getRequest, lookupRequest, patchRequest } from '../load/scim-request.ts'
import type { Workload } from '../load/window.ts'
import { removeResources } from './remove-resources.ts'

const GROUP = 'urn:ietf:params:scim:schemas:core:2.0:Group'

/** W7: what Entra does for one person: lookup (nobody there), create, add to a group. One operation is all three requests. */
export function provisionPerson(newcomers: Newcomers, directorySize: number): Workload {
  return {
    name: 'W7 cycle',
    most: Math.max(1000, directorySize / 5),
    async begin(target) {
      const created: string[] = []
      const { externalId } = newcomers.next()
      const setup = new Connection(target)
      const groupId = resourceId(
        await setup.exchange(
          bodyRequest(target, 'POST', '/Groups', { schemas: [GROUP], displayName: `Cycle ${externalId}`, externalId }),
        ),
      )
      setup.close()
      if (groupId === undefined) throw new Error(`${target.name}: the group of the cycle could not be created`)
      const groupPath = `/Groups/${groupId}`
      return {
        async operate(connection, recorder) {
          const person = newcomers.next()
          const lookup = lookupRequest(target, person.userName)
          const create = bodyRequest(target, 'POST', '/Users', person)
          const sentAt = performance.now()
          const found = await connection.exchange(lookup)
          if (found.status !== 200) recorder.wrong(`the lookup answered ${found.status}`)
          const answer = await connection.exchange(create)
          const id = answer.status === 201 ? resourceId(answer) : undefined
          if (id === undefined) return recorder.wrong(`POST answered ${answer.status}`)
          created.push(id)
          const { status } = await connection.exchange(
            patchRequest(target, groupPath, [{ op: 'Add', path: 'members', value: [{ value: id }] }]),
          )
          recorder.took(performance.now() - sentAt)
          if (status !== 200 && status !== 204) recorder.wrong(`adding a member answered ${status}`)
        },
        async finish(recorder) {
          const connection = new Connection(target)
          const group = parseBody(await connection.exchange(getRequest(target, groupPath)))
          connection.close()
          const members = new Set(listOf(group, 'members').map((member) => memberOf(member, 'value')))
          const lost = created.filter((id) => !members.has(id)).length
          if (lost > 0) recorder.wrong(`${lost} of ${created.length} members were lost`)
          await removeResources(target, [groupPath, ...created.map((id) => `/Users/${id}`)], recorder)
        },
      }
    },
  }
}
