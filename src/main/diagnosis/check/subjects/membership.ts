import { member } from '../../../../idp/simulated/answer-content.ts'
import { verdictOf, type CheckGroup } from '../check.ts'
import { has, hasStatus, holds, listsExactly } from '../expectations.ts'
import { hasMembers } from '../group-members.ts'
import type { MadeUser } from '../lab.ts'

const references = (...users: readonly MadeUser[]) => users.map(({ id }) => ({ $ref: null, value: id }))

export const membership: CheckGroup = {
  subject: 'Changes of groups',
  needs: ['groups', 'patch'],
  checks: [
    {
      id: 'group-add-members',
      title: 'Add puts members into a group, with an empty $ref',
      basis: 'RFC 7644 §3.5.2.1, Entra ID',
      weight: 'must',
      async run(lab) {
        const [one, other] = [await lab.user(), await lab.user()]
        const { path } = await lab.group([one])
        const answer = await lab.patch(path, { op: 'Add', path: 'members', value: references(other) })
        return verdictOf(hasStatus(answer, 200, 204), hasMembers(await lab.get(path), one, other))
      },
    },
    {
      id: 'group-add-again',
      title: 'A member that is added again is in the group once',
      basis: 'RFC 7644 §3.5.2.1',
      weight: 'should',
      async run(lab) {
        const one = await lab.user()
        const { path } = await lab.group([one])
        const answer = await lab.patch(path, { op: 'add', path: 'members', value: [{ value: one.id }] })
        return verdictOf(hasStatus(answer, 200, 204), hasMembers(await lab.get(path), one))
      },
    },
    {
      id: 'group-remove-by-filter',
      title: 'remove with a value filter takes one member out',
      basis: 'RFC 7644 §3.5.2.2, Okta',
      weight: 'must',
      async run(lab) {
        const [one, other] = [await lab.user(), await lab.user()]
        const { path } = await lab.group([one, other])
        const answer = await lab.patch(path, { op: 'remove', path: `members[value eq "${one.id}"]` })
        return verdictOf(hasStatus(answer, 200, 204), hasMembers(await lab.get(path), other))
      },
    },
    {
      id: 'group-remove-by-value',
      title: 'Remove with the members in its value takes those out, and nobody else',
      basis: 'Entra ID',
      weight: 'must',
      async run(lab) {
        const [one, other] = [await lab.user(), await lab.user()]
        const { path } = await lab.group([one, other])
        const answer = await lab.patch(path, { op: 'Remove', path: 'members', value: references(one) })
        return verdictOf(hasStatus(answer, 200, 204), hasMembers(await lab.get(path), other))
      },
    },
    {
      id: 'group-empty',
      title: 'replace with an empty list empties a group',
      basis: 'RFC 7644 §3.5.2.3, Okta',
      weight: 'should',
      async run(lab) {
        const { path } = await lab.group([await lab.user()])
        const answer = await lab.patch(path, { op: 'replace', path: 'members', value: [] })
        return verdictOf(hasStatus(answer, 200, 204), hasMembers(await lab.get(path)))
      },
    },
    {
      id: 'group-rename',
      title: 'A group is renamed and keeps its members',
      basis: 'RFC 7644 §3.5.2.3, Entra ID',
      weight: 'must',
      async run(lab) {
        const one = await lab.user()
        const { path } = await lab.group([one])
        const displayName = lab.freshName()
        const answer = await lab.patch(path, { op: 'Replace', path: 'displayName', value: displayName })
        const read = await lab.get(path)
        return verdictOf(hasStatus(answer, 200, 204), has(read, ['displayName'], displayName), hasMembers(read, one))
      },
    },
    {
      id: 'group-rename-okta',
      title: 'A rename may come without a path, with the id in its value',
      basis: 'Okta',
      weight: 'must',
      async run(lab) {
        const one = await lab.user()
        const { path, id } = await lab.group([one])
        const displayName = lab.freshName()
        const answer = await lab.patch(path, { op: 'replace', value: { id, displayName } })
        const read = await lab.get(path)
        return verdictOf(hasStatus(answer, 200, 204), has(read, ['displayName'], displayName), hasMembers(read, one))
      },
    },
    {
      id: 'group-find-member',
      title: 'A filter tells whether somebody is in a group',
      basis: 'Entra ID',
      weight: 'should',
      needs: ['filter'],
      async run(lab) {
        const [one, other] = [await lab.user(), await lab.user()]
        const { id } = await lab.group([one])
        const asked = (user: MadeUser) =>
          lab.find('/Groups', `id eq "${id}" and members eq "${user.id}"`, { attributes: 'id' })
        return verdictOf(listsExactly(await asked(one), id), listsExactly(await asked(other)))
      },
    },
    {
      id: 'group-inactive-member',
      title: 'Somebody who is deactivated and restored is still in the group',
      basis: 'Entra ID',
      weight: 'should',
      async run(lab) {
        const one = await lab.user()
        const { path } = await lab.group([one])
        await lab.patch(one.path, { op: 'replace', path: 'active', value: false })
        await lab.patch(one.path, { op: 'replace', path: 'active', value: true })
        return verdictOf(hasMembers(await lab.get(path), one))
      },
    },
    {
      id: 'group-deleted-member',
      title: 'Somebody who is deleted is in the group no more',
      basis: 'RFC 7643 §4.2',
      weight: 'may',
      async run(lab) {
        const [one, other] = [await lab.user(), await lab.user()]
        const { path } = await lab.group([one, other])
        await lab.remove(one.path)
        return verdictOf(hasMembers(await lab.get(path), other))
      },
    },
    {
      id: 'user-groups',
      title: 'A user shows the groups it is in',
      basis: 'RFC 7643 §4.1.2',
      weight: 'may',
      async run(lab) {
        const one = await lab.user()
        const { id } = await lab.group([one])
        const shown = member((await lab.get(one.path)).body, 'groups')
        return verdictOf(
          holds(
            JSON.stringify(shown ?? []).includes(JSON.stringify(id)),
            'groups with its id',
            JSON.stringify(shown) ?? 'none',
          ),
        )
      },
    },
  ],
}
