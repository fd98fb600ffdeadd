import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { JsonObject } from '../../scim/json/json.ts'
import { groupSchemaUrn } from '../../scim/urn.ts'
import { listening } from '../store/listening-connection.fixture.ts'
import type { Outcome } from '../writer/command.ts'
import { createWriter } from '../writer/writer.ts'
import { base, bodyOf, idOf, openTestDirectory, patch, statusOf } from './test-directory.fixture.ts'

let directory: ReturnType<typeof openTestDirectory>

beforeEach(() => {
  directory = openTestDirectory()
})

afterEach(() => directory.close())

const change = (group: string, ...operations: readonly JsonObject[]) =>
  directory.request('PATCH', `/Groups/${group}`, patch(...operations))

function elements(outcome: Outcome, name: string): readonly JsonObject[] {
  const list = bodyOf(outcome)[name]
  return Array.isArray(list) ? list : []
}

const membersOf = (group: string) =>
  elements(directory.request('PATCH', `/Groups/${group}`, patch(), { query: 'attributes=members' }), 'members')
const idsIn = (group: string) => membersOf(group).map((each) => each['value'])
const groupsOf = (user: string) => elements(directory.request('PATCH', `/Users/${user}`, patch()), 'groups')
const rowOf = (group: string) => directory.store.groups.listed(directory.directoryId, group)

describe('members', () => {
  it('are what their ids say; where a client says otherwise, that is told', () => {
    const ana = directory.addUser('ana')
    const bo = directory.addUser('bo')
    const inner = directory.addGroup('inner')
    const wrong = [
      { value: ana.toUpperCase(), type: 'Group' },
      { value: inner, type: 'user' },
      { value: bo, type: 'USER' },
    ]
    const note = (count: number) =>
      `{"step":"rule","code":"member-type-differs","path":"members[value eq \\"${ana}\\"].type","seen":"Group","taken":"User","count":${count}}`
    const created = directory.request('POST', '/Groups', { displayName: 'team', members: wrong })
    const team = idOf(created)
    const replaced = directory.request('PUT', `/Groups/${team}`, { displayName: 'team', members: wrong })
    const apart = wrong.map((each) => ({ op: 'add', path: 'members', value: [each] }))
    const patched = change(team, ...apart)
    expect(created).toMatchObject({ notes: expect.stringContaining(note(2)) })
    expect(replaced).toMatchObject({ notes: expect.stringContaining(note(2)) })
    expect(patched).toMatchObject({ notes: expect.stringContaining(note(2)) })
    expect(membersOf(team).map(({ type }) => type)).toEqual(['User', 'User', 'Group'])
    const right = change(team, { op: 'add', path: 'members', value: [{ value: bo, type: 'User' }, { value: inner }] })
    expect(right).not.toMatchObject({ notes: expect.stringContaining('member-type-differs') })
  })

  it('are shown with name, type and place', () => {
    const alice = directory.addUser('alice', { displayName: 'Alice "A"' })
    const bob = directory.addUser('bob')
    const inner = directory.addGroup('inner')
    const group = directory.addGroup('team', [inner, bob, alice])
    expect(membersOf(group)).toEqual([
      { value: alice, $ref: `${base}/Users/${alice}`, display: 'Alice "A"', type: 'User' },
      { value: bob, $ref: `${base}/Users/${bob}`, display: 'bob', type: 'User' },
      { value: inner, $ref: `${base}/Groups/${inner}`, display: 'inner', type: 'Group' },
    ])
  })

  it('are removed one by one by a list of values, as Entra does', () => {
    const [alice, bob, carol] = [directory.addUser('alice'), directory.addUser('bob'), directory.addUser('carol')]
    const group = directory.addGroup('team', [alice, bob, carol])
    expect(
      statusOf(change(group, { op: 'Remove', path: 'members', value: [{ value: alice }, { value: 'nobody' }] })),
    ).toBe(204)
    expect(idsIn(group)).toEqual([bob, carol])
  })

  it('are removed by a filter on their id, their type or their name', () => {
    const [alice, bob, carol] = [directory.addUser('alice'), directory.addUser('bob'), directory.addUser('carol')]
    const inner = directory.addGroup('inner')
    const group = directory.addGroup('team', [alice, bob, carol, inner])
    change(group, { op: 'remove', path: `members[value eq "${alice}"]` })
    expect(idsIn(group)).toEqual([bob, carol, inner])
    change(group, { op: 'remove', path: 'members[type eq "Group"]' })
    expect(idsIn(group)).toEqual([bob, carol])
    change(group, { op: 'remove', path: 'members[display sw "BO"]' })
    expect(idsIn(group)).toEqual([carol])
    change(group, { op: 'remove', path: 'members[type eq "User"]' })
    expect(idsIn(group)).toEqual([])
  })

  it('are all removed only by a remove that names none', () => {
    const group = directory.addGroup('team', [directory.addUser('alice'), directory.addUser('bob')])
    change(group, { op: 'remove', path: 'members', value: [] })
    expect(idsIn(group)).toHaveLength(2)
    change(group, { op: 'remove', path: 'members' })
    expect(idsIn(group)).toEqual([])
  })

  it('are replaced as a whole, by PATCH and by PUT', () => {
    const [alice, bob, carol] = [directory.addUser('alice'), directory.addUser('bob'), directory.addUser('carol')]
    const group = directory.addGroup('team', [alice, bob])
    change(group, { op: 'replace', path: 'members', value: [{ value: bob }, { value: carol }] })
    expect(idsIn(group)).toEqual([bob, carol])
    directory.request('PUT', `/Groups/${group}`, { displayName: 'team', members: [{ value: alice }] })
    expect(idsIn(group)).toEqual([alice])
    directory.request('PUT', `/Groups/${group}`, { displayName: 'renamed' })
    expect(idsIn(group)).toEqual([alice])
    directory.request('PUT', `/Groups/${group}`, { displayName: 'renamed', members: [] })
    expect(idsIn(group)).toEqual([])
  })

  it('stay when a PUT does not name them, and the trace says so while there are any', () => {
    const kept = expect.stringContaining('"code":"members-kept"')
    const group = directory.addGroup('team', [directory.addUser('alice')])
    const put = () => directory.request('PUT', `/Groups/${group}`, { displayName: 'team' })
    expect(put()).toMatchObject({ kind: 'answer', notes: kept })
    directory.request('PUT', `/Groups/${group}`, { displayName: 'team', members: [] })
    expect(put()).not.toMatchObject({ notes: kept })
  })

  it('keep the group as it was when one of them is unknown', () => {
    const [alice, bob] = [directory.addUser('alice'), directory.addUser('bob')]
    const group = directory.addGroup('team', [alice])
    const before = rowOf(group)
    const outcome = change(
      group,
      { op: 'replace', path: 'displayName', value: 'x' },
      { op: 'add', path: 'members', value: [{ value: bob }, { value: 'nobody' }] },
    )
    expect(outcome).toMatchObject({ status: 400, scimType: 'invalidValue', detail: expect.stringContaining('nobody') })
    expect(rowOf(group)).toEqual(before)
    expect(idsIn(group)).toEqual([alice])
  })

  it('are never local administrators, whom SCIM does not see', () => {
    const group = directory.addGroup('team')
    const admin = directory.store.users.byUserNameKey(directory.directoryId, 'admin')?.id ?? ''
    const unknown = directory.request(
      'PATCH',
      `/Groups/${group}`,
      patch({ op: 'add', path: 'members', value: [{ value: admin }] }),
    )
    expect(unknown).toMatchObject({ kind: 'scim-error', status: 400, scimType: 'invalidValue' })
    expect(statusOf(directory.request('POST', '/Groups', { displayName: 'other', members: [{ value: admin }] }))).toBe(
      400,
    )
    expect(idsIn(group)).toEqual([])
  })

  it('that are there already, or not there, change neither version nor time', () => {
    const [alice, bob] = [directory.addUser('alice'), directory.addUser('bob')]
    const group = directory.addGroup('team', [alice])
    const before = rowOf(group)
    change(group, { op: 'add', path: 'members', value: [{ value: alice }] })
    change(group, { op: 'remove', path: 'members', value: [{ value: bob }] })
    change(group, { op: 'replace', path: 'members', value: [{ value: alice }] })
    change(group, { op: 'remove', path: `members[value eq "${bob}"]` })
    expect(rowOf(group)).toEqual(before)
  })

  it('that change give the group a new version, and the audit their ids', () => {
    const [alice, bob] = [directory.addUser('alice'), directory.addUser('bob')]
    const group = directory.addGroup('team', [alice])
    change(
      group,
      { op: 'add', path: 'members', value: [{ value: bob }] },
      { op: 'remove', path: `members[value eq "${alice}"]` },
    )
    const row = rowOf(group)
    expect(row).toMatchObject({ version: 2 })
    expect(row?.modified_at).toBeGreaterThan(row?.created_at ?? 0)
    const [latest] = row ? directory.store.changes.ofResource(row, 1) : []
    expect(latest).toMatchObject({ action: 'members', actor: 'entra' })
    expect(JSON.parse(latest?.attributes ?? '')).toEqual({
      members: [{ removed: [alice] }, { added: [bob] }],
      counts: [1, 1],
    })
  })
})

describe('groups in groups', () => {
  /** A chain of groups, each inside the one before; returns their ids from the outermost inwards. */
  function chain(length: number): readonly string[] {
    const groups: string[] = []
    for (let n = length - 1; n >= 0; n -= 1) groups.unshift(directory.addGroup(`g${n}`, groups.slice(0, 1)))
    return groups
  }

  it.each([1, 2, 5])('cannot contain themselves, %i deep', (depth) => {
    const groups = chain(depth)
    const outermost = groups[0] ?? ''
    const innermost = groups.at(-1) ?? ''
    const before = rowOf(innermost)
    const outcome = change(innermost, { op: 'add', path: 'members', value: [{ value: outermost }] })
    expect(outcome).toMatchObject({ kind: 'scim-error', status: 400, scimType: 'invalidValue' })
    expect(rowOf(innermost)).toEqual(before)
    const put = directory.request('PUT', `/Groups/${innermost}`, { displayName: 'x', members: [{ value: outermost }] })
    expect(statusOf(put)).toBe(400)
  })

  it('cannot be closed to a circle within one request', () => {
    const [outer, inner] = chain(2)
    const outcome = change(outer ?? '', { op: 'add', path: 'members', value: [{ value: inner }, { value: outer }] })
    expect(statusOf(outcome)).toBe(400)
  })

  it('can be turned round, first taken apart', () => {
    const [outer = '', inner = ''] = chain(2)
    expect(statusOf(change(outer, { op: 'remove', path: 'members' }))).toBe(204)
    expect(statusOf(change(inner, { op: 'add', path: 'members', value: [{ value: outer }] }))).toBe(204)
    expect(idsIn(inner)).toEqual([outer])
  })

  it('can meet again further down, which is no circle', () => {
    const bottom = directory.addGroup('bottom')
    const left = directory.addGroup('left', [bottom])
    const right = directory.addGroup('right', [bottom])
    const alice = directory.addUser('alice')
    directory.addGroup('top', [left, right])
    change(bottom, { op: 'add', path: 'members', value: [{ value: alice }] })
    expect(groupsOf(alice)).toHaveLength(4)
  })

  it('are shown by their users as direct or indirect, direct when both', () => {
    const alice = directory.addUser('alice')
    const bob = directory.addUser('bob')
    const inner = directory.addGroup('inner', [alice, bob])
    const outer = directory.addGroup('outer', [inner, bob])
    const shown = (user: string) =>
      groupsOf(user).map(({ value, type, display, $ref }) => ({ value, type, display, $ref }))
    const innerShown = { value: inner, type: 'direct', display: 'inner', $ref: `${base}/Groups/${inner}` }
    const outerShown = { value: outer, display: 'outer', $ref: `${base}/Groups/${outer}` }
    expect(shown(alice)).toEqual([innerShown, { ...outerShown, type: 'indirect' }])
    expect(shown(bob)).toEqual([innerShown, { ...outerShown, type: 'direct' }])
  })

  it('do not lead through a deleted group', () => {
    const alice = directory.addUser('alice')
    const inner = directory.addGroup('inner', [alice])
    const middle = directory.addGroup('middle', [inner])
    directory.addGroup('outer', [middle])
    directory.request('DELETE', `/Groups/${middle}`)
    expect(groupsOf(alice).map((each) => each['value'])).toEqual([inner])
  })
})

describe('a group that is emptied', () => {
  it('keeps who was out of the sight of SCIM among its members', () => {
    const local = { directory: 'main', resource: { userName: 'root' }, role: 'user' } as const
    const ana = directory.addUser('ana')
    directory.administer('create-user', local)
    const { id: root, seq } = directory.store.users.byUserNameKey(directory.directoryId, 'root') ?? { id: '', seq: 0 }
    const group = directory.addGroup('team', [ana, root, directory.addUser('bo')])
    const standing = (role: 'administrator' | 'user') =>
      directory.administer('set-user-standing', { directory: 'main', id: root, role, active: undefined })
    standing('administrator')
    expect(change(group, { op: 'remove', path: 'members' })).toMatchObject({
      notes: expect.stringContaining('"code":"members-removed"'),
    })
    expect(idsIn(group)).toEqual([])
    expect(directory.store.memberships.isMember(rowOf(group)?.seq ?? 0, 0, seq)).toBe(true)
    standing('user')
    expect(idsIn(group)).toEqual([root])
  })

  it('tells of everybody who was removed, however many pages they fill', () => {
    const ids = Array.from({ length: 2300 }, (_, n) => directory.addUser(`u${n}`))
    const group = directory.addGroup('team', ids)
    const kept = ids[1500] ?? ''
    const put = directory.request('PUT', `/Groups/${group}`, { displayName: 'team', members: [{ value: kept }] })
    expect(put).toMatchObject({ notes: expect.stringMatching(/"code":"members-removed"[^}]*"count":2299/) })
    expect(idsIn(group)).toEqual([kept])
    const other = directory.addGroup('other', ids)
    const removal = patch({ op: 'remove', path: `members[value ne "${kept}" and type ne "Group"]` })
    expect(directory.request('PATCH', `/Groups/${other}`, removal)).toMatchObject({
      notes: expect.stringMatching(/"code":"members-removed"[^}]*"count":2299/),
    })
    expect(idsIn(other)).toEqual([kept])
    const nobody = patch({ op: 'remove', path: 'members[type eq "Group"]' })
    expect(statusOf(directory.request('PATCH', `/Groups/${directory.addGroup('third', ids)}`, nobody))).toBe(204)
  })
})

describe('a group of 100,000', () => {
  it('costs a member what an empty one costs', () => {
    const { connection } = directory
    const alice = directory.addUser('alice')
    const empty = directory.addGroup('empty')
    const large = directory.addGroup('large')
    const seq = rowOf(large)?.seq ?? 0
    connection.exec(`
      with recursive n (i) as (select 1 union all select i + 1 from n where i < 100000)
      insert into users (directory_id, id, user_name, user_name_key, active, source, role, version, created_at, modified_at, doc)
        select ${directory.directoryId}, 'u' || i, 'u' || i, 'u' || i, 1, 'scim', 'user', 1, 1, 1, '{"schemas":[],"userName":"u"}' from n;
      insert into memberships select ${seq}, 0, seq from users where id like 'u%'`)

    /** How many rows a request writes. */
    const written = (group: string, operation: JsonObject) => {
      const total = () => connection.prepare<[], number>('select total_changes()').pluck().get() ?? 0
      const before = total()
      const outcome = change(group, operation)
      expect(outcome).toMatchObject({ kind: 'answer', answer: { status: 204, body: undefined } })
      return total() - before
    }

    const add = { op: 'add', path: 'members', value: [{ value: alice }] }
    expect(written(large, add)).toBe(written(empty, add))
    const removals = [
      { op: 'remove', path: 'members', value: [{ value: alice }] },
      { op: 'remove', path: `members[value eq "${alice}"]` },
    ]
    for (const removal of removals) {
      expect(written(large, removal)).toBe(3)
      expect(written(empty, removal)).toBe(3)
      written(large, add)
      written(empty, add)
    }
    expect(directory.store.memberships.count(seq)).toBe(100_001)
    change(large, { op: 'remove', path: 'members' })
    expect(directory.store.memberships.count(seq)).toBe(0)
  })
})

describe('of a large group', () => {
  /** How often the members are read, page by page, by what a writer carries out. */
  function countPages(mostMembers?: number) {
    const asked: (readonly unknown[])[] = []
    const listener = listening(directory.connection, ({ sql, params }) => {
      if (sql.startsWith('select m.kind, m.member_seq as seq')) asked.push(params)
    })
    const writer = createWriter(listener, { bulkMaxOperations: 1000, mostMembers })
    return { asked, writer }
  }

  it('only those are looked at whom the filter of a removal can be true for', () => {
    const { asked, writer } = countPages()
    const [ana = '', bo = '', cy = ''] = ['ana', 'bo', 'cy'].map((name) => directory.addUser(name))
    const team = directory.addGroup('team', [ana, bo, cy])
    const removed = (filter: string) => {
      asked.length = 0
      const body = patch({ op: 'remove', path: `members[${filter}]` })
      writer.execute([directory.command('PATCH', `/Groups/${team}`, body)])
      // Up to so many are read at once.
      return asked.map((params) => params.at(-1))
    }
    expect(removed(`value eq "${ana.toUpperCase()}" and type eq "User"`)).toEqual([1])
    expect(idsIn(team)).toEqual([bo, cy])
    expect(removed(`(value eq "${bo}" or value eq "${ana}") and type eq "Group"`)).toEqual([1, 1])
    expect(idsIn(team)).toEqual([bo, cy])
    expect(removed(`value eq "${cy}" and display pr or value eq "nobody" and type pr`)).toEqual([1])
    expect(idsIn(team)).toEqual([bo])
    expect(removed(`value eq "${cy}" or type eq "User"`)).toEqual([1000])
    expect(idsIn(team)).toEqual([])
  })

  it('none are read for an answer that does not hold them', () => {
    const { asked, writer } = countPages(2)
    const team = directory.addGroup(
      'team',
      ['ana', 'bo', 'cy'].map((name) => directory.addUser(name)),
    )
    const renamed = { schemas: [groupSchemaUrn], displayName: 'crew' }
    const put = directory.command('PUT', `/Groups/${team}`, renamed)
    expect(writer.execute([put])).toMatchObject([{ kind: 'answer', answer: { status: 200, lacksMembers: true } }])
    const [rehearsed] = writer.execute([{ kind: 'rehearsal', command: put, now: put.now }])
    expect(rehearsed).toMatchObject({ outcome: { kind: 'answer', answer: { status: 200 } } })
    expect(rehearsed).not.toHaveProperty('outcome.answer.lacksMembers')
    expect(asked).toEqual([])
  })

  it('and for an answer to a bulk request of no group at all', () => {
    const { asked, writer } = countPages()
    const team = directory.addGroup('team', [directory.addUser('ana')])
    const data = { schemas: [groupSchemaUrn], displayName: 'crew' }
    const { integrationId, base: url, requestId, now } = directory.command('PUT', `/Groups/${team}`, data)
    const body = JSON.stringify({
      schemas: ['urn:ietf:params:scim:api:messages:2.0:BulkRequest'],
      Operations: [{ method: 'PUT', path: `/Groups/${team}`, data }],
    })
    const [outcome] = writer.execute([{ kind: 'bulk', integrationId, body, base: url, requestId, now }])
    expect(outcome).toMatchObject({ kind: 'answer', answer: { status: 200 } })
    expect(rowOf(team)?.display_name).toBe('crew')
    expect(asked).toEqual([])
  })
})

describe('whether a group would come to be in itself', () => {
  it('is looked up once for all the groups that one change adds, and for users not at all', () => {
    const isLookUp = (sql: string) => sql.includes('with recursive up') && sql.includes('select seq from up')
    let lookUps = 0
    const listener = listening(directory.connection, ({ sql }) => void (lookUps += Number(isLookUp(sql))))
    const writer = createWriter(listener, { bulkMaxOperations: 1000 })
    const add = (group: string, ids: readonly string[]) => {
      lookUps = 0
      const value = ids.map((id) => ({ value: id }))
      const body = patch({ op: 'add', path: 'members', value })
      const [outcome] = writer.execute([directory.command('PATCH', `/Groups/${group}`, body)])
      return [outcome && statusOf(outcome), lookUps]
    }
    const team = directory.addGroup('team')
    const people = ['ana', 'bo', 'cy'].map((name) => directory.addUser(name))
    expect(add(team, people)).toEqual([204, 0])
    const groups = ['one', 'two', 'three'].map((name) => directory.addGroup(name))
    expect(add(team, groups)).toEqual([204, 1])
    expect(add(team, [...groups, directory.addGroup('outer', [team])])).toEqual([400, 1])
    expect(add(team, [team])).toEqual([400, 1])
  })
})
