import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createWriter } from '../writer/writer.ts'
import { bodyOf, openTestDirectory, patch, statusOf } from './test-directory.fixture.ts'

let directory: ReturnType<typeof openTestDirectory>

beforeEach(() => {
  directory = openTestDirectory()
})

afterEach(() => directory.close())

const rowOf = (id: string) => directory.store.users.any(directory.directoryId, id)
const total = () => directory.store.lists.total(directory.directoryId, 0)
const restore = (who: string) => directory.administer('restore-user', { directory: 'main', who })
const purge = (who: string) => directory.administer('purge-user', { directory: 'main', who })
const etag = (id: string) => directory.request('PATCH', `/Groups/${id}`, patch())

function members(group: string): readonly unknown[] {
  const body = bodyOf(directory.request('PATCH', `/Groups/${group}`, patch(), { query: 'attributes=members' }))
  return Array.isArray(body['members']) ? body['members'].map((each: { readonly value?: unknown }) => each.value) : []
}

function groupsOf(user: string): unknown {
  return bodyOf(directory.request('PATCH', `/Users/${user}`, patch()))['groups']
}

describe('a deleted user', () => {
  it('is out of sight, out of its groups and out of the count', () => {
    const alice = directory.addUser('alice')
    const group = directory.addGroup('team', [alice])
    const before = etag(group)
    expect(statusOf(directory.request('DELETE', `/Users/${alice}`))).toBe(204)
    expect(statusOf(directory.request('DELETE', `/Users/${alice}`))).toBe(404)
    expect(
      statusOf(directory.request('PATCH', `/Users/${alice}`, patch({ op: 'add', path: 'title', value: 'x' }))),
    ).toBe(404)
    expect(members(group)).toEqual([])
    expect(total()).toBe(0)
    expect(etag(group)).not.toMatchObject({ answer: { etag: before.kind === 'answer' ? before.answer.etag : '' } })
  })

  it('comes back as it was, with the memberships it had', () => {
    const alice = directory.addUser('alice', { title: 'Dr', externalId: 'e1', emails: [{ value: 'a@b.example' }] })
    const groups = [directory.addGroup('one', [alice]), directory.addGroup('two', [alice])]
    directory.addGroup('other')
    const before = bodyOf(directory.request('PATCH', `/Users/${alice}`, patch()))
    directory.request('DELETE', `/Users/${alice}`)
    expect(restore(alice)).toEqual({ kind: 'value', value: { id: alice, userName: 'alice' } })
    for (const group of groups) expect(members(group)).toEqual([alice])
    const { meta: _before, ...was } = before
    const { meta: _after, ...is } = bodyOf(directory.request('PATCH', `/Users/${alice}`, patch()))
    expect(is).toEqual(was)
    expect(total()).toBe(1)
  })

  it('was not counted where it was out of the sight of SCIM, and is not afterwards', () => {
    directory.addUser('alice')
    const made = { directory: 'main', resource: { userName: 'root' }, role: 'administrator' } as const
    directory.administer('create-user', made)
    const { id } = directory.store.users.byUserNameKey(directory.directoryId, 'root') ?? { id: '' }
    directory.administer('archive-user', { directory: 'main', id, overManaged: false })
    expect(rowOf(id)?.archived_at).not.toBeNull()
    expect(total()).toBe(1)
    restore(id)
    expect(rowOf(id)?.archived_at).toBeNull()
    expect(total()).toBe(1)
  })

  it('is not made a member again while it is deleted, and the rest of the request is carried out', () => {
    const alice = directory.addUser('alice')
    const bob = directory.addUser('bob')
    const group = directory.addGroup('team')
    directory.request('DELETE', `/Users/${alice}`)
    const add = patch({ op: 'add', path: 'members', value: [{ value: alice }, { value: bob }] })
    expect(directory.request('PATCH', `/Groups/${group}`, add)).toMatchObject({
      kind: 'answer',
      notes: expect.stringContaining(`"code":"member-archived","path":"members","seen":"${alice}"`),
    })
    expect(members(group)).toEqual([bob])
  })

  it('can be restored by its userName, unless somebody else has that by now', () => {
    const first = directory.addUser('alice')
    directory.request('DELETE', `/Users/${first}`)
    const second = directory.addUser('ALICE')
    expect(restore('alice')).toMatchObject({ kind: 'refused', problem: expect.stringContaining(second) })
    directory.request('DELETE', `/Users/${second}`)
    expect(restore('alice')).toMatchObject({ kind: 'refused', problem: expect.stringContaining('Several') })
    expect(restore(first).kind).toBe('value')
    expect(total()).toBe(1)
  })

  it('can be deleted and restored again and again without losing count', () => {
    const alice = directory.addUser('alice')
    const group = directory.addGroup('team', [alice])
    for (let n = 0; n < 3; n += 1) {
      directory.request('DELETE', `/Users/${alice}`)
      expect(total()).toBe(0)
      restore(alice)
      expect(total()).toBe(1)
    }
    expect(members(group)).toEqual([alice])
  })

  it.each([
    ['by its id', (id: string) => ['PATCH', patch({ op: 'remove', path: 'members', value: [{ value: id }] })] as const],
    ['with all members', () => ['PATCH', patch({ op: 'remove', path: 'members' })] as const],
    ['by a list without it', () => ['PUT', { schemas: [], displayName: 'team', members: [] }] as const],
  ])('does not come back to a group that it was taken out of meanwhile, %s', (_, change) => {
    const alice = directory.addUser('alice')
    const group = directory.addGroup('team', [alice])
    const other = directory.addGroup('other', [alice])
    directory.request('DELETE', `/Users/${alice}`)
    const [method, body] = change(alice)
    expect(statusOf(directory.request(method, `/Groups/${group}`, body))).toBeLessThan(300)
    restore(alice)
    expect(groupsOf(alice)).toEqual([expect.objectContaining({ value: other })])
  })

  it('comes back to a group whose new list of members still names it', () => {
    const alice = directory.addUser('alice')
    const group = directory.addGroup('team', [alice])
    directory.request('DELETE', `/Users/${alice}`)
    directory.request('PUT', `/Groups/${group}`, { schemas: [], displayName: 'team', members: [{ value: alice }] })
    restore(alice)
    expect(groupsOf(alice)).toEqual([expect.objectContaining({ value: group })])
  })

  it('does not come back to a group that was deleted meanwhile', () => {
    const alice = directory.addUser('alice')
    const group = directory.addGroup('team', [alice])
    directory.request('DELETE', `/Users/${alice}`)
    directory.request('DELETE', `/Groups/${group}`)
    restore(alice)
    expect(groupsOf(alice)).toBeUndefined()
  })
})

describe('a restored group', () => {
  const restoreGroup = (which: string) => directory.administer('restore-group', { directory: 'main', which })

  it('is meant by its name, unless another group has that by now', () => {
    const first = directory.addGroup('team')
    directory.request('DELETE', `/Groups/${first}`)
    const second = directory.addGroup('TEAM')
    expect(restoreGroup('team')).toMatchObject({ kind: 'refused', problem: expect.stringContaining(second) })
    expect(restoreGroup(second)).toMatchObject({ kind: 'refused', problem: expect.stringContaining('No archived') })
    directory.request('DELETE', `/Groups/${second}`)
    expect(restoreGroup('team')).toMatchObject({ kind: 'refused', problem: expect.stringContaining('Several') })
    expect(restoreGroup(first)).toEqual({ kind: 'value', value: { id: first, displayName: 'team' } })
    expect(restoreGroup(second)).toMatchObject({ kind: 'refused', problem: expect.stringContaining(first) })
  })

  it('does not come back into one that is inside it by now, for neither can contain itself', () => {
    const inner = directory.addGroup('inner')
    const middle = directory.addGroup('middle', [inner])
    const outer = directory.addGroup('outer', [middle])
    const other = directory.addGroup('other', [middle])
    directory.request('DELETE', `/Groups/${middle}`)
    // Nothing is wrong with that while `middle` is away.
    const added = directory.request(
      'PATCH',
      `/Groups/${inner}`,
      patch({ op: 'add', path: 'members', value: [{ value: outer }] }),
    )
    expect(statusOf(added)).toBe(204)
    restoreGroup(middle)
    expect(members(other)).toEqual([middle])
    expect(members(middle)).toEqual([inner])
    expect(members(inner)).toEqual([outer])
    expect(members(outer)).toEqual([])
  })
})

describe('a purge', () => {
  it('is for deleted users alone', () => {
    const alice = directory.addUser('alice')
    expect(purge(alice)).toMatchObject({ kind: 'refused' })
    expect(rowOf(alice)).toBeDefined()
  })

  it('leaves no trace but the fact', () => {
    const alice = directory.addUser('alice', { externalId: 'e1', emails: [{ value: 'a@b.example' }], title: 'secret' })
    directory.request('PATCH', `/Users/${alice}`, patch({ op: 'add', path: 'externalId', value: 'o1' }), {
      integrationId: directory.okta,
    })
    directory.request('PATCH', `/Users/${alice}`, patch({ op: 'replace', path: 'title', value: 'more secret' }))
    directory.addGroup('team', [alice])
    directory.request('DELETE', `/Users/${alice}`)
    expect(purge(alice)).toEqual({ kind: 'value', value: { id: alice, userName: 'alice' } })
    expect(rowOf(alice)).toBeUndefined()
    const left = (sql: string) => directory.connection.prepare(sql).pluck().get()
    expect(left('select count(*) from user_emails')).toBe(0)
    expect(left('select count(*) from external_ids')).toBe(0)
    expect(left('select count(*) from memberships')).toBe(0)
    expect(left('select count(*) from archived_memberships')).toBe(0)
    const changes = directory.connection
      .prepare('select action, attributes from changes where resource_id = ?')
      .all(alice)
    expect(changes).toEqual([{ action: 'purge', attributes: null }])
    expect(restore(alice)).toMatchObject({ kind: 'refused' })
  })

  it('takes what a job has remarked of the user along', () => {
    const { store, directoryId, connection } = directory
    const [alice, bob] = [directory.addUser('alice'), directory.addUser('bob')]
    const job = { directory_id: directoryId, kind: 'convert-user-ids', lane: 'user-ids', actor: 'console', input: '{}' }
    const jobId = store.jobs.insert({ ...job, total: 2, counts: '{}', created_at: 0 })
    for (const id of [alice, bob]) {
      const { seq = 0, user_name = '' } = rowOf(id) ?? {}
      const remark = { target: `${user_name}@example.com`, outcome: 'skipped', reason: 'conflict' } as const
      store.jobRemarks.add(jobId, { user_seq: seq, user_id: id, user_name, ...remark })
    }
    directory.request('DELETE', `/Users/${alice}`)
    purge(alice)
    expect(connection.prepare('select user_name from job_remarks').pluck().all()).toEqual(['bob'])
  })

  it('is no part of the history of the next user', () => {
    const alice = directory.addUser('alice')
    directory.request('DELETE', `/Users/${alice}`)
    purge(alice)
    const next = rowOf(directory.addUser('bob'))
    const history = next ? directory.store.changes.ofResource(next, 10) : []
    expect(history.map((each) => each.action)).toEqual(['create'])
  })
})

describe('a policy that never deletes', () => {
  it('deactivates instead, and keeps the memberships', () => {
    directory.administer('set-policy', { slug: 'entra', changes: [{ name: 'neverDelete', value: 'true' }] })
    const alice = directory.addUser('alice')
    const group = directory.addGroup('team', [alice])
    expect(statusOf(directory.request('DELETE', `/Users/${alice}`))).toBe(204)
    expect(bodyOf(directory.request('PATCH', `/Users/${alice}`, patch()))).toMatchObject({ active: false })
    expect(members(group)).toEqual([alice])
  })
})

/** One step of a purge while requests wait for the writer. */
function purgeWhileAwaited(group: string): unknown {
  const writer = createWriter(directory.connection, { bulkMaxOperations: 1000, isAwaited: () => true })
  const input = { directory: 'main', which: group }
  const [outcome] = writer.execute([
    { kind: 'administration', name: 'purge-group', input, actor: 'command line', now: directory.tick() },
  ])
  return outcome
}

describe('a deleted group', () => {
  it('is gone from the groups of its members and from the groups it was in, whose versions say so', () => {
    const alice = directory.addUser('alice')
    const inner = directory.addGroup('inner', [alice])
    const outer = directory.addGroup('outer', [inner])
    const before = directory.store.groups.listed(directory.directoryId, outer)?.version ?? 0
    expect(groupsOf(alice)).toHaveLength(2)
    directory.request('DELETE', `/Groups/${inner}`)
    expect(groupsOf(alice)).toBeUndefined()
    expect(members(outer)).toEqual([])
    expect(directory.store.groups.listed(directory.directoryId, outer)?.version).toBeGreaterThan(before)
    expect(directory.store.lists.total(directory.directoryId, 1)).toBe(1)
  })

  it('is purged in steps where it has many members, and is archived until the last of them', () => {
    const other = directory.addGroup('other')
    const group = directory.addGroup('team')
    const seq = directory.store.groups.listed(directory.directoryId, group)?.seq ?? 0
    directory.connection.exec(`
      with recursive n (i) as (select 1 union all select i + 1 from n where i < 2600)
      insert into memberships select ${seq}, 0, i from n;
      with recursive n (i) as (select 1 union all select i + 1 from n where i < 700)
      insert into archived_memberships select 0, 3000 + i, ${seq} from n`)
    directory.request('DELETE', `/Groups/${group}`)
    const step = () => purgeWhileAwaited(group)
    const told = { id: group, displayName: 'team' }
    for (let n = 0; n < 6; n += 1) {
      expect(step()).toEqual({ kind: 'value', value: { ...told, members: 500, hasMore: true } })
      expect(directory.store.groups.any(directory.directoryId, group)).toMatchObject({ display_name: 'team' })
    }
    expect(step()).toEqual({ kind: 'value', value: { ...told, members: 300, hasMore: false } })
    expect(directory.store.groups.any(directory.directoryId, group)).toBeUndefined()
    const left = (table: string) => directory.connection.prepare(`select count(*) from ${table}`).pluck().get()
    expect([left('memberships'), left('archived_memberships')]).toEqual([0, 0])
    expect(directory.store.groups.listed(directory.directoryId, other)).toBeDefined()
  })

  it('is purged with its history, which may be long', () => {
    const alice = directory.addUser('alice')
    const group = directory.addGroup('team')
    for (let n = 0; n < 600; n += 1)
      directory.request(
        'PATCH',
        `/Groups/${group}`,
        patch({ op: n % 2 ? 'remove' : 'add', path: 'members', value: [{ value: alice }] }),
      )
    directory.request('DELETE', `/Groups/${group}`)
    const step = () => purgeWhileAwaited(group)
    expect(step()).toMatchObject({ value: { hasMore: true } })
    expect(directory.administer('restore-group', { directory: 'main', which: group })).toMatchObject({ kind: 'value' })
    directory.request('DELETE', `/Groups/${group}`)
    expect(step()).toMatchObject({ value: { hasMore: false } })
    const history = directory.connection.prepare('select action from changes where resource_id = ?').pluck()
    expect(history.all(group)).toEqual(['purge'])
  })

  it('frees its name', () => {
    const first = directory.addGroup('team')
    directory.request('DELETE', `/Groups/${first}`)
    expect(directory.addGroup('Team')).not.toBe(first)
  })
})
