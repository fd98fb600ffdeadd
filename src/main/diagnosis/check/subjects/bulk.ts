import { items, member } from '../../../../idp/simulated/answer-content.ts'
import type { JsonObject } from '../../../../scim/json/json.ts'
import { bulkRequestUrn, groupSchemaUrn } from '../../../../scim/urn.ts'
import type { Answer } from '../../exchange.ts'
import { verdictOf, type CheckGroup, type Unmet } from '../check.ts'
import { hasStatus, holds, shown } from '../expectations.ts'
import { memberIds } from '../group-members.ts'
import type { Lab } from '../lab.ts'
import { idInBulk } from '../note-made.ts'

const bulkOf = (lab: Lab, ...operations: readonly JsonObject[]) =>
  lab.post('/Bulk', { schemas: [bulkRequestUrn], Operations: operations })

function allCreated(answer: Answer, count: number): Unmet | undefined {
  const statuses = items(member(answer.body, 'Operations')).map((each) => shown(member(each, 'status')))
  return (
    hasStatus(answer, 200) ??
    holds(
      statuses.length === count && statuses.every((each) => each === '"201"'),
      `${count} operations with the status "201"`,
      statuses.join(', ') || 'no operations',
      answer,
    )
  )
}

export const bulk: CheckGroup = {
  subject: 'Bulk',
  needs: ['bulk'],
  checks: [
    {
      id: 'bulk',
      title: 'Several users are created by one request',
      basis: 'RFC 7644 §3.7',
      weight: 'must',
      async run(lab) {
        const create = (bulkId: string) => ({
          method: 'POST',
          path: '/Users',
          bulkId,
          data: lab.userBody(lab.freshName()),
        })
        return verdictOf(allCreated(await bulkOf(lab, create('one'), create('two')), 2))
      },
    },
    {
      id: 'bulk-reference',
      title: 'A group names a user that the same request creates',
      basis: 'RFC 7644 §3.7.2',
      weight: 'must',
      needs: ['groups'],
      async run(lab) {
        const displayName = lab.freshName()
        const answer = await bulkOf(
          lab,
          { method: 'POST', path: '/Users', bulkId: 'somebody', data: lab.userBody(lab.freshName()) },
          {
            method: 'POST',
            path: '/Groups',
            bulkId: 'group',
            data: { schemas: [groupSchemaUrn], displayName, members: [{ value: 'bulkId:somebody' }] },
          },
        )
        const read = await lab.get(`/Groups/${encodeURIComponent(idInBulk(answer, 'group') ?? '')}`)
        return verdictOf(
          allCreated(answer, 2),
          holds(memberIds(read).length === 1, 'a group with 1 member', `${memberIds(read).length}`),
        )
      },
    },
  ],
}
