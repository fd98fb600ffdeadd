import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { JsonObject } from '../../scim/json/json.ts'
import { enterpriseUserSchemaUrn } from '../../scim/urn.ts'
import { kinds } from '../store/resources/resource-kind.ts'
import { idpValueOf } from './drift.ts'
import { groupUrn, openTestDirectory, patch, userUrn } from './test-directory.fixture.ts'
import { userResource } from './write/user-record.ts'

let directory: ReturnType<typeof openTestDirectory>

beforeEach(() => {
  directory = openTestDirectory()
})

afterEach(() => directory.close())

function userRow(id: string) {
  const row = directory.store.users.any(directory.directoryId, id)
  if (!row) throw new Error(`there is no user ${id}`)
  return row
}

function groupRow(id: string) {
  const row = directory.store.groups.any(directory.directoryId, id)
  if (!row) throw new Error(`there is no group ${id}`)
  return row
}

/** What has drifted of a user, with what the IdP knows. */
function driftOf(id: string): Record<string, unknown> {
  const rows = directory.store.drift.ofResource(kinds.User, userRow(id).seq)
  return Object.fromEntries(rows.map((row) => [row.attribute, idpValueOf(row) ?? null]))
}

function memberDriftOf(id: string): Record<string, number> {
  const rows = directory.store.drift.members(groupRow(id).seq, 100)
  return Object.fromEntries(rows.map((row) => [row.id ?? '', row.was_member]))
}

/** An edit by the admin, who has read the warning. */
function edit(id: string, changes: JsonObject): void {
  const row = userRow(id)
  const resource = { ...userResource(row, undefined), ...changes }
  const outcome = directory.administer('edit-user', {
    directory: 'main',
    id,
    resource,
    version: row.version,
    overManaged: true,
  })
  expect(outcome.kind).toBe('value')
}

const patchUser = (id: string, ...operations: readonly JsonObject[]) =>
  directory.request('PATCH', `/Users/${id}`, patch(...operations))

describe('the drift of a user that an IdP manages', () => {
  it('ends for whom the IdP deletes where a deletion deactivates, also when a person had done so before', () => {
    directory.administer('set-policy', { slug: 'entra', changes: [{ name: 'neverDelete', value: 'true' }] })
    const id = directory.addUser('ana')
    edit(id, { active: false })
    expect(driftOf(id)).toEqual({ active: true })
    directory.request('DELETE', `/Users/${id}`)
    expect(driftOf(id)).toEqual({})
  })

  it('keeps what the IdP wrote, over several edits by hand', () => {
    const id = directory.addUser('ana', { title: 'Engineer', [enterpriseUserSchemaUrn]: { department: 'R&D' } })
    edit(id, { title: 'Boss', nickName: 'An' })
    edit(id, { title: 'Chief', [enterpriseUserSchemaUrn]: { department: 'Sales' } })
    expect(driftOf(id)).toEqual({
      title: 'Engineer',
      nickName: null,
      [`${enterpriseUserSchemaUrn}:department`]: 'R&D',
    })
  })

  it('ends when a person sets the IdP’s value again', () => {
    const id = directory.addUser('ana', { title: 'Engineer' })
    edit(id, { title: 'Boss', nickName: 'An' })
    edit(id, { title: 'Engineer', nickName: null })
    expect(driftOf(id)).toEqual({})
  })

  it('ends with what the IdP writes, and no further', () => {
    const id = directory.addUser('ana', { title: 'Engineer' })
    edit(id, { title: 'Boss', nickName: 'An', active: false })
    patchUser(id, { op: 'replace', path: 'title', value: 'Principal' })
    expect(driftOf(id)).toEqual({ nickName: null, active: true })
  })

  it('ends when the IdP writes the very value that a person has set', () => {
    const id = directory.addUser('ana', { title: 'Engineer' })
    edit(id, { title: 'Boss' })
    patchUser(id, { op: 'replace', path: 'title', value: 'Boss' })
    expect(driftOf(id)).toEqual({})
  })

  it('of an attribute of an extension ends with what the IdP writes, and can be taken back', () => {
    const urn = enterpriseUserSchemaUrn
    const [ana, bo] = [directory.addUser('ana', { [urn]: { department: 'R&D' } }), directory.addUser('bo')]
    for (const id of [ana, bo]) edit(id, { [urn]: { department: 'Sales', costCenter: '7' } })
    patchUser(ana, { op: 'replace', path: `${urn.toLowerCase()}:department`, value: 'Legal' })
    expect(driftOf(ana)).toEqual({ [`${urn}:costCenter`]: null })
    for (const id of [ana, bo]) directory.administer('take-back-user', { directory: 'main', id, attributes: null })
    expect(userResource(userRow(ana), undefined)[urn]).toEqual({ department: 'Legal' })
    expect(userResource(userRow(bo), undefined)).toEqual({ schemas: [userUrn], userName: 'bo', active: true })
  })

  it('ends where the IdP writes a part that is there by the edit alone', () => {
    const work = { value: 'ana@work.example', type: 'work' }
    const id = directory.addUser('ana', { emails: [work] })
    edit(id, { emails: [work, { value: 'ana@home.example', type: 'home' }] })
    const change = patchUser(id, { op: 'replace', path: 'emails[value ew "home.example"].type', value: 'other' })
    expect(change).toMatchObject({ kind: 'answer', answer: { status: 200 } })
    expect(driftOf(id)).toEqual({})
  })

  it('stays where the IdP writes only another part of the value, with that part', () => {
    const id = directory.addUser('ana', { name: { givenName: 'Ana', familyName: 'Moss' } })
    edit(id, { name: { givenName: 'Ana', familyName: 'Moor' } })
    patchUser(id, { op: 'replace', path: 'name.givenName', value: 'Anna' })
    expect(userResource(userRow(id), undefined)['name']).toEqual({ givenName: 'Anna', familyName: 'Moor' })
    expect(driftOf(id)).toEqual({ name: { givenName: 'Anna', familyName: 'Moss' } })
  })

  it('ends with a PUT, but for active, which a PUT may leave out', () => {
    const id = directory.addUser('ana', { title: 'Engineer' })
    edit(id, { title: 'Boss', active: false })
    directory.request('PUT', `/Users/${id}`, { schemas: [userUrn], userName: 'ana', title: 'Boss' })
    expect(driftOf(id)).toEqual({ active: true })
    directory.request('PUT', `/Users/${id}`, { schemas: [userUrn], userName: 'ana', active: true })
    expect(driftOf(id)).toEqual({})
  })

  it('does not arise for a local user, nor by a role, nor by the removal of an attribute', () => {
    directory.administer('import-users', {
      directory: 'main',
      users: [{ line: 1, resource: { userName: 'local' }, role: 'user' }],
    })
    const local = directory.store.users.byUserNameKey(directory.directoryId, 'local')?.id ?? ''
    edit(local, { title: 'Boss' })
    expect(driftOf(local)).toEqual({})
    directory.administer('add-attribute', { directory: 'main', draft: { name: 'badge', type: 'string' } })
    const urn = 'urn:ietf:params:scim:schemas:extension:rollcall:2.0:User'
    const id = directory.addUser('ana', { [urn]: { badge: '7' } })
    directory.administer('set-user-standing', { directory: 'main', id, role: 'user-manager', active: undefined })
    edit(id, { [urn]: { badge: '8' } })
    expect(driftOf(id)).toEqual({ [`${urn}:badge`]: '7' })
    directory.administer('begin-attribute-removal', { directory: 'main', name: 'badge', urn })
    const attribute = directory.store.customAttributes.ofDirectory(directory.directoryId)[0]
    directory.administer('remove-attribute-values', { directory: 'main', id: attribute?.id ?? 0, afterSeq: 0 })
    expect(userResource(userRow(id), undefined)[urn]).toBeUndefined()
    expect(driftOf(id)).toEqual({})
  })

  it('can be taken back, one attribute or all of them', () => {
    const id = directory.addUser('ana', { title: 'Engineer', displayName: 'Ana' })
    edit(id, { title: 'Boss', displayName: 'An', nickName: 'A' })
    directory.administer('take-back-user', { directory: 'main', id, attributes: ['title'] })
    expect(driftOf(id)).toEqual({ displayName: 'Ana', nickName: null })
    directory.administer('take-back-user', { directory: 'main', id, attributes: null })
    expect(driftOf(id)).toEqual({})
    const { title, displayName, nickName } = userResource(userRow(id), undefined)
    expect({ title, displayName, nickName }).toEqual({ title: 'Engineer', displayName: 'Ana', nickName: undefined })
  })

  it('is not taken back where somebody else has the name by now', () => {
    const id = directory.addUser('ana')
    edit(id, { userName: 'anna' })
    directory.addUser('ana')
    const refused = directory.administer('take-back-user', { directory: 'main', id, attributes: null })
    expect(refused).toMatchObject({ kind: 'refused', problem: expect.stringContaining('already taken') })
    expect(userRow(id).user_name).toBe('anna')
  })

  it('goes with a purge, so that the next user in its row has none', () => {
    const id = directory.addUser('ana', { title: 'Engineer' })
    edit(id, { title: 'Boss' })
    const { seq } = userRow(id)
    directory.request('DELETE', `/Users/${id}`)
    directory.administer('purge-user', { directory: 'main', who: id })
    expect(directory.store.drift.ofResource(kinds.User, seq)).toEqual([])
  })
})

describe('the drift of a group that an IdP manages', () => {
  const changeMembers = (id: string, add: readonly string[], remove: readonly string[]) =>
    directory.administer('change-group-members', { directory: 'main', id, add, remove, overManaged: true })

  it('is whom a person put in or took out, until the IdP writes them', () => {
    const [ana, bo, cy] = ['ana', 'bo', 'cy'].map((name) => directory.addUser(name)) as [string, string, string]
    const id = directory.addGroup('Team', [ana])
    changeMembers(id, [bo, cy], [ana])
    expect(memberDriftOf(id)).toEqual({ [ana]: 1, [bo]: 0, [cy]: 0 })
    changeMembers(id, [], [cy])
    expect(memberDriftOf(id)).toEqual({ [ana]: 1, [bo]: 0 })
    directory.request('PATCH', `/Groups/${id}`, patch({ op: 'add', path: 'members', value: [{ value: bo }] }))
    expect(memberDriftOf(id)).toEqual({ [ana]: 1 })
    directory.request('PATCH', `/Groups/${id}`, patch({ op: 'replace', path: 'members', value: [{ value: bo }] }))
    expect(memberDriftOf(id)).toEqual({})
    changeMembers(id, [cy], [bo])
    directory.request('PATCH', `/Groups/${id}`, patch({ op: 'remove', path: `members[value eq "${bo}"]` }))
    expect(memberDriftOf(id)).toEqual({ [cy]: 0 })
    directory.request('PATCH', `/Groups/${id}`, patch({ op: 'remove', path: 'members' }))
    expect(memberDriftOf(id)).toEqual({})
  })

  it.each([
    ['PATCH', patch({ op: 'replace', path: 'displayName', value: 'Staff' })],
    ['PUT', { schemas: [groupUrn], displayName: 'Staff' }],
  ] as const)('is a name that a person gave it, until the IdP writes one by %s', (method, body) => {
    const id = directory.addGroup('Team')
    const [resource, { version }] = [{ displayName: 'Crew' }, groupRow(id)]
    directory.administer('edit-group', { directory: 'main', id, resource, version, overManaged: true })
    const drifted = () => directory.store.drift.ofResource(kinds.Group, groupRow(id).seq).map((row) => row.attribute)
    expect(drifted()).toEqual(['displayName'])
    directory.request(method, `/Groups/${id}`, body)
    expect(drifted()).toEqual([])
  })

  it('ends for whom the IdP names in another letter case, as the membership itself does', () => {
    const ana = directory.addUser('ana')
    const id = directory.addGroup('Team')
    changeMembers(id, [ana], [])
    expect(memberDriftOf(id)).toEqual({ [ana]: 0 })
    const value = [{ value: ana.toUpperCase() }]
    directory.request('PATCH', `/Groups/${id}`, patch({ op: 'add', path: 'members', value }))
    expect(memberDriftOf(id)).toEqual({})
  })

  it('can be taken back with its name and its members', () => {
    const [ana, bo] = ['ana', 'bo'].map((name) => directory.addUser(name)) as [string, string]
    const id = directory.addGroup('Team', [ana])
    changeMembers(id, [bo], [ana])
    const { version } = groupRow(id)
    directory.administer('edit-group', {
      directory: 'main',
      id,
      resource: { displayName: 'Crew' },
      version,
      overManaged: true,
    })
    directory.administer('take-back-group', { directory: 'main', id, attributes: ['members'] })
    const members = () => directory.store.memberships.page(groupRow(id).seq, -1, 0, 10).map((each) => each.id)
    expect(members()).toEqual([ana])
    expect(memberDriftOf(id)).toEqual({})
    expect(groupRow(id).display_name).toBe('Crew')
    directory.administer('take-back-group', { directory: 'main', id, attributes: null })
    expect(groupRow(id).display_name).toBe('Team')
    expect(directory.store.drift.ofResource(kinds.Group, groupRow(id).seq)).toEqual([])
  })

  it('is taken back past members whom SCIM does not see any more: archived users and local administrators', () => {
    const [ana, bo] = ['ana', 'bo'].map((name) => directory.addUser(name)) as [string, string]
    const standing = { directory: 'main', userName: 'cy', active: undefined }
    directory.administer('create-user', { directory: 'main', resource: { userName: 'cy' }, role: 'user' })
    const cy = directory.store.users.byUserNameKey(directory.directoryId, 'cy')?.id ?? ''
    const id = directory.addGroup('Team', [ana, bo, cy])
    changeMembers(id, [], [ana, bo, cy])
    directory.request('DELETE', `/Users/${bo}`)
    directory.administer('set-user-standing', { ...standing, role: 'administrator' })
    const takeBack = () => directory.administer('take-back-group', { directory: 'main', id, attributes: null })
    const members = () => directory.store.memberships.page(groupRow(id).seq, -1, 0, 10).map((each) => each.id)
    expect(takeBack()).toMatchObject({ kind: 'value' })
    expect(members()).toEqual([ana])
    expect(memberDriftOf(id)).toEqual({ [bo]: 1, [cy]: 1 })
    directory.administer('set-user-standing', { ...standing, role: 'user' })
    takeBack()
    expect(members()).toEqual([ana, cy])
  })
})
