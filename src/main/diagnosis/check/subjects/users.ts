import { member, textOf } from '../../../../idp/simulated/answer-content.ts'
import type { Answer } from '../../exchange.ts'
import { verdictOf, type CheckGroup } from '../check.ts'
import { has, hasStatus, hasText, holds, isKind, isScimError, lacks, listsExactly, shown } from '../expectations.ts'
import { pathOf, type Lab } from '../lab.ts'

/** Looks somebody up by name; undefined at an endpoint that says it has no filters, which another check tells about. */
async function lookUp(lab: Lab, userName: string): Promise<Answer | undefined> {
  return lab.capabilities.claims('filter') === false ? undefined : lab.find('/Users', `userName eq "${userName}"`)
}

/** Within a URL an id is escaped; an id is often an e-mail address. */
function endsWithId(location: string, id: string): boolean {
  return [id, encodeURIComponent(id)].some((each) => location.endsWith(`/Users/${each}`))
}

export const users: CheckGroup = {
  subject: 'Users',
  checks: [
    {
      id: 'create',
      title: 'A created user is answered with 201, its id and what was sent',
      basis: 'RFC 7644 §3.3',
      weight: 'must',
      async run(lab) {
        const userName = lab.freshName()
        const answer = await lab.post('/Users', lab.userBody(userName))
        return verdictOf(
          hasStatus(answer, 201),
          isKind(answer, ['id'], 'string'),
          hasText(answer, ['userName'], userName),
          has(answer, ['name', 'familyName'], 'Person'),
          has(answer, ['active'], true),
        )
      },
    },
    {
      id: 'create-location',
      title: 'The answer to a create says where the user is',
      basis: 'RFC 7644 §3.3',
      weight: 'must',
      async run(lab) {
        const { id, answer } = await lab.user()
        const location = answer.headers['location'] ?? ''
        return verdictOf(
          holds(endsWithId(location, id), 'a Location header that ends with the id', location || 'none'),
          has(answer, ['meta', 'location'], location),
        )
      },
    },
    {
      id: 'meta',
      title: 'A user has meta: its type, and when it was made and changed',
      basis: 'RFC 7643 §3.1',
      weight: 'should',
      async run(lab) {
        const answer = await lab.get((await lab.user()).path)
        return verdictOf(
          has(answer, ['meta', 'resourceType'], 'User'),
          isKind(answer, ['meta', 'created'], 'string'),
          isKind(answer, ['meta', 'lastModified'], 'string'),
        )
      },
    },
    {
      id: 'read',
      title: 'A user is read back as it was created',
      basis: 'RFC 7644 §3.4.1',
      weight: 'must',
      async run(lab) {
        const { path, id, userName } = await lab.user()
        const answer = await lab.get(path)
        return verdictOf(
          hasStatus(answer, 200),
          has(answer, ['id'], id),
          hasText(answer, ['userName'], userName),
          has(answer, ['name', 'givenName'], 'Check'),
          hasText(answer, ['emails', 'work', 'value'], userName),
        )
      },
    },
    {
      id: 'names',
      title: 'Names of every script come back as they were sent',
      basis: 'RFC 7644 §3.8',
      weight: 'must',
      async run(lab) {
        const name = { givenName: 'José 美咲', familyName: "O'Malley-Żółć & <Søn>" }
        const created = await lab.post('/Users', lab.userBody(lab.freshName(), { name }))
        const answer = await lab.get(pathOf('/Users', created))
        return verdictOf(
          hasStatus(created, 201),
          has(answer, ['name', 'givenName'], name.givenName),
          has(answer, ['name', 'familyName'], name.familyName),
        )
      },
    },
    {
      id: 'password',
      title: 'A password is accepted and never returned',
      basis: 'RFC 7643 §4.1.1, Okta',
      weight: 'must',
      async run(lab) {
        const userName = lab.freshName()
        const created = await lab.post('/Users', lab.userBody(userName, { password: 'Check-7f3k-Secret!' }))
        const read = await lab.get(pathOf('/Users', created))
        return verdictOf(
          hasStatus(created, 201),
          lacks(created, ['password']),
          hasText(read, ['userName'], userName),
          lacks(read, ['password']),
        )
      },
    },
    {
      id: 'duplicate',
      title: 'The same userName a second time is answered with 409',
      basis: 'RFC 7644 §3.3, Okta',
      weight: 'must',
      async run(lab) {
        const { userName } = await lab.user()
        return verdictOf(hasStatus(await lab.post('/Users', lab.userBody(userName)), 409))
      },
    },
    {
      id: 'duplicate-error',
      title: 'The 409 is a SCIM error of the type uniqueness',
      basis: 'RFC 7644 §3.3',
      weight: 'should',
      async run(lab) {
        const { userName } = await lab.user()
        const answer = await lab.post('/Users', lab.userBody(userName))
        return verdictOf(isScimError(answer), has(answer, ['scimType'], 'uniqueness'))
      },
    },
    {
      id: 'duplicate-case',
      title: 'A userName in other letter case is the same userName',
      basis: 'RFC 7643 §4.1.1, Entra ID',
      weight: 'should',
      async run(lab) {
        const { userName } = await lab.user()
        return verdictOf(hasStatus(await lab.post('/Users', lab.userBody(userName.toUpperCase())), 409))
      },
    },
    {
      id: 'without-username',
      title: 'A user without a userName is refused',
      basis: 'RFC 7643 §4.1.1',
      weight: 'must',
      async run(lab) {
        const { userName: _, ...body } = lab.userBody(lab.freshName())
        const answer = await lab.post('/Users', { ...body, displayName: lab.freshName() })
        return verdictOf(hasStatus(answer, 400))
      },
    },
    {
      id: 'read-only',
      title: 'An id and meta sent by the client are ignored',
      basis: 'RFC 7644 §3.3',
      weight: 'must',
      async run(lab) {
        const sent = 'sent-by-the-client'
        const answer = await lab.post(
          '/Users',
          lab.userBody(lab.freshName(), { id: sent, meta: { resourceType: 'User' }, groups: [] }),
        )
        return verdictOf(
          hasStatus(answer, 201),
          holds(textOf(answer.body, 'id') !== sent, 'an id of the endpoint', 'the id that was sent'),
        )
      },
    },
    {
      id: 'nulls',
      title: 'Attributes that are null are taken for absent',
      basis: 'RFC 7643 §2.5, Entra ID',
      weight: 'should',
      async run(lab) {
        const nothing = { title: null, addresses: null, phoneNumbers: null, preferredLanguage: null }
        return verdictOf(hasStatus(await lab.post('/Users', lab.userBody(lab.freshName(), nothing)), 201))
      },
    },
    {
      id: 'unknown-attribute',
      title: 'An attribute that the endpoint does not know fails nobody',
      basis: 'Entra ID, Okta',
      weight: 'should',
      async run(lab) {
        const more = { companyNameOfNobody: 'Example' }
        return verdictOf(hasStatus(await lab.post('/Users', lab.userBody(lab.freshName(), more)), 201))
      },
    },
    {
      id: 'replace',
      title: 'PUT replaces a user',
      basis: 'RFC 7644 §3.5.1, Okta',
      weight: 'must',
      async run(lab) {
        const { path, id, userName } = await lab.user()
        const name = { givenName: 'Other', familyName: 'Name' }
        const replaced = await lab.put(path, { ...lab.userBody(userName, { name }), id })
        const read = await lab.get(path)
        return verdictOf(
          hasStatus(replaced, 200),
          has(replaced, ['name', 'familyName'], 'Name'),
          has(read, ['name', 'givenName'], 'Other'),
        )
      },
    },
    {
      id: 'replace-active',
      title: 'PUT with active false deactivates a user',
      basis: 'Okta (apps made with the wizard)',
      weight: 'must',
      async run(lab) {
        const { path, id, userName } = await lab.user()
        const replaced = await lab.put(path, { ...lab.userBody(userName, { active: false }), id })
        return verdictOf(hasStatus(replaced, 200), has(await lab.get(path), ['active'], false))
      },
    },
    {
      id: 'inactive-visible',
      title: 'An inactive user is still read and found',
      basis: 'Entra ID, Okta',
      weight: 'must',
      async run(lab) {
        const { path, id, userName } = await lab.user({ active: false })
        const read = await lab.get(path)
        const found = await lookUp(lab, userName)
        return verdictOf(hasStatus(read, 200), has(read, ['active'], false), found && listsExactly(found, id))
      },
    },
    {
      id: 'delete',
      title: 'A deleted user is gone',
      basis: 'RFC 7644 §3.6',
      weight: 'must',
      async run(lab) {
        const { path, userName } = await lab.user()
        const removed = await lab.remove(path)
        const read = await lab.get(path)
        const found = await lookUp(lab, userName)
        return verdictOf(
          hasStatus(removed, 204),
          hasStatus(read, 404),
          found &&
            holds(
              found.status === 404 || member(found.body, 'totalResults') === 0,
              'the user is found no more',
              `totalResults is ${shown(member(found.body, 'totalResults'))} (status ${found.status})`,
              found,
            ),
        )
      },
    },
    {
      id: 'delete-twice',
      title: 'A second DELETE is answered with 404',
      basis: 'RFC 7644 §3.6, Entra ID',
      weight: 'must',
      async run(lab) {
        const { path } = await lab.user()
        await lab.remove(path)
        return verdictOf(hasStatus(await lab.remove(path), 404))
      },
    },
    {
      id: 'name-free-again',
      title: 'The userName of a deleted user can be given again',
      basis: 'RFC 7644 §3.6',
      weight: 'should',
      async run(lab) {
        const { path, userName } = await lab.user()
        await lab.remove(path)
        return verdictOf(hasStatus(await lab.post('/Users', lab.userBody(userName)), 201))
      },
    },
  ],
}
