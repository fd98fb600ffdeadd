import { resourceId } from '../load/answer-body.ts'
import { entraUser } from '../load/entra-user.ts'
import { forEachOnConnections } from '../load/for-each-on-connections.ts'
import { bodyRequest, type Target } from '../load/scim-request.ts'

const CONNECTIONS = 32
const TELL_EVERY = 100_000

/** Creates the people numbered from `first` to `last` through the endpoint itself and returns their ids in that order. */
export async function seedUsers(target: Target, first: number, last: number): Promise<readonly string[]> {
  const numbers = Array.from({ length: last - first + 1 }, (_, index) => first + index)
  const ids: string[] = []
  ids.length = numbers.length
  let done = 0
  await forEachOnConnections(target, CONNECTIONS, numbers, async (connection, number, index) => {
    const answer = await connection.exchange(bodyRequest(target, 'POST', '/Users', entraUser('seed', number)))
    const id = answer.status === 201 ? resourceId(answer) : undefined
    if (id === undefined)
      throw new Error(`seeding user ${number} answered ${answer.status}: ${answer.body.toString('utf8').slice(0, 500)}`)
    ids[index] = id
    if (++done % TELL_EVERY === 0) console.error(`  ${done.toLocaleString('en')} users seeded`)
  })
  return ids
}
