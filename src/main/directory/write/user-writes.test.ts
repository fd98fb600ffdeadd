import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { JsonObject } from '../../../scim/json/json.ts'
import { createModels } from '../../../scim/model/models.ts'
import { parseFilter } from '../../../scim/filter/parse.ts'
import { insertUser } from './user-record.ts'
import { defaultPolicy } from '../policy.ts'
import { base, bodyOf, groupUrn, idOf, openTestDirectory, patch, statusOf, userUrn } from '../test-directory.fixture.ts'
import { createNotes } from '../../../scim/note.ts'

let directory: ReturnType<typeof openTestDirectory>

beforeEach(() => {
  directory = openTestDirectory()
})

afterEach(() => directory.close())

const rowOf = (id: string) => directory.store.users.any(directory.directoryId, id)

function importUser(userName: string, role: 'user' | 'user-manager' | 'administrator' = 'user'): string {
  directory.administer('import-users', { directory: 'main', users: [{ line: 1, resource: { userName }, role }] })
  return (
    directory.connection.prepare<[string], string>('select id from users where user_name = ?').pluck().get(userName) ??
    ''
  )
}

function changesOf(id: string) {
  const row = rowOf(id)
  const changes = row ? directory.store.changes.ofResource(row, 100) : []
  return changes.map(({ action, actor, request_id, attributes }) => ({
    action,
    actor,
    request_id,
    attributes: attributes === null ? null : (JSON.parse(attributes) as unknown),
  }))
}

describe('active', () => {
  it.each([
    { op: 'remove', path: 'active' },
    { op: 'replace', path: 'active', value: null },
    { op: 'replace', value: { active: '' } },
  ])('is not cleared by %j, which the trace says', (operation) => {
    const id = directory.addUser('leaver@example.com', { active: false })
    const answer = directory.request('PATCH', `/Users/${id}`, patch(operation))
    expect(answer).toMatchObject({ kind: 'answer', notes: expect.stringContaining('"code":"active-kept"') })
    expect(bodyOf(directory.request('PUT', `/Users/${id}`, { userName: 'leaver@example.com' }))['active']).toBe(false)
  })

  it.each([
    [true, { op: 'remove', path: 'active' }],
    [false, { op: 'remove', path: 'active' }],
    [false, { op: 'replace', path: 'active', value: null }],
  ])('is %s when one operation sets it to that and the next one of the request, %j, clears it', (active, clearing) => {
    const id = directory.addUser('cleared@example.com', { active: !active })
    const operations = [{ op: 'replace', path: 'active', value: active }, clearing]
    expect(bodyOf(directory.request('PATCH', `/Users/${id}`, patch(...operations)))['active']).toBe(active)
  })
})

describe('a userName', () => {
  it.each([
    ['Alice@Example.com', 'alice@EXAMPLE.COM'],
    ['strauß', 'STRAUSS'],
    ['Ａlice', 'alice'],
    ['Ange\u0301lique', 'ANGÉLIQUE'],
    ['ΟΔΟΣ', 'οδος'],
  ])('%s keeps others from taking %s', (taken, wanted) => {
    const id = directory.addUser(taken)
    const outcome = directory.request('POST', '/Users', { userName: wanted })
    expect(outcome).toMatchObject({ kind: 'scim-error', status: 409, scimType: 'uniqueness' })
    expect(outcome).toMatchObject({ detail: expect.stringContaining(id) })
  })

  it('cannot be taken by a rename, and the user stays as it was', () => {
    directory.addUser('alice')
    const bob = directory.addUser('bob', { title: 'before' })
    const rename = patch(
      { op: 'replace', path: 'title', value: 'after' },
      { op: 'replace', path: 'userName', value: 'ALICE' },
    )
    expect(statusOf(directory.request('PATCH', `/Users/${bob}`, rename))).toBe(409)
    expect(statusOf(directory.request('PUT', `/Users/${bob}`, { userName: 'Alice' }))).toBe(409)
    expect(rowOf(bob)).toMatchObject({ user_name: 'bob', version: 1 })
    expect(rowOf(bob)?.doc).toContain('before')
  })

  it('can change its own letter case', () => {
    const id = directory.addUser('alice')
    const renamed = directory.request(
      'PATCH',
      `/Users/${id}`,
      patch({ op: 'replace', path: 'userName', value: 'Alice' }),
    )
    expect(bodyOf(renamed)).toMatchObject({ userName: 'Alice' })
  })

  it('is free again when its user has been deleted', () => {
    const first = directory.addUser('alice')
    directory.request('DELETE', `/Users/${first}`)
    expect(directory.addUser('alice')).not.toBe(first)
  })
})

describe('a userName that must be an e-mail address', () => {
  const demand = (...names: readonly string[]) =>
    directory.administer('set-policy', { slug: 'entra', changes: names.map((name) => ({ name, value: 'true' })) })

  it('is demanded of who is new or renamed', () => {
    const id = directory.addUser('ada@example.com')
    demand('userNameMustBeEmail')
    expect(statusOf(directory.request('POST', '/Users', { schemas: [userUrn], userName: 'ada' }))).toBe(400)
    const rename = patch({ op: 'replace', path: 'userName', value: 'ada' })
    expect(statusOf(directory.request('PATCH', `/Users/${id}`, rename))).toBe(400)
    expect(rowOf(id)?.user_name).toBe('ada@example.com')
  })

  it('does not keep anybody who has another one from being changed and deactivated', () => {
    const [ada, bob, cyd] = [directory.addUser('ada'), directory.addUser('bob'), directory.addUser('cyd')]
    demand('userNameMustBeEmail', 'neverDelete')
    const leave = patch({ op: 'replace', path: 'active', value: false })
    expect(statusOf(directory.request('PATCH', `/Users/${ada}`, leave))).toBe(200)
    const sent = { schemas: [userUrn], userName: 'bob', active: false }
    expect(statusOf(directory.request('PUT', `/Users/${bob}`, sent))).toBe(200)
    expect(statusOf(directory.request('DELETE', `/Users/${cyd}`))).toBe(204)
    expect([ada, bob, cyd].map((id) => rowOf(id)?.active)).toEqual([0, 0, 0])
  })
})

describe('an integration that may not create', () => {
  it('is told by 409 (RFC 7644 §3.3) who is here already, and by 403 that nobody else can be', () => {
    directory.addUser('ada')
    directory.addGroup('team', [])
    directory.administer('set-policy', { slug: 'entra', changes: [{ name: 'create', value: 'false' }] })
    const post = (path: string, body: object) => directory.request('POST', path, body)
    const taken = { kind: 'scim-error', status: 409, scimType: 'uniqueness' }
    expect(post('/Users', { schemas: [userUrn], userName: 'ADA' })).toMatchObject(taken)
    expect(post('/Groups', { schemas: [groupUrn], displayName: 'Team' })).toMatchObject(taken)
    expect(statusOf(post('/Users', { schemas: [userUrn], userName: 'bob' }))).toBe(403)
    expect(statusOf(post('/Groups', { schemas: [groupUrn], displayName: 'crew' }))).toBe(403)
    directory.administer('set-policy', { slug: 'entra', changes: [{ name: 'groups', value: 'false' }] })
    expect(statusOf(post('/Groups', { schemas: [groupUrn], displayName: 'team' }))).toBe(403)
  })
})

describe('an integration that may not change or delete', () => {
  const forbid = (name: 'update' | 'delete' | 'groups') =>
    directory.administer('set-policy', { slug: 'entra', changes: [{ name, value: 'false' }] })
  /** One of each, and every way to write to them. */
  const records = () => {
    const user = directory.addUser('ada')
    const group = directory.addGroup('team', [user])
    const ways = (path: string, body: JsonObject) => ({
      PUT: () => directory.request('PUT', path, { ...body, externalId: 'x' }),
      PATCH: () => directory.request('PATCH', path, patch({ op: 'add', path: 'externalId', value: 'x' })),
      DELETE: () => directory.request('DELETE', path),
    })
    return {
      user: ways(`/Users/${user}`, { schemas: [userUrn], userName: 'ada' }),
      group: ways(`/Groups/${group}`, { schemas: [groupUrn], displayName: 'team' }),
      versions: () => [rowOf(user)?.version, directory.store.groups.any(directory.directoryId, group)?.version],
      isGone: () =>
        [rowOf(user), directory.store.groups.any(directory.directoryId, group)].map((row) => row?.archived_at !== null),
    }
  }
  const refused = { kind: 'scim-error', status: 403, notes: expect.stringContaining('"code":"policy-refused"') }

  it('is told so by 403 of each change, and nothing is changed', () => {
    const { user, group, versions, isGone } = records()
    const before = versions()
    forbid('update')
    for (const write of [user.PUT, user.PATCH, group.PUT, group.PATCH]) expect(write()).toMatchObject(refused)
    expect(versions()).toEqual(before)
    for (const write of [user.DELETE, group.DELETE]) expect(statusOf(write())).toBe(204)
    expect(isGone()).toEqual([true, true])
  })

  it('is told so by 403 of each deletion, and nobody is gone', () => {
    const { user, group, isGone } = records()
    forbid('delete')
    for (const write of [user.DELETE, group.DELETE]) expect(write()).toMatchObject(refused)
    expect(isGone()).toEqual([false, false])
    for (const write of [user.PUT, user.PATCH, group.PUT, group.PATCH]) expect(statusOf(write())).toBeLessThan(300)
  })

  it('may not touch a group while groups are switched off', () => {
    const { user, group, versions, isGone } = records()
    const before = versions()
    forbid('groups')
    // Which groups there are is not told either.
    for (const write of [group.PUT, group.PATCH, group.DELETE]) expect(statusOf(write())).toBe(404)
    expect([versions(), isGone()]).toEqual([before, [false, false]])
    expect(statusOf(user.PATCH())).toBe(200)
  })
})

describe('an integration with groups switched off', () => {
  it('is not told either in which groups a user is', () => {
    const id = directory.addUser('ada')
    directory.addGroup('team', [id])
    directory.administer('set-policy', { slug: 'entra', changes: [{ name: 'groups', value: 'false' }] })
    expect(bodyOf(directory.request('PATCH', `/Users/${id}`, patch()))['groups']).toBeUndefined()
    const other = directory.request('PATCH', `/Users/${id}`, patch(), { integrationId: directory.okta })
    expect(bodyOf(other)['groups']).toMatchObject([{ display: 'team' }])
  })
})

describe('a local administrator', () => {
  const admin = () =>
    directory.connection.prepare<[], string>("select id from users where user_name = 'admin'").pluck().get() ?? ''

  it('keeps its userName, and the refusal explains why nobody can be seen who has it', () => {
    const outcome = directory.request('POST', '/Users', { userName: 'Admin' })
    expect(outcome).toMatchObject({ kind: 'scim-error', status: 409, scimType: 'uniqueness' })
    expect(outcome).toMatchObject({ detail: expect.stringContaining('local administrator') })
    expect(outcome).not.toMatchObject({ detail: expect.stringContaining(admin()) })
  })

  it('is not found by its id, whatever is asked', () => {
    const before = rowOf(admin())
    expect(before).toMatchObject({ hidden: 1 })
    for (const outcome of [
      directory.request('PUT', `/Users/${admin()}`, { userName: 'x' }),
      directory.request('PATCH', `/Users/${admin()}`, patch({ op: 'replace', path: 'active', value: false })),
      directory.request('DELETE', `/Users/${admin()}`),
    ])
      expect(statusOf(outcome)).toBe(404)
    expect(rowOf(admin())).toEqual(before)
    expect(directory.store.users.listed(directory.directoryId, admin())).toBeUndefined()
  })

  it('cannot become a member', () => {
    const body = { displayName: 'team', members: [{ value: admin() }] }
    expect(directory.request('POST', '/Groups', body)).toMatchObject({ status: 400, scimType: 'invalidValue' })
    const group = directory.addGroup('team')
    const add = patch({ op: 'add', path: 'members', value: [{ value: admin() }] })
    expect(directory.request('PATCH', `/Groups/${group}`, add)).toMatchObject({ status: 400, scimType: 'invalidValue' })
  })

  it('is gone from its groups while it is one, and back afterwards', () => {
    importUser('chief')
    const chief = directory.store.users.byUserNameKey(directory.directoryId, 'chief')?.id ?? ''
    const group = directory.addGroup('team', [chief])
    const standing = (role: 'administrator' | 'user') =>
      directory.administer('set-user-standing', { directory: 'main', userName: 'chief', role, active: undefined })
    const members = () =>
      bodyOf(directory.request('PATCH', `/Groups/${group}`, patch(), { query: 'attributes=members' }))['members']
    expect(members()).toHaveLength(1)
    standing('administrator')
    expect(members() ?? []).toHaveLength(0)
    directory.request('PATCH', `/Groups/${group}`, patch({ op: 'remove', path: 'members' }))
    standing('user')
    expect(members()).toHaveLength(1)
  })
})

describe('a role', () => {
  it('cannot be raised by SCIM', () => {
    const attempts = {
      role: 'administrator',
      roles: [{ value: 'administrator', primary: true }],
      userType: 'administrator',
      source: 'local',
      hidden: 1,
    }
    const id = directory.addUser('climber', attempts)
    directory.request('PATCH', `/Users/${id}`, patch({ op: 'replace', value: attempts }))
    directory.request('PUT', `/Users/${id}`, { userName: 'climber', ...attempts })
    expect(rowOf(id)).toMatchObject({ role: 'user', source: 'scim', hidden: 0 })
  })
})

describe('a local user', () => {
  it('is SCIM-managed from the first change of an integration', () => {
    const id = importUser('worker')
    expect(rowOf(id)).toMatchObject({ source: 'local', managed_by: null })
    const outcome = directory.request('PATCH', `/Users/${id}`, patch({ op: 'add', path: 'title', value: 'Boss' }), {
      integrationId: directory.okta,
    })
    expect(outcome).toMatchObject({
      kind: 'answer',
      notes: expect.stringContaining('"code":"adopted"'),
    })
    expect(rowOf(id)).toMatchObject({ source: 'scim', managed_by: directory.okta, role: 'user', hidden: 0 })
  })

  it('stays local when it has a role, for an integration may act as that user', () => {
    const id = importUser('manager', 'user-manager')
    directory.request('PATCH', `/Users/${id}`, patch({ op: 'add', path: 'title', value: 'Boss' }))
    expect(rowOf(id)).toMatchObject({ source: 'local', managed_by: null, role: 'user-manager' })
  })

  it('stays local when nothing is changed', () => {
    const id = importUser('manager')
    directory.request('PATCH', `/Users/${id}`, patch({ op: 'replace', path: 'active', value: true }))
    expect(rowOf(id)).toMatchObject({ source: 'local' })
  })
})

describe('a change that changes nothing', () => {
  it('leaves version, time and audit', () => {
    const body = {
      schemas: [userUrn],
      userName: 'alice',
      externalId: 'e1',
      active: true,
      emails: [{ value: 'a@b.example', type: 'work' }],
    }
    const id = idOf(directory.request('POST', '/Users', body))
    const before = rowOf(id)
    for (const outcome of [
      directory.request('PUT', `/Users/${id}`, body),
      directory.request('PATCH', `/Users/${id}`, patch({ op: 'replace', path: 'active', value: 'True' })),
      directory.request(
        'PATCH',
        `/Users/${id}`,
        patch({ op: 'add', path: 'emails', value: [{ value: 'a@b.example', type: 'work' }] }),
      ),
      directory.request('PATCH', `/Users/${id}`, patch({ op: 'remove', path: 'title' })),
    ])
      expect(statusOf(outcome)).toBe(200)
    expect(rowOf(id)).toEqual(before)
    expect(changesOf(id)).toHaveLength(1)
  })
})

describe('an externalId', () => {
  it('belongs to the integration that gave it', () => {
    const id = directory.addUser('alice', { externalId: 'entra-1' })
    const okta = { integrationId: directory.okta }
    const seen = directory.request(
      'PATCH',
      `/Users/${id}`,
      patch({ op: 'add', path: 'externalId', value: 'okta-1' }),
      okta,
    )
    expect(bodyOf(seen)).toMatchObject({ externalId: 'okta-1' })
    expect(bodyOf(directory.request('PATCH', `/Users/${id}`, patch()))).toMatchObject({ externalId: 'entra-1' })
    directory.request('PATCH', `/Users/${id}`, patch({ op: 'remove', path: 'externalId' }))
    expect(bodyOf(directory.request('PATCH', `/Users/${id}`, patch()))).not.toHaveProperty('externalId')
    expect(bodyOf(directory.request('PATCH', `/Users/${id}`, patch(), okta))).toMatchObject({ externalId: 'okta-1' })
  })

  it('is found by its own integration alone, under its newest value', () => {
    const id = directory.addUser('alice', { externalId: 'one' })
    const find = (value: string, integrationId: number) => found(`externalId eq "${value}"`, { integrationId })
    expect(find('one', directory.entra)).toEqual([id])
    expect(find('one', directory.okta)).toEqual([])
    directory.request('PUT', `/Users/${id}`, { userName: 'alice', externalId: 'two' })
    expect(find('one', directory.entra)).toEqual([])
    expect(find('two', directory.entra)).toEqual([id])
  })

  it('survives a PUT that does not name it', () => {
    const id = directory.addUser('alice', { externalId: 'one' })
    expect(bodyOf(directory.request('PUT', `/Users/${id}`, { userName: 'alice', title: 'x' }))).toMatchObject({
      externalId: 'one',
    })
  })
})

function found(
  filter: string,
  { directoryId = directory.directoryId, integrationId = directory.entra } = {},
): readonly string[] {
  const { user: model } = createModels([])
  const page = directory.store.lists
    .prepare({
      scope: { model, directoryId, integrationId, base, seesGroups: true },
      filter: parseFilter(model, filter),
      sort: undefined,
      startIndex: 1,
      count: 100,
      afterSeq: undefined,
    })
    .page()
  return page.rows.map((row) => row.id)
}

describe('two directories', () => {
  /** A second directory with one user of this userName; returns both ids. */
  function addDirectory(userName: string) {
    const { store, tick } = directory
    const directoryId = store.directories.insert('second', 'Second', tick())
    const scope = {
      store,
      models: createModels([]),
      directoryId,
      indexes: [],
      integrationId: undefined,
      actor: 'command line',
      requestId: undefined,
      now: tick(),
      base,
      policy: defaultPolicy,
      notes: createNotes(),
    }
    const resource = { schemas: [userUrn], userName, emails: [{ value: 'shared@b.example' }] }
    const { id } = insertUser(scope, resource, { source: 'scim', role: 'user' })
    directory.store.positions.write()
    return { directoryId, id }
  }

  it('can each have the same userName, and filters see one of them', () => {
    const other = addDirectory('alice')
    const id = directory.addUser('Alice', { emails: [{ value: 'shared@b.example' }] })
    const filters = [
      'userName eq "alice"',
      'emails.value eq "shared@b.example"',
      'userName pr',
      'id ne "x"',
      'active eq true',
    ]
    expect(filters.flatMap((filter) => found(filter))).toEqual(filters.map(() => id))
    expect(filters.flatMap((filter) => found(filter, { directoryId: other.directoryId }))).toEqual(
      filters.map(() => other.id),
    )
    expect(found(`id eq "${other.id}"`)).toEqual([])
    expect(directory.store.lists.total(directory.directoryId, 0)).toBe(1)
    expect(directory.store.lists.total(other.directoryId, 0)).toBe(1)
  })

  it('do not know each other’s users, as resources or as members', () => {
    const other = addDirectory('bob')
    expect(
      statusOf(directory.request('PATCH', `/Users/${other.id}`, patch({ op: 'add', path: 'title', value: 'x' }))),
    ).toBe(404)
    expect(statusOf(directory.request('DELETE', `/Users/${other.id}`))).toBe(404)
    expect(statusOf(directory.request('POST', '/Groups', { displayName: 'g', members: [{ value: other.id }] }))).toBe(
      400,
    )
  })
})

describe('the audit', () => {
  it('says who changed what from what to what', () => {
    const id = directory.addUser('alice', { title: 'Dr', emails: [{ value: 'a@b.example' }] })
    directory.request(
      'PATCH',
      `/Users/${id}`,
      patch({ op: 'replace', path: 'title', value: 'Prof' }, { op: 'remove', path: 'emails' }),
    )
    directory.request('PUT', `/Users/${id}`, { userName: 'alicia' }, { integrationId: directory.okta })
    directory.request('DELETE', `/Users/${id}`)
    expect(changesOf(id).toReversed()).toEqual([
      { action: 'create', actor: 'entra', request_id: 'request-1', attributes: null },
      {
        action: 'patch',
        actor: 'entra',
        request_id: 'request-2',
        attributes: { title: ['Dr', 'Prof'], emails: [[{ value: 'a@b.example' }], null] },
      },
      {
        action: 'replace',
        actor: 'okta',
        request_id: 'request-3',
        attributes: { userName: ['alice', 'alicia'], title: ['Prof', null] },
      },
      { action: 'archive', actor: 'entra', request_id: 'request-4', attributes: null },
    ])
  })

  it('has nothing of a request that was refused', () => {
    const id = directory.addUser('alice')
    directory.addUser('bob')
    const count = () => directory.connection.prepare('select count(*) from changes').pluck().get()
    const before = count()
    directory.request(
      'PATCH',
      `/Users/${id}`,
      patch({ op: 'add', path: 'title', value: 'x' }, { op: 'replace', path: 'userName', value: 'bob' }),
    )
    directory.request('POST', '/Users', { userName: 'bob' })
    directory.request('POST', '/Groups', { displayName: 'g', members: [{ value: id }, { value: 'nobody' }] })
    expect(count()).toBe(before)
  })
})
