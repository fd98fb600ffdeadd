import { expect, test } from 'vitest'
import { group, user } from '../../../test/people.ts'
import { startServer } from '../../../test/server.ts'

test('a deleted group comes back with its members, and goes for good when purged', async () => {
  const server = await startServer()
  const { scim } = server
  const member = await scim.create('/Users', user())
  const id = await scim.create('/Groups', { ...group('Engineering'), members: [{ value: member }] })
  expect((await scim.delete(`/Groups/${id}`)).status).toBe(204)
  expect(await server.rollcall('groups', 'list')).toEqual([])
  expect(await server.rollcall('groups', 'list', '--archived')).toMatchObject([{ id, displayName: 'Engineering' }])

  expect(await server.rollcall('groups', 'restore', 'engineering')).toEqual({ id, displayName: 'Engineering' })
  expect((await scim.get(`/Groups/${id}`)).at('/members/0/value')).toBe(member)
  expect((await scim.get('/Groups')).at('/totalResults')).toBe(1)

  await scim.delete(`/Groups/${id}`)
  await server.rollcall('groups', 'purge', id, '--yes')
  expect(await server.rollcall('groups', 'list', '--archived')).toEqual([])
  expect((await scim.get('/Groups')).at('/totalResults')).toBe(0)
  await server.stop()
})

test('a group whose name is taken by now is not restored', async () => {
  const server = await startServer()
  const id = await server.scim.create('/Groups', group('Sales'))
  await server.scim.delete(`/Groups/${id}`)
  await server.scim.create('/Groups', group('SALES'))
  await expect(server.rollcall('groups', 'restore', id)).rejects.toThrow(/SALES|Sales/)
  await server.stop()
})
