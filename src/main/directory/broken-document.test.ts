import { afterEach, beforeEach, expect, it } from 'vitest'
import { breakDocument } from '../store/broken-document.fixture.ts'
import { bodyOf, openTestDirectory, patch, statusOf } from './test-directory.fixture.ts'

let directory: ReturnType<typeof openTestDirectory>

beforeEach(() => {
  directory = openTestDirectory()
  directory.administer('add-lookup-index', { directory: 'main', path: 'nickName' })
})

afterEach(() => directory.close())

const indexed = () =>
  directory.connection
    .prepare<[], string>('select value_key from user_emails union all select value_key from lookup_keys')
    .pluck()
    .all()

/** A user whose stored document nobody can read, as a disk might leave it. */
function addBroken(): string {
  const id = directory.addUser('ada', {
    externalId: 'e1',
    active: false,
    nickName: 'countess',
    emails: [{ value: 'ada@old.example' }],
  })
  breakDocument(directory.dataDir, id)
  return id
}

it('is made whole by a PUT, which keeps what stands beside it', () => {
  const id = addBroken()
  const body = { userName: 'ada', emails: [{ value: 'ada@new.example' }] }
  expect(directory.request('PUT', `/Users/${id}`, body)).toMatchObject({ kind: 'answer', answer: { status: 200 } })
  expect(directory.store.users.any(directory.directoryId, id)).toMatchObject({ active: 0, external_ids: '{"1":"e1"}' })
  expect(indexed()).toEqual(['ada@new.example'])
  expect(statusOf(directory.request('PATCH', `/Users/${id}`, patch()))).toBe(200)
})

it('is made whole also by a PUT of no more than what stands beside it', () => {
  const id = addBroken()
  expect(statusOf(directory.request('PUT', `/Users/${id}`, { userName: 'ada', active: false, externalId: 'e1' }))).toBe(
    200,
  )
  expect(statusOf(directory.request('PATCH', `/Users/${id}`, patch()))).toBe(200)
  expect(indexed()).toEqual([])
})

it('goes for good with its user', () => {
  const id = addBroken()
  expect(statusOf(directory.request('DELETE', `/Users/${id}`))).toBe(204)
  expect(directory.administer('purge-user', { directory: 'main', who: id })).toMatchObject({ kind: 'value' })
  expect(directory.store.users.any(directory.directoryId, id)).toBeUndefined()
  expect(indexed()).toEqual([])
})

it('is no reason to fail for a group that it is in, nor for one that takes it in', () => {
  const id = addBroken()
  const whole = directory.addUser('bo', { displayName: 'Bo' })
  const group = directory.addGroup('Engineers', [id, whole])
  const change = patch({ op: 'remove', path: 'members[display eq "Bo"]' })
  const answer = bodyOf(directory.request('PATCH', `/Groups/${group}`, change, { query: 'attributes=members' }))
  expect(answer['members']).toEqual([expect.objectContaining({ value: id, display: 'ada' })])
})

it('is told by a PATCH, with what heals it, and keeps no other operation of the same request', () => {
  const id = addBroken()
  const whole = directory.addUser('bo')
  const title = patch({ op: 'add', path: 'title', value: 'Countess' })
  const told = {
    kind: 'scim-error',
    status: 500,
    detail: expect.stringMatching(/record of the user "ada" is damaged.*Save the user again as a whole, with a PUT/),
  }
  expect(directory.request('PATCH', `/Users/${id}`, title)).toMatchObject(told)
  const operations = [id, whole].map((each) => ({ method: 'PATCH', path: `/Users/${each}`, data: title }))
  expect(bodyOf(directory.bulk(operations))['Operations']).toMatchObject([{ status: '500' }, { status: '200' }])
})

it('is made whole by an edit of the admin', () => {
  const id = addBroken()
  const { version } = directory.store.users.any(directory.directoryId, id) ?? { version: 0 }
  const resource = { userName: 'ada', title: 'Countess' }
  const edit = { directory: 'main', id, version, resource, overManaged: true }
  expect(directory.administer('edit-user', edit)).toMatchObject({ kind: 'value' })
  expect(bodyOf(directory.request('PATCH', `/Users/${id}`, patch(), { query: 'attributes=title' }))).toMatchObject({
    title: 'Countess',
  })
})

it('does not keep a custom attribute from being removed', () => {
  const urn = 'urn:example:acme:2.0:User'
  const draft = { urn, name: 'badge', type: 'string', multiValued: false } as const
  directory.administer('add-attribute', { directory: 'main', draft })
  addBroken()
  const id = directory.addUser('bo', { [urn]: { badge: '7' } })
  const begun = directory.administer('begin-attribute-removal', { directory: 'main', name: 'badge', urn })
  const attribute = directory.store.customAttributes.ofDirectory(directory.directoryId)[0]?.id ?? 0
  expect(begun).toMatchObject({ kind: 'value' })
  expect(
    directory.administer('remove-attribute-values', { directory: 'main', id: attribute, afterSeq: 0 }),
  ).toMatchObject({ kind: 'value', value: { changed: 1 } })
  expect(directory.store.customAttributes.ofDirectory(directory.directoryId)).toEqual([])
  expect(directory.store.users.any(directory.directoryId, id)?.doc).not.toContain('badge')
})

it.each(['PUT', 'PATCH'] as const)('of a group is made whole by a %s of its name', (method) => {
  const member = directory.addUser('bo')
  const id = directory.addGroup('Engineers', [member])
  breakDocument(directory.dataDir, id, 'groups')
  const body =
    method === 'PUT' ? { displayName: 'Engineers' } : patch({ op: 'replace', path: 'displayName', value: 'Engineers' })
  const answer = bodyOf(directory.request(method, `/Groups/${id}`, body, { query: 'attributes=displayName,members' }))
  expect(answer).toMatchObject({ displayName: 'Engineers', members: [{ value: member }] })
  const { doc, version } = directory.store.groups.any(directory.directoryId, id) ?? { doc: '', version: 0 }
  expect(JSON.parse(doc)).toMatchObject({ displayName: 'Engineers' })
  expect(version).toBe(2)
})
