import { resourceId } from '../load/answer-body.ts'
import { Connection } from '../load/connection.ts'
import { bodyRequest, patchRequest, type Target } from '../load/scim-request.ts'
import type { GroupOfSize } from '../workloads/change-membership.ts'

const MEMBERS_PER_PATCH = 1000

/** Creates one group of each size, its members taken from the front of `ids`. */
export async function seedGroups(
  target: Target,
  sizes: readonly number[],
  ids: readonly string[],
): Promise<readonly GroupOfSize[]> {
  const connection = new Connection(target)
  const groups: GroupOfSize[] = []
  for (const size of sizes) {
    const displayName = `Group of ${size}`
    const schemas = ['urn:ietf:params:scim:schemas:core:2.0:Group']
    const created = await connection.exchange(bodyRequest(target, 'POST', '/Groups', { schemas, displayName }))
    const id = resourceId(created)
    if (created.status !== 201 || id === undefined) throw new Error(`${displayName} answered ${created.status}`)
    for (let from = 0; from < size; from += MEMBERS_PER_PATCH) {
      const value = ids.slice(from, Math.min(size, from + MEMBERS_PER_PATCH)).map((member) => ({ value: member }))
      const patch = patchRequest(target, `/Groups/${id}`, [{ op: 'Add', path: 'members', value }])
      const { status } = await connection.exchange(patch)
      if (status !== 204 && status !== 200) throw new Error(`filling "${displayName}" answered ${status}`)
    }
    groups.push({ id, size })
  }
  connection.close()
  return groups
}
