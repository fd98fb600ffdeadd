import { expect, test } from 'vitest'
import { user } from '../../../test/people.ts'
import { startApi } from './api.fixture.ts'

test('an index of an attribute is made, told of, removed and made again, in the directory that it is for', async () => {
  const { api, scim } = await startApi()
  await api.directories.create({ slug: 'lab', name: 'Lab' })
  await scim.post('/Users', user({ nickName: 'Ada' }))
  const states = async () =>
    (await api.lookupIndexes.list()).map(({ attribute, state, percent }) => [attribute, state, percent])
  expect(await states()).toEqual([])

  const added = await api.lookupIndexes.add({ directory: 'main', attribute: ' phoneNumbers[type eq "work"].value ' })
  expect(added).toMatchObject({
    directory: 'main',
    attribute: 'phoneNumbers.value',
    state: 'building',
    origin: 'admin',
  })
  await api.lookupIndexes.add({ directory: 'lab', attribute: 'nickname' })
  await expect.poll(states, { timeout: 20_000 }).toEqual([
    ['phoneNumbers.value', 'ready', 100],
    ['nickName', 'ready', 100],
  ])
  expect((await api.lookupIndexes.list()).map(({ directory }) => directory)).toEqual(['main', 'lab'])

  const which = { directory: 'main', attribute: 'phoneNumbers.value' }
  expect(await api.lookupIndexes.remove(which)).toMatchObject({ state: 'dropping' })
  await expect.poll(states, { timeout: 20_000 }).toContainEqual(['phoneNumbers.value', 'declined', 0])
  await api.lookupIndexes.add(which)
  await expect.poll(states, { timeout: 20_000 }).toContainEqual(['phoneNumbers.value', 'ready', 100])
})

test('the index of what an integration matched by stays, and is told not to be matched by any more', async () => {
  const { api, slug } = await startApi()
  const matchBy = (matchingAttribute: string) => api.integrations.setPolicy({ slug, changes: { matchingAttribute } })
  await matchBy('nickName')
  expect(await api.lookupIndexes.list()).toMatchObject([{ origin: 'matching-attribute', isMatched: true }])
  await matchBy('userName')
  expect(await api.lookupIndexes.list()).toMatchObject([{ attribute: 'nickName', isMatched: false }])
})

test('what there can be no index of is refused at its field, and what is not there by name', async () => {
  const { api } = await startApi()
  for (const attribute of ['userName', 'active', 'no such thing', 'emails.value'])
    await expect(api.lookupIndexes.add({ attribute })).rejects.toMatchObject({
      data: { fields: [{ path: 'attribute', problem: expect.stringContaining(`no index of "${attribute}"`) }] },
    })
  await expect(api.lookupIndexes.add({ attribute: '  ' })).rejects.toMatchObject({ code: 'BAD_REQUEST' })
  await expect(api.lookupIndexes.add({ directory: 'nowhere', attribute: 'nickName' })).rejects.toThrow('nowhere')
  await expect(api.lookupIndexes.remove({ attribute: 'nickName' })).rejects.toThrow('no index of nickName')
  expect(await api.lookupIndexes.list()).toEqual([])
})
