import { afterAll, describe, expect, test } from 'vitest'
import type { Answer } from '../client.ts'
import { user, group } from '../people.ts'
import { startServer } from '../server.ts'

const server = await startServer()
afterAll(server.stop)
const { scim } = server

const a = await scim.create('/Users', user({ displayName: 'A' }))
const b = await scim.create('/Users', user({ displayName: 'B' }))
const c = await scim.create('/Users', user({ displayName: 'C' }))

let made = 0
const team = (...members: readonly string[]) => scim.create('/Groups', group(`Members ${(made += 1)}`, members))

function memberIds(read: Answer): readonly string[] {
  const members = read.at('/members')
  const ids = Array.isArray(members) ? members.map((_, i) => read.textAt(`/members/${i}/value`)) : []
  return ids.toSorted()
}

async function membersAfter(id: string, ...operations: readonly unknown[]) {
  const answer = await scim.patch(`/Groups/${id}`, operations)
  expect(answer.status).toBe(204)
  expect(answer.text).toBe('')
  return memberIds(await scim.get(`/Groups/${id}`))
}

const all = [a, b, c].toSorted()

describe('RFC 7644 §3.5.2: PATCH of members', () => {
  test.each([
    ['a list', { op: 'add', path: 'members', value: [{ value: b }, { value: c }] }],
    [
      'a list with $ref null',
      {
        op: 'Add',
        path: 'members',
        value: [
          { $ref: null, value: b },
          { $ref: null, value: c },
        ],
      },
    ],
    ['JSON text of each', { op: 'add', path: 'members', value: [b, c].map((value) => JSON.stringify({ value })) }],
    ['a path-less value', { op: 'add', value: { members: [{ value: b }, { value: c }] } }],
    [
      '$ref alone',
      { op: 'add', path: 'members', value: [b, c].map((id) => ({ $ref: `https://idp.test/v2/Users/${id}` })) },
    ],
    [
      'somebody who is in already',
      { op: 'add', path: 'members', value: [{ value: a }, { value: b }, { value: c }, { value: b }] },
    ],
    [
      'replace',
      { op: 'replace', path: 'members', value: [{ value: a }, { value: b, type: 'User' }, { value: c, display: 'x' }] },
    ],
  ])('adding %s', async (_, operation) => {
    expect(await membersAfter(await team(a), operation)).toEqual(all)
  })

  test('adding one object', async () => {
    expect(await membersAfter(await team(a), { op: 'add', path: 'members', value: { value: b } })).toEqual(
      [a, b].toSorted(),
    )
  })

  test.each([
    ['a value list', { op: 'remove', path: 'members', value: [{ value: a }, { value: b }] }],
    ['a value list with $ref null', { op: 'Remove', path: 'members', value: [{ $ref: null, value: a }, { value: b }] }],
    ['a filter', { op: 'remove', path: `members[value eq "${a}" or value eq "${b}"]` }],
    [
      'an object that says "members" once more',
      { op: 'remove', path: 'members', value: { members: [{ value: a }, { value: b }] } },
    ],
    [
      'a value list with strangers',
      { op: 'remove', path: 'members', value: [{ value: a }, { value: b }, { value: 'nobody' }] },
    ],
  ])('removing with %s takes only those', async (_, operation) => {
    expect(await membersAfter(await team(a, b, c), operation)).toEqual([c])
  })

  test.each([
    ['a value list', []],
    ['an object that says "members" once more', { members: [] }],
  ])('removing with %s that is empty takes nobody', async (_, value) => {
    expect(await membersAfter(await team(a, b), { op: 'remove', path: 'members', value })).toEqual([a, b].toSorted())
  })

  test.each([
    ['remove', { op: 'remove', path: 'members' }],
    ['replace by []', { op: 'replace', path: 'members', value: [] }],
    ['a path-less []', { op: 'replace', value: { members: [] } }],
  ])('%s empties the group', async (_, operation) => {
    expect(await membersAfter(await team(a, b), operation)).toEqual([])
  })

  test.each([
    ['JSON text', { op: 'add', path: 'members', value: JSON.stringify({ value: b }) }],
    [
      'a filter on the type too',
      { op: 'add', path: `members[value eq "${b}" and type eq "User"]`, value: { value: b } },
    ],
    ['a filter, for a name', { op: 'replace', path: `members[value eq "${b}"].display`, value: 'Bee' }],
  ])('adding one by %s', async (_, operation) => {
    expect(await membersAfter(await team(a), operation)).toEqual([a, b].toSorted())
  })

  test.each([
    ['operation', { members: [{ value: a, operation: 'delete' }, { value: b }] }],
    ['Operation', { members: [{ value: a, Operation: 'Delete' }, { value: b }] }],
    [
      'Members',
      {
        Members: [
          { value: a, OPERATION: 'delete' },
          { value: b, operation: 'add' },
        ],
      },
    ],
  ])('the form of SCIM 1.1 with the key "%s"', async (_, body) => {
    const id = await team(a)
    expect((await scim.send('PATCH', `/Groups/${id}`, body)).status).toBe(204)
    expect(memberIds(await scim.get(`/Groups/${id}`))).toEqual([b])
  })

  test('one member in the form of SCIM 1.1 without a list', async () => {
    const id = await team(a)
    await scim.send('PATCH', `/Groups/${id}`, { members: { value: a, operation: 'delete' } })
    expect(memberIds(await scim.get(`/Groups/${id}`))).toEqual([])
  })

  test.each([
    ['a list', [{ value: b }, { value: c, display: 'C' }]],
    ['a list of one', [{ value: b, type: 'User', $ref: null }]],
    ['one object', { value: b }],
  ])('an add without a path whose value is members, %s, adds them', async (_, value) => {
    const meant = Array.isArray(value) ? [a, ...value.map((each) => each.value)] : [a, b]
    expect(await membersAfter(await team(a), { op: 'add', value })).toEqual(meant.toSorted())
  })

  test('an add without a path adds nobody who was never here', async () => {
    const id = await team(a)
    const answer = await scim.patch(`/Groups/${id}`, [{ op: 'add', value: [{ value: b }, { value: 'nobody' }] }])
    expect([answer.status, answer.at('/scimType')]).toEqual([400, 'invalidValue'])
    expect(memberIds(await scim.get(`/Groups/${id}`))).toEqual([a])
  })

  test('a replace without a path whose value is members is refused, for it might take everybody else out', async () => {
    const id = await team(a)
    const answer = await scim.patch(`/Groups/${id}`, [{ op: 'replace', value: [{ value: b }] }])
    expect([answer.status, answer.at('/scimType')]).toEqual([400, 'invalidValue'])
    expect(answer.textAt('/detail')).toContain('"path": "members"')
    expect(memberIds(await scim.get(`/Groups/${id}`))).toEqual([a])
  })

  test('remove with an empty value list takes nobody', async () => {
    expect(await membersAfter(await team(a, b), { op: 'remove', path: 'members', value: [] })).toEqual(
      [a, b].toSorted(),
    )
  })

  test.each([
    ['an object', { value: b }],
    ['a list', [{ value: a }, { value: b }]],
  ])('a member cannot be turned into another one by %s', async (_, value) => {
    const id = await team(a)
    const answer = await scim.patch(`/Groups/${id}`, [{ op: 'replace', path: `members[value eq "${a}"]`, value }])
    expect([answer.status, answer.at('/scimType')]).toEqual([400, 'mutability'])
    expect(memberIds(await scim.get(`/Groups/${id}`))).toEqual([a])
  })

  test('an id is the same in any letter case, as members.value is not case exact', async () => {
    const [upperA, upperB] = [a.toUpperCase(), b.toUpperCase()]
    const id = await team(upperA)
    const version = (await scim.get(`/Groups/${id}`)).at('/meta/version')
    expect(await membersAfter(id, { op: 'replace', path: 'members', value: [{ value: upperA }] })).toEqual([a])
    expect((await scim.get(`/Groups/${id}`)).at('/meta/version')).toBe(version)
    expect(await membersAfter(id, { op: 'add', path: 'members', value: [{ value: upperB }] })).toEqual(
      [a, b].toSorted(),
    )
    expect(await membersAfter(id, { op: 'remove', path: `members[value eq "${upperA}"]` })).toEqual([b])
    expect(await membersAfter(id, { op: 'remove', path: 'members', value: [{ value: upperB }] })).toEqual([])
  })

  test('renaming leaves the members, in every form', async () => {
    const id = await team(a, b)
    await membersAfter(id, { op: 'replace', path: 'displayName', value: 'Renamed once' })
    await membersAfter(id, { op: 'replace', value: { displayName: 'Renamed twice' } })
    const after = await membersAfter(id, { op: 'replace', value: { id, displayName: 'Renamed thrice' } })
    expect(after).toEqual([a, b].toSorted())
    expect((await scim.get(`/Groups/${id}`)).at('/displayName')).toBe('Renamed thrice')
  })

  test('rename, add and remove share one request', async () => {
    const id = await team(a, b)
    const after = await membersAfter(
      id,
      { op: 'replace', path: 'displayName', value: 'All in one' },
      { op: 'remove', path: `members[value eq "${a}"]` },
      { op: 'add', path: 'members', value: [{ value: c }] },
    )
    expect(after).toEqual([b, c].toSorted())
  })

  test('a malformed later operation undoes the earlier ones', async () => {
    const id = await team(a)
    const before = await scim.get(`/Groups/${id}`)
    const answer = await scim.patch(`/Groups/${id}`, [
      { op: 'add', path: 'members', value: [{ value: b }] },
      { op: 'replace', path: 'displayName', value: 'Undone' },
      { op: 'explode', path: 'members' },
    ])
    expect(answer.status).toBe(400)
    expect((await scim.get(`/Groups/${id}`)).body).toEqual(before.body)
  })

  test('adding a member who is in, and removing one who is not, leave the version alone', async () => {
    const id = await team(a)
    const before = await scim.get(`/Groups/${id}`)
    await membersAfter(id, { op: 'add', path: 'members', value: [{ value: a }] })
    await membersAfter(id, { op: 'remove', path: 'members', value: [{ value: b }] })
    expect((await scim.get(`/Groups/${id}`)).body).toEqual(before.body)
  })

  test('asked for attributes, the answer is 200 with them', async () => {
    const id = await team(a)
    const answer = await scim.patch(`/Groups/${id}?attributes=displayName`, [
      { op: 'add', path: 'members', value: [{ value: b }] },
    ])
    expect(answer.status).toBe(200)
    expect(answer.at('/displayName')).toMatch(/^Members/)
    expect(answer.at('/members')).toBeUndefined()
  })

  test('32 members added at the same moment are all in afterwards', async () => {
    const people = await Promise.all(Array.from({ length: 32 }, () => scim.create('/Users', user())))
    const id = await team()
    const answers = await Promise.all(
      people.map((value) => scim.patch(`/Groups/${id}`, [{ op: 'add', path: 'members', value: [{ value }] }])),
    )
    expect(answers.every((each) => each.status === 204)).toBe(true)
    expect(memberIds(await scim.get(`/Groups/${id}`))).toEqual(people.toSorted())
  })
})
