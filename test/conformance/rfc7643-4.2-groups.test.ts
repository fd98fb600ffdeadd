import { afterAll, describe, expect, test } from 'vitest'
import { group, user } from '../people.ts'
import { startServer } from '../server.ts'

const server = await startServer()
afterAll(server.stop)
const { scim } = server

const put = (groupId: string, memberId: string) =>
  scim.patch(`/Groups/${groupId}`, [{ op: 'add', path: 'members', value: [{ value: memberId }] }])

describe('RFC 7643 §4.1.2 and §4.2: groups and their members', () => {
  test('User.groups tells direct from indirect membership', async () => {
    const person = await scim.create('/Users', user())
    const inner = await scim.create('/Groups', group('Inner', [person]))
    const outer = await scim.create('/Groups', group('Outer', [inner]))
    const read = await scim.get(`/Users/${person}`)
    expect(read.at('/groups')).toHaveLength(2)
    expect(read.at('/groups')).toEqual(
      expect.arrayContaining([
        expect.objectContaining({
          value: inner,
          type: 'direct',
          display: 'Inner',
          $ref: `${scim.base}/Groups/${inner}`,
        }),
        expect.objectContaining({ value: outer, type: 'indirect', display: 'Outer' }),
      ]),
    )
    expect((await scim.get(`/Groups/${outer}`)).at('/members/0')).toMatchObject({
      value: inner,
      type: 'Group',
      $ref: `${scim.base}/Groups/${inner}`,
    })
  })

  test('a user in a group directly and through another is a direct member, once', async () => {
    const person = await scim.create('/Users', user())
    const inner = await scim.create('/Groups', group('Once inner', [person]))
    const outer = await scim.create('/Groups', group('Once outer', [inner, person]))
    const groups = (await scim.get(`/Users/${person}`)).at('/groups')
    expect(groups).toHaveLength(2)
    expect(groups).toContainEqual(expect.objectContaining({ value: outer, type: 'direct' }))
  })

  test('a member shows type, $ref and the current display name', async () => {
    const person = await scim.create('/Users', user({ displayName: 'Before' }))
    const team = await scim.create('/Groups', group('Shows', [person]))
    await scim.patch(`/Users/${person}`, [{ op: 'replace', path: 'displayName', value: 'After' }])
    expect((await scim.get(`/Groups/${team}`)).at('/members/0')).toEqual({
      value: person,
      type: 'User',
      $ref: `${scim.base}/Users/${person}`,
      display: 'After',
    })
  })

  test('a group cannot contain itself', async () => {
    const team = await scim.create('/Groups', group('Selfish'))
    const answer = await put(team, team)
    expect(answer.status).toBe(400)
    expect(answer.at('/scimType')).toBe('invalidValue')
    expect((await scim.get(`/Groups/${team}`)).at('/members') ?? []).toEqual([])
  })

  test('a circle of three groups is refused where it would close', async () => {
    const [a, b, c] = [
      await scim.create('/Groups', group('Circle a')),
      await scim.create('/Groups', group('Circle b')),
      await scim.create('/Groups', group('Circle c')),
    ]
    expect((await put(a, b)).status).toBe(204)
    expect((await put(b, c)).status).toBe(204)
    const closing = await put(c, a)
    expect(closing.status).toBe(400)
    expect(closing.at('/scimType')).toBe('invalidValue')
    expect((await scim.put(`/Groups/${c}`, group('Circle c', [a]))).status).toBe(400)
    expect((await scim.get(`/Groups/${c}`)).at('/members') ?? []).toEqual([])
  })

  test('a disabled user keeps the memberships', async () => {
    const person = await scim.create('/Users', user())
    const team = await scim.create('/Groups', group('Keeps', [person]))
    await scim.patch(`/Users/${person}`, [{ op: 'Replace', path: 'active', value: 'False' }])
    expect((await scim.get(`/Groups/${team}`)).at('/members/0/value')).toBe(person)
    await scim.patch(`/Users/${person}`, [{ op: 'Replace', path: 'active', value: 'True' }])
    expect((await scim.get(`/Users/${person}`)).at('/groups/0/value')).toBe(team)
  })

  test('groups sent with a user change nothing', async () => {
    const person = await scim.create('/Users', user())
    const team = await scim.create('/Groups', group('Read-only'))
    await scim.put(`/Users/${person}`, user({ groups: [{ value: team }] }))
    await scim.patch(`/Users/${person}`, [{ op: 'replace', value: { groups: [{ value: team }], title: 'x' } }])
    expect((await scim.get(`/Groups/${team}`)).at('/members') ?? []).toEqual([])
  })

  test('a member who does not exist is not silently taken', async () => {
    const team = await scim.create('/Groups', group('No ghosts'))
    await put(team, 'nobody-with-this-id')
    expect((await scim.get(`/Groups/${team}`)).text).not.toContain('nobody-with-this-id')
  })
})
