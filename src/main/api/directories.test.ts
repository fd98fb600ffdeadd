import { expect, test } from 'vitest'
import { user } from '../../../test/people.ts'
import { startApi } from './api.fixture.ts'

test('all that is archived is purged in steps, and what is not stays', async () => {
  const { api, scim } = await startApi()
  const ids: string[] = []
  for (let n = 0; n < 5; n += 1)
    ids.push((await scim.post('/Users', user({ userName: `p${n}@example.com` }))).textAt('/id'))
  const group = await scim.post('/Groups', {
    schemas: ['urn:ietf:params:scim:schemas:core:2.0:Group'],
    displayName: 'G',
  })
  for (const id of ids.slice(0, 3)) await scim.send('DELETE', `/Users/${id}`, undefined)
  await scim.send('DELETE', `/Groups/${group.textAt('/id')}`, undefined)
  expect(await api.directories.archive({})).toEqual({ users: 3, groups: 1, kept: 0 })
  expect(await api.directories.purgeArchived({ limit: 2 })).toEqual({ users: 2, groups: 0, kept: 0, hasMore: true })
  expect(await api.directories.purgeArchived({ limit: 2 })).toEqual({ users: 1, groups: 1, kept: 0, hasMore: false })
  expect(await api.directories.archive({})).toEqual({ users: 0, groups: 0, kept: 0 })
  expect((await scim.get('/Users')).at('/totalResults')).toBe(2)
})

test('an archived user that an integration acts as is kept, and does not keep the purge from ending', async () => {
  const { api, slug, scim } = await startApi()
  const { id } = await api.users.create({ resource: { userName: 'boss' }, role: 'user-manager' })
  await api.integrations.setPolicy({ slug, changes: {}, administrator: 'boss' })
  const other = await api.users.create({ resource: { userName: 'other' } })
  await api.users.archive({ id: other.id })
  expect((await scim.send('DELETE', `/Users/${id}`, undefined)).status).toBe(204)
  const archived = await api.directories.archive({})
  expect(archived.kept).toBe(1)
  const purged = await api.directories.purgeArchived({})
  expect(purged).toMatchObject({ users: archived.users - 1, kept: 1, hasMore: false })
  expect(await api.directories.archive({})).toEqual({ users: 1, groups: 0, kept: 1 })
  await expect(api.users.purge({ id })).rejects.toMatchObject({
    message: expect.stringMatching(/^The integration ".+" acts as "boss"\./),
  })
})

test('the sample organisation is made anew, whatever became of it', async () => {
  const { api } = await startApi()
  await api.directories.addSample({})
  const [one] = (await api.users.search({ query: 'moss' })).items
  await api.users.archive({ id: one?.id ?? '' })
  expect(await api.directories.sample({})).toEqual({ users: 30, groups: 5 })
  expect(await api.directories.resetSample({})).toMatchObject({ users: 30, groups: 5 })
  expect((await api.users.search({ query: 'moss' })).total).toBe(1)
  expect(await api.directories.archive({})).toMatchObject({ users: 0 })
})
