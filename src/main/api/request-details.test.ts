import { expect, test } from 'vitest'
import { group, user } from '../../../test/people.ts'
import { startApi } from './api.fixture.ts'
import { logged } from './requests.fixture.ts'

test('a request shows what it changed, what it wrote over, and what is still edited by hand', async () => {
  const running = await startApi()
  const { api, scim } = running
  const ana = await scim.create('/Users', user({ userName: 'ana@example.com', title: 'Engineer', nickName: 'An' }))
  const { resource, version } = await api.users.get({ id: ana })
  const edited = { ...resource, title: 'Boss', nickName: 'Annie' }
  await api.users.edit({ id: ana, resource: edited, version, overManaged: true })
  await scim.patch(`/Users/${ana}`, [{ op: 'replace', path: 'title', value: 'Engineer' }])
  const [patch, create] = await logged(running, 2)
  const { items, total } = await api.requests.changes({ id: patch?.id ?? 0 })
  expect(total).toBe(1)
  expect(items).toMatchObject([
    {
      kind: 'User',
      resourceId: ana,
      name: 'ana@example.com',
      directory: 'main',
      change: { action: 'patch', attributes: [{ name: 'title', before: 'Boss', after: 'Engineer' }] },
      overwritten: [{ attribute: 'title', actor: 'test' }],
      drift: [{ attribute: 'nickName', actor: 'test' }],
    },
  ])
  expect((await api.requests.changes({ id: create?.id ?? 0 })).items).toMatchObject([{ change: { action: 'create' } }])
})

test('members that come and go are named, and a read has changed nothing', async () => {
  const running = await startApi()
  const { api, scim } = running
  const ana = await scim.create('/Users', user({ userName: 'ana@example.com' }))
  const team = await scim.create('/Groups', group('Team', []))
  await scim.patch(`/Groups/${team}`, [{ op: 'add', path: 'members', value: [{ value: ana }] }])
  await scim.get(`/Groups/${team}`)
  const [read, patch] = await logged(running, 4)
  expect(await api.requests.changes({ id: patch?.id ?? 0 })).toMatchObject({
    items: [{ kind: 'Group', name: 'Team', change: { action: 'members', members: { added: [ana], addedCount: 1 } } }],
    names: { [ana]: 'ana@example.com' },
  })
  expect(await api.requests.changes({ id: read?.id ?? 0 })).toEqual({ items: [], total: 0, names: {} })
})

test('a failure is explained, with what the identity provider makes of it', async () => {
  const running = await startApi()
  const { api, scim, as } = running
  await scim.create('/Users', user({ userName: 'ana@example.com' }))
  await scim.post('/Users', user({ userName: 'ana@example.com' }))
  await scim.get('/Users?filter=userName')
  await as('rc_wrong').get('/Users')
  await scim.get('/Groups/nothing')
  const ana = (await scim.find('/Users', 'userName eq "ana@example.com"')).textAt('/Resources/0/id')
  await scim.patch(`/Users/${ana}`, [{ op: 'Replace', path: 'userName', value: '' }])
  const [emptied, , noGroup, stranger, filter, conflict, create] = await logged(running, 7)
  const explained = async (id: number | undefined) => (await api.requests.get({ id: id ?? 0 })).explanation
  expect(await explained(conflict?.id)).toMatchObject({ id: 'conflict', reaction: expect.stringContaining('Entra') })
  expect(await explained(filter?.id)).toMatchObject({ id: 'filter-refused' })
  expect(await explained(stranger?.id)).toMatchObject({ id: 'token-slip' })
  expect(await explained(noGroup?.id)).toMatchObject({
    id: 'group-not-found',
    nextStep: expect.stringContaining('group'),
  })
  expect(await explained(emptied?.id)).toMatchObject({ nextStep: expect.stringContaining('Leave the mapping itself') })
  expect(await explained(create?.id)).toBeNull()
})

test('a large body comes in part, and whole when asked for', async () => {
  const running = await startApi()
  const { api, scim } = running
  const displayName = 'é'.repeat(70_000)
  await scim.create('/Users', user({ userName: 'ana@example.com', displayName }))
  const [create] = await logged(running, 1)
  const id = create?.id ?? 0
  const { content } = await api.requests.get({ id })
  expect(content?.requestBody).toMatchObject({ isWhole: false })
  expect(content?.requestBody?.text).toHaveLength(65_536)
  const { text } = await api.requests.body({ id, side: 'request' })
  expect(text).toHaveLength(content?.requestBody?.characters ?? 0)
  expect(JSON.parse(text)).toMatchObject({ displayName })
})

test('the time of a request is compared with others like it, and with the one before', async () => {
  const running = await startApi()
  const { api, scim } = running
  await scim.get('/Schemas')
  await scim.get('/Schemas')
  await scim.get('/Users/nobody')
  const [last, second, first] = await logged(running, 3)
  expect((await api.requests.timing({ id: first?.id ?? 0 })).before).toBeNull()
  expect(await api.requests.timing({ id: second?.id ?? 0 })).toMatchObject({
    before: { id: first?.id, classification: 'read schemas' },
    alike: { count: 2 },
  })
  expect((await api.requests.timing({ id: last?.id ?? 0 })).alike).toBeNull()
})

test('the curl command goes to the address that identity providers are given, and holds no token', async () => {
  const running = await startApi({ publicUrl: 'https://scim.example.com' })
  const { api, scim, slug, token } = running
  await scim.create('/Users', user({ userName: 'ana@example.com' }))
  const [create] = await logged(running, 1)
  const { command } = await api.requests.curl({ id: create?.id ?? 0 })
  expect(command).toContain(`'https://scim.example.com/scim/${slug}/v2/Users'`)
  expect(command).toContain('Bearer $SCIM_TOKEN')
  expect(command).not.toContain(token)
})
