import { join } from 'node:path'
import Database from 'better-sqlite3'
import { expect, test } from 'vitest'
import { group, user } from '../../../test/people.ts'
import { breakDocument } from '../store/broken-document.fixture.ts'
import { startApi } from './api.fixture.ts'
import { everyItem } from './streams/every-item.fixture.ts'

test('a local user is found, edited, archived, restored and purged', async () => {
  const { api } = await startApi()
  const { id } = await api.users.create({ resource: user({ userName: 'ana@example.com', displayName: 'Ana Moss' }) })
  expect(await api.users.search({ query: 'MOSS' })).toMatchObject({ total: 1, items: [{ id, source: 'local' }] })
  const before = await api.users.get({ id })
  await api.users.edit({
    id,
    version: before.version,
    resource: { ...before.resource, title: 'Head of engineering' },
  })
  const after = await api.users.get({ id })
  expect(after.resource).toMatchObject({ title: 'Head of engineering', userName: 'ana@example.com' })
  expect((await api.users.history({ id })).items[0]).toMatchObject({
    action: 'replace',
    actor: 'test',
    requestId: null,
  })
  expect(after.drift).toEqual([])
  await api.users.archive({ id })
  expect((await api.users.search({ archived: true })).items.map((each) => each.id)).toEqual([id])
  expect(await api.users.restore({ id })).toEqual({ id, userName: 'ana@example.com' })
  await api.users.archive({ id })
  await api.users.purge({ id })
  await expect(api.users.get({ id })).rejects.toMatchObject({ code: 'NOT_FOUND' })
})

test('a user whose stored record is damaged is listed, found and shown with what is wrong, and made whole by an edit', async () => {
  const { api, dataDir } = await startApi()
  const { id } = await api.users.create({ resource: user({ userName: 'ana@example.com', displayName: 'Ana Moss' }) })
  const other = await api.users.create({ resource: user({ userName: 'ben@example.com', displayName: 'Ben Moss' }) })
  const team = await api.groups.create({ resource: { displayName: 'Team' } })
  await api.groups.changeMembers({ id: team.id, add: [id, other.id] })
  breakDocument(dataDir, id)
  expect((await api.users.search({})).items).toContainEqual(
    expect.objectContaining({ id: other.id, displayName: 'Ben Moss' }),
  )
  expect((await api.users.search({ query: 'moss' })).items.map((each) => each.id)).toEqual([id, other.id])
  const members = await api.groups.members({ id: team.id })
  expect(members.items.map((each) => each.id)).toEqual([id, other.id])
  const shown = await api.users.get({ id })
  expect(shown).toMatchObject({ userName: 'ana@example.com', groups: [{ id: team.id }] })
  expect(shown.damage).toMatch(/record of the user "ana@example.com" is damaged.*in the console/)
  expect(await api.users.seenBy({ id, integration: null })).toMatchObject({ isVisible: false, remark: shown.damage })
  await api.users.edit({ id, version: shown.version, resource: { ...shown.resource, displayName: 'Ana Moss' } })
  expect(await api.users.get({ id })).toMatchObject({ damage: null, displayName: 'Ana Moss' })
})

test('an edit of what somebody else has changed meanwhile changes nothing', async () => {
  const { api } = await startApi()
  const { id } = await api.users.create({ resource: user() })
  const seen = await api.users.get({ id })
  await api.users.edit({ id, version: seen.version, resource: { ...seen.resource, title: 'first' } })
  await expect(
    api.users.edit({ id, version: seen.version, resource: { ...seen.resource, title: 'second' } }),
  ).rejects.toMatchObject({ code: 'REFUSED', data: { reason: 'changed' } })
  expect((await api.users.get({ id })).resource['title']).toBe('first')
})

test('who works on what another one has archived meanwhile is told so by its name', async () => {
  const { api } = await startApi()
  const { id } = await api.users.create({ resource: user({ userName: 'ana@example.com' }) })
  const team = await api.groups.create({ resource: { displayName: 'Team' } })
  await api.users.archive({ id })
  await api.groups.archive({ id: team.id })
  const archived = { code: 'REFUSED', message: 'ana@example.com is archived. Restore this person first.' }
  await expect(api.users.archive({ id })).rejects.toMatchObject(archived)
  await expect(api.users.setStanding({ id, active: false })).rejects.toMatchObject(archived)
  await expect(api.groups.changeMembers({ id: team.id, add: [id] })).rejects.toMatchObject({
    code: 'REFUSED',
    message: 'Team is archived. Restore this group first.',
  })
})

test('an edit of what an IdP manages warns first, and is drift until the IdP writes it again', async () => {
  const { api, scim } = await startApi()
  const id = await scim.create('/Users', user({ title: 'Engineer' }))
  const seen = await api.users.get({ id })
  const edit = { id, version: seen.version, resource: { ...seen.resource, title: 'Boss' } }
  await expect(api.users.edit(edit)).rejects.toMatchObject({ code: 'REFUSED', data: { reason: 'managed' } })
  await expect(api.users.archive({ id })).rejects.toMatchObject({ data: { reason: 'managed' } })
  await api.users.edit({ ...edit, overManaged: true })
  const drifted = await api.users.get({ id })
  expect(drifted.drift).toMatchObject([{ attribute: 'title', idpValue: 'Engineer', value: 'Boss', actor: 'test' }])
  expect(drifted.manager?.slug).toBe('entra')
  await scim.patch(`/Users/${id}`, [{ op: 'replace', path: 'title', value: 'Principal' }])
  expect((await api.users.get({ id })).drift).toEqual([])
})

test('a change by an IdP names the request that made it', async () => {
  const { api, scim } = await startApi()
  const made = await scim.post('/Users', user())
  const id = made.textAt('/id')
  const { items } = await api.users.history({ id })
  expect(items[0]).toMatchObject({
    action: 'create',
    actor: 'entra',
    requestId: made.headers.get('x-request-id'),
  })
})

test('local administrators are seen here and nowhere in SCIM', async () => {
  const { api, scim } = await startApi()
  expect(await api.users.search({ role: 'administrator' })).toMatchObject({ total: 1, items: [{ userName: 'admin' }] })
  expect((await scim.get('/Users')).at('/totalResults')).toBe(0)
})

test('members are added and removed, and the history says whom', async () => {
  const { api } = await startApi()
  const { id: ana } = await api.users.create({ resource: user({ displayName: 'Ana' }) })
  const { id } = await api.groups.create({ resource: group('Sales') })
  expect(await api.groups.changeMembers({ id, add: [ana] })).toEqual({ added: 1, removed: 0 })
  expect(await api.groups.members({ id })).toMatchObject({
    items: [{ id: ana, kind: 'User', name: 'Ana' }],
    next: null,
  })
  expect((await api.users.get({ id: ana })).groups).toEqual([{ id, displayName: 'Sales', isDirect: true }])
  expect((await api.groups.history({ id })).items[0]).toMatchObject({ members: { added: [ana], addedCount: 1 } })
  expect(await api.groups.search({ query: 'sal' })).toMatchObject({ total: 1, items: [{ members: 1 }] })
})

test('lists are narrowed, sorted and cut into pages', async () => {
  const { api, scim } = await startApi()
  for (const name of ['cleo', 'ana', 'bo'])
    await scim.create('/Users', user({ userName: `${name}@example.com`, displayName: name }))
  await api.users.create({ resource: user({ userName: 'dan@example.com', active: false }) })
  const names = async (input: Parameters<typeof api.users.search>[0]) =>
    (await api.users.search(input)).items.map((each) => each.userName.split('@')[0])
  expect(await names({ source: 'scim' })).toEqual(['ana', 'bo', 'cleo'])
  expect(await names({ source: 'scim', descending: true, limit: 2 })).toEqual(['cleo', 'bo'])
  const { next } = await api.users.search({ source: 'scim', limit: 2 })
  expect(await names({ source: 'scim', limit: 2, cursor: next })).toEqual(['cleo'])
  expect(await names({ active: false })).toEqual(['dan'])
})

test('the sample organisation can be added once and leaves nothing behind', async () => {
  const { api, scim } = await startApi()
  const before = await api.users.search({})
  expect(await api.directories.addSample({})).toEqual({ users: 30, groups: 5 })
  await expect(api.directories.addSample({})).rejects.toMatchObject({ code: 'REFUSED' })
  const people = await api.users.search({ query: 'sample.example', limit: 100 })
  expect(people.items).toHaveLength(30)
  expect(people.items.every((each) => each.isSample)).toBe(true)
  const [first] = people.items
  if (!first) throw new Error('nobody is there')
  await scim.patch(`/Users/${first.id}`, [{ op: 'replace', path: 'title', value: 'Adopted' }])
  expect(await api.directories.removeSample({})).toEqual({ users: 29, groups: 5, kept: 1 })
  expect((await api.users.search({ archived: true })).total).toBe(0)
  expect((await api.users.search({})).total).toBe((before.total ?? 0) + 1)
  expect((await api.users.get({ id: first.id })).isSample).toBe(false)
  expect(await api.directories.sample({})).toEqual({ users: 0, groups: 0 })
})

test('an attribute is added, filled and removed with its values', async () => {
  const { api } = await startApi()
  const added = await api.attributes.add({ name: 'costBucket', type: 'string' })
  const { id } = await api.users.create({ resource: user({ [added.urn]: { costBucket: 'A7' } }) })
  expect((await api.users.get({ id })).resource[added.urn]).toEqual({ costBucket: 'A7' })
  const { name, urn } = added
  const removal = await everyItem(api, (subscription) => api.attributes.remove({ name, urn, subscription }))
  expect(removal).toEqual([{ users: 1, isDone: true }])
  expect((await api.users.get({ id })).resource[added.urn]).toBeUndefined()
  expect(await api.attributes.list({})).toEqual([])
})

test('a backup is written into the data directory and listed, and nobody is signed in in it', async () => {
  const { api, sessions } = await startApi()
  await sessions.issueKey()
  await sessions.signIn({ userAgent: 'a browser', remoteAddress: '127.0.0.1' })
  const written = await api.backups.create()
  expect(written).toMatchObject({ integrations: 1 })
  const { folder, items } = await api.backups.list()
  expect(items).toMatchObject([{ file: written.file, bytes: written.bytes }])
  const copy = new Database(join(folder, written.file), { readonly: true })
  expect(copy.prepare('select count(*) from console_sessions').pluck().get()).toBe(0)
  expect(copy.prepare('select count(*) from console_keys').pluck().get()).toBe(0)
  copy.close()
})
