import { expect, test } from 'vitest'
import { commandLine } from '../command.fixture.ts'

const urn = 'urn:ietf:params:scim:schemas:extension:acme:2.0:User'

test('add tells the name to put into the IdP, and list shows it', async () => {
  const line = commandLine()
  const added = { name: 'badge', type: 'integer', multiValued: true, urn, mappingName: `${urn}:badge` }
  expect(await line.json('attributes', 'add', 'badge', '--type', 'integer', '--multi', '--urn', urn)).toEqual(added)
  expect(await line.json('attributes', 'list')).toEqual([{ ...added, isBeingRemoved: false }])
})

test('a bad name or type adds nothing', async () => {
  const line = commandLine()
  expect((await line.run('attributes', 'add', '1st', '--type', 'string')).exitCode).toBe(1)
  expect((await line.run('attributes', 'add', 'first', '--type', 'text')).exitCode).toBe(2)
  expect((await line.run('attributes', 'add', 'first')).exitCode).toBe(2)
  expect(await line.json('attributes', 'list')).toEqual([])
})

test('remove takes the values out of every user, having asked', async () => {
  const line = commandLine()
  await line.json('attributes', 'add', 'badge', '--type', 'integer', '--urn', urn)
  const rows = Array.from({ length: 1100 }, (_, n) => `u${n},${n}`)
  await line.json('users', 'import', line.write('badges.csv', `userName,${urn}:badge\n${rows.join('\n')}`), '--yes')
  expect((await line.run('attributes', 'remove', 'badge')).exitCode).toBe(2)
  expect(await line.json('attributes', 'list')).toHaveLength(1)
  expect(await line.json('attributes', 'remove', 'badge', '--yes')).toEqual({ name: 'badge', urn, users: 1100 })
  expect(await line.json('attributes', 'list')).toEqual([])
  expect((await line.run('users', 'export', '--format', 'json')).stdout).not.toContain('acme')
})
