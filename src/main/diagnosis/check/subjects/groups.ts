import { groupSchemaUrn } from '../../../../scim/urn.ts'
import { verdictOf, type CheckGroup } from '../check.ts'
import { has, hasStatus, isKind, lacks, listsExactly } from '../expectations.ts'
import { hasMembers } from '../group-members.ts'
import { pathOf } from '../lab.ts'

export const groups: CheckGroup = {
  subject: 'Groups',
  needs: ['groups'],
  checks: [
    {
      id: 'groups',
      title: '/Groups answers, also to one who does not use groups',
      basis: 'Entra ID (connection test)',
      weight: 'should',
      async run(lab) {
        const answer = await lab.get('/Groups?startIndex=1&count=1')
        return verdictOf(hasStatus(answer, 200), isKind(answer, ['totalResults'], 'number'))
      },
    },
    {
      id: 'group-create',
      title: 'A created group is answered with 201 and its id',
      basis: 'RFC 7644 §3.3',
      weight: 'must',
      async run(lab) {
        const displayName = lab.freshName()
        const answer = await lab.post('/Groups', { schemas: [groupSchemaUrn], displayName })
        return verdictOf(
          hasStatus(answer, 201),
          isKind(answer, ['id'], 'string'),
          has(answer, ['displayName'], displayName),
        )
      },
    },
    {
      id: 'group-unknown-schema',
      title: 'A schema that the endpoint does not know fails no group',
      basis: 'Entra ID',
      weight: 'must',
      async run(lab) {
        const own = 'http://schemas.microsoft.com/2006/11/ResourceManagement/ADSCIM/2.0/Group'
        const body = { schemas: [groupSchemaUrn, own], displayName: lab.freshName(), externalId: lab.freshName() }
        return verdictOf(hasStatus(await lab.post('/Groups', body), 201))
      },
    },
    {
      id: 'group-members',
      title: 'A group is created with members',
      basis: 'RFC 7643 §4.2',
      weight: 'must',
      async run(lab) {
        const [one, other] = [await lab.user(), await lab.user()]
        const members = [{ value: one.id }, { value: other.id }]
        const created = await lab.post('/Groups', { schemas: [groupSchemaUrn], displayName: lab.freshName(), members })
        return verdictOf(hasStatus(created, 201), hasMembers(await lab.get(pathOf('/Groups', created)), one, other))
      },
    },
    {
      id: 'group-find',
      title: 'displayName eq finds exactly one group',
      basis: 'RFC 7644 §3.4.2.2, Entra ID, Okta',
      weight: 'must',
      needs: ['filter'],
      async run(lab) {
        const { id, displayName } = await lab.group()
        return verdictOf(listsExactly(await lab.find('/Groups', `displayName eq "${displayName}"`), id))
      },
    },
    {
      id: 'group-without-members',
      title: 'excludedAttributes=members leaves the members out',
      basis: 'RFC 7644 §3.9, Entra ID',
      weight: 'must',
      async run(lab) {
        const { path, displayName } = await lab.group([await lab.user()])
        const answer = await lab.get(`${path}?excludedAttributes=members`)
        return verdictOf(hasStatus(answer, 200), has(answer, ['displayName'], displayName), lacks(answer, ['members']))
      },
    },
    {
      id: 'group-replace',
      title: 'PUT replaces the members of a group',
      basis: 'RFC 7644 §3.5.1, Okta (apps made with the wizard)',
      weight: 'must',
      async run(lab) {
        const [one, other] = [await lab.user(), await lab.user()]
        const { path, id, displayName } = await lab.group([one])
        const members = [{ value: other.id, display: other.userName }]
        const answer = await lab.put(path, { schemas: [groupSchemaUrn], id, displayName, members })
        return verdictOf(hasStatus(answer, 200), hasMembers(await lab.get(path), other))
      },
    },
    {
      id: 'group-delete',
      title: 'A deleted group is gone, and its members stay',
      basis: 'RFC 7644 §3.6',
      weight: 'must',
      async run(lab) {
        const one = await lab.user()
        const { path } = await lab.group([one])
        const removed = await lab.remove(path)
        return verdictOf(
          hasStatus(removed, 204),
          hasStatus(await lab.get(path), 404),
          hasStatus(await lab.get(one.path), 200),
        )
      },
    },
  ],
}
