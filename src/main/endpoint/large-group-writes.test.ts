import { expect, test } from 'vitest'
import { group, user } from '../../../test/people.ts'
import { startEngine } from '../running-engine.fixture.ts'

async function startWithPeople(limits: { readonly costlyFrom: number; readonly costlyReadMs?: number }) {
  const { scim } = await startEngine({ limits })
  const ids: string[] = []
  for (let n = 0; n < 6; n += 1) ids.push(await scim.create('/Users', user()))
  return { scim, ids }
}

test('a group with many members is answered whole by each write that shows it', async () => {
  const { scim, ids } = await startWithPeople({ costlyFrom: 3 })
  const members = ids.map((value) => expect.objectContaining({ value }))
  const created = await scim.post('/Groups', group('Everybody', ids))
  expect(created.status).toBe(201)
  expect(created.at('/members')).toEqual(members)
  const id = created.textAt('/id')
  expect(created.headers.get('location')).toMatch(new RegExp(`/Groups/${id}$`))
  const put = await scim.put(`/Groups/${id}`, group('All of us', ids.slice(1)))
  expect(put.status).toBe(200)
  expect(put.at('/displayName')).toBe('All of us')
  expect(put.at('/members')).toEqual(members.slice(1))
  const got = await scim.get(`/Groups/${id}`)
  expect(put.headers.get('etag')).toBe(got.headers.get('etag'))
  expect(got.body).toEqual(put.body)
  const rename = [{ op: 'replace', path: 'displayName', value: 'Us' }]
  const patched = await scim.patch(`/Groups/${id}?attributes=members.value`, rename)
  expect(patched.at('/members')).toEqual(ids.slice(1).map((value) => ({ value })))
})

test('where nobody can read its members, a change of a large group is answered without them', async () => {
  const { scim, ids } = await startWithPeople({ costlyFrom: 3, costlyReadMs: 1 })
  const created = await scim.post('/Groups', group('Everybody', ids))
  expect([created.status, created.at('/displayName'), created.at('/members')]).toEqual([201, 'Everybody', undefined])
  const path = `/Groups/${created.textAt('/id')}`
  const put = await scim.put(path, group('All of us', ids.slice(1)))
  expect([put.status, put.at('/displayName'), put.at('/members')]).toEqual([200, 'All of us', undefined])
  const few = await scim.put(path, group('Some of us', ids.slice(3)))
  expect([few.status, few.at('/members')]).toEqual([
    200,
    ids.slice(3).map((value) => expect.objectContaining({ value })),
  ])
})
